/** Clients of xDS that others wrote, each on a real server: Envoy, gRPC in Java, gRPC in Python. */
@NullMarked
package io.chancery.it.clients;

import org.jspecify.annotations.NullMarked;
