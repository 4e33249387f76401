/** xDS resources as bytes: their kinds, names, content versions and origins. */
@NullMarked
package io.chancery.xds;

import org.jspecify.annotations.NullMarked;
