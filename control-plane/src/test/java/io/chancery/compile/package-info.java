/** Golden cases, and what must hold for every one of them. */
@NullMarked
package io.chancery.compile;

import org.jspecify.annotations.NullMarked;
