/** The conformance kit: the rules of the xDS protocol, asked of any server through its socket. */
@NullMarked
package io.chancery.it.xds;

import org.jspecify.annotations.NullMarked;
