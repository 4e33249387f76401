/** A simulated fleet on one machine, and the servers that it measures. */
@NullMarked
package io.chancery.bench.fleet;

import org.jspecify.annotations.NullMarked;
