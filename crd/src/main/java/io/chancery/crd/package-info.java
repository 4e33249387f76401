/** The own kinds, and the list of all kinds that Chancery reads. */
@NullMarked
package io.chancery.crd;

import org.jspecify.annotations.NullMarked;
