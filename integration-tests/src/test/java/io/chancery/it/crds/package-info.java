/** The CRDs in a real API server: what it takes and refuses, and what its users see of it. */
@NullMarked
package io.chancery.it.crds;

import org.jspecify.annotations.NullMarked;
