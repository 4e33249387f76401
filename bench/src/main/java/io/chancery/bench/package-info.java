/** Worlds of many routes, and benchmarks on them. */
@NullMarked
package io.chancery.bench;

import org.jspecify.annotations.NullMarked;
