/** The kinds of the Gateway API, as far as they are read. */
@NullMarked
package io.chancery.crd.gateway;

import org.jspecify.annotations.NullMarked;
