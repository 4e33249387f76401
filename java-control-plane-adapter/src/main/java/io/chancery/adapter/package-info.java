/** Chancery's snapshots as java-control-plane's {@code ConfigWatcher}. */
@NullMarked
package io.chancery.adapter;

import org.jspecify.annotations.NullMarked;
