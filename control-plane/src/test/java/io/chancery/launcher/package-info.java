/** Tests of the launcher, in sandboxes whose JVMs and Maven are small scripts. */
@NullMarked
package io.chancery.launcher;

import org.jspecify.annotations.NullMarked;
