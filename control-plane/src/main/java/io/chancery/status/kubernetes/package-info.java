/** Writes what is said of each object to the Kubernetes API server that the object is from. */
@NullMarked
package io.chancery.status.kubernetes;

import org.jspecify.annotations.NullMarked;
