/** Policy {@code headers}: headers are changed on the way. */
@NullMarked
package io.chancery.policy.headers;

import org.jspecify.annotations.NullMarked;
