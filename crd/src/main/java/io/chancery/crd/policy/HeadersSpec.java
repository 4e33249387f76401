package io.chancery.crd.policy;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.chancery.crd.gateway.HttpFilter.HeaderModifier;
import org.jspecify.annotations.Nullable;

/** Changes headers on the way. */
public record HeadersSpec(
    @JsonPropertyDescription("Changes to the request before it goes to the backend.")
        @Nullable HeaderModifier request,
    @JsonPropertyDescription("Changes to the response before it goes to the client.")
        @Nullable HeaderModifier response) {}
