/** Rules from the checked model to xDS resources; {@code Compilation} lists all tables in order. */
@NullMarked
package io.chancery.compile;

import org.jspecify.annotations.NullMarked;
