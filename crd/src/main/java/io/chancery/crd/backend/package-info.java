/** What a user can say of the way to a backend, one record for each field of a BackendPolicy. */
@NullMarked
package io.chancery.crd.backend;

import org.jspecify.annotations.NullMarked;
