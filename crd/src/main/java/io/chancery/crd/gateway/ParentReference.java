package io.chancery.crd.gateway;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * Names what a route attaches to.
 *
 * @param namespace the route's own if null
 * @param sectionName one listener by name; all listeners if null
 * @param port listeners of this port; all listeners if null
 */
public record ParentReference(
    @Default("gateway.networking.k8s.io") String group,
    @Default("Gateway") String kind,
    @Nullable String namespace,
    @Required @Size(min = 1, max = 253) String name,
    @Size(min = 1, max = 253) @Nullable String sectionName,
    @Min(1) @Max(65535) @Nullable Integer port) {}
