/** Configuration, and the one place where everything is put together. */
@NullMarked
package io.chancery.app;

import org.jspecify.annotations.NullMarked;
