/**
 * All resources of a fleet at one revision, the log of changes, and what the fleet said of them.
 */
@NullMarked
package io.chancery.snapshot;

import org.jspecify.annotations.NullMarked;
