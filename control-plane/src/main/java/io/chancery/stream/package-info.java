/** The delta ADS server: what each Envoy is sent, in which order, and what it answered. */
@NullMarked
package io.chancery.stream;

import org.jspecify.annotations.NullMarked;
