/** Traffic through a real Envoy, from YAML files to the bytes that a client gets. */
@NullMarked
package io.chancery.it;

import org.jspecify.annotations.NullMarked;
