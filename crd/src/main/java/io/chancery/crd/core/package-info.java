/** The core kinds of Kubernetes, as far as they are read. */
@NullMarked
package io.chancery.crd.core;

import org.jspecify.annotations.NullMarked;
