/** What the benchmarks rest on. */
@NullMarked
package io.chancery.bench;

import org.jspecify.annotations.NullMarked;
