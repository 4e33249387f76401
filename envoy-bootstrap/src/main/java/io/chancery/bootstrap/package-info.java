/** Bootstrap configuration of an Envoy, and finding, fetching and running a local one. */
@NullMarked
package io.chancery.bootstrap;

import org.jspecify.annotations.NullMarked;
