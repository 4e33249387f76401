/** Tables of immutable rows, and rules that recompute exactly the rows whose reads changed. */
@NullMarked
package io.chancery.engine;

import org.jspecify.annotations.NullMarked;
