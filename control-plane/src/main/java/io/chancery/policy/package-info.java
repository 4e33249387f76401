/**
 * What a user can ask of a route: the form of a policy, and the ordered list of filters that carry
 * them.
 */
@NullMarked
package io.chancery.policy;

import org.jspecify.annotations.NullMarked;
