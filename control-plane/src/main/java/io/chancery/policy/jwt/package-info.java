/** Policy {@code jwt}: a valid JSON Web Token is demanded. */
@NullMarked
package io.chancery.policy.jwt;

import org.jspecify.annotations.NullMarked;
