package io.chancery.crd.gateway;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Names what a route attaches to. */
public record ParentReference(
    @JsonPropertyDescription("API group of the parent. Default gateway.networking.k8s.io.")
        @Default("gateway.networking.k8s.io")
        String group,
    @JsonPropertyDescription("Kind of the parent. Default Gateway.") @Default("Gateway")
        String kind,
    @JsonPropertyDescription("Namespace of the parent; the route's own by default.")
        @Nullable String namespace,
    @JsonPropertyDescription("Name of the parent.") @Required @Size(min = 1, max = 253) String name,
    @JsonPropertyDescription("One listener, by name; all listeners by default.")
        @Size(min = 1, max = 253)
        @Nullable String sectionName,
    @JsonPropertyDescription("Listeners of this port; listeners of all ports by default.")
        @Min(1)
        @Max(65535)
        @Nullable Integer port) {}
