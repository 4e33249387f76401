/** The commands of {@code chancery}. */
@NullMarked
package io.chancery.cli;

import org.jspecify.annotations.NullMarked;
