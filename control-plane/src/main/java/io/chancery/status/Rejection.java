package io.chancery.status;

import io.chancery.xds.ResourceKind;
import io.chancery.xds.Version;

/**
 * A node refused a response in which this resource was.
 *
 * @param version what the node was offered
 * @param detail Envoy's words
 */
public record Rejection(ResourceKind kind, String name, Version version, String detail) {}
