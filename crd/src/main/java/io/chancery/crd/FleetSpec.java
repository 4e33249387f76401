package io.chancery.crd;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** The Envoys that share a snapshot. */
public record FleetSpec(
    @JsonPropertyDescription(
            "How many trusted proxies stand before the fleet and append to x-forwarded-for. Default 0: the client"
                + " address is that of the connection.")
        @Default("0")
        @Min(0)
        @Max(8)
        Integer trustedHops) {}
