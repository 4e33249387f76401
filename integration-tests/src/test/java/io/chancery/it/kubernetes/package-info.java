/** The control plane on a real Kubernetes API server. */
@NullMarked
package io.chancery.it.kubernetes;

import org.jspecify.annotations.NullMarked;
