/** What clients that mean no good, or are broken, can do to the xDS port. */
@NullMarked
package io.chancery.it.abuse;

import org.jspecify.annotations.NullMarked;
