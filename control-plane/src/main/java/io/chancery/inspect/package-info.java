/** Everything that people and the admin API see of resources and objects, without secrets. */
@NullMarked
package io.chancery.inspect;

import org.jspecify.annotations.NullMarked;
