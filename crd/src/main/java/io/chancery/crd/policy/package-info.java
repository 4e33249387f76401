/** What a user can ask of a route, one record for each policy. */
@NullMarked
package io.chancery.crd.policy;

import org.jspecify.annotations.NullMarked;
