/** Policy {@code timeouts}: how long a request may take. */
@NullMarked
package io.chancery.policy.timeouts;

import org.jspecify.annotations.NullMarked;
