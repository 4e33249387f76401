/**
 * What {@code run} starts beside the control plane on one machine: upstreams, certificates and
 * logins for a try.
 */
@NullMarked
package io.chancery.app.local;

import org.jspecify.annotations.NullMarked;
