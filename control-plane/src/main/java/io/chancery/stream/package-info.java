/**
 * Serves snapshots to Envoys over delta ADS, in an order that never breaks traffic, and records
 * what they accept.
 */
@NullMarked
package io.chancery.stream;

import org.jspecify.annotations.NullMarked;
