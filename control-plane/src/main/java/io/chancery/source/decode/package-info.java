/** From trees of maps, lists and scalars, whatever source they came from, to declared objects. */
@NullMarked
package io.chancery.source.decode;

import org.jspecify.annotations.NullMarked;
