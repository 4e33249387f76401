package io.chancery.crd.gateway;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names a backend: a {@code Service} or a {@code Backend}. */
@ValidationRule(
    value = "self.group != '' || self.kind != 'Service' || has(self.port)",
    message = "a Service needs a port",
    fieldPath = ".port",
    reason = "FieldValueRequired")
public record BackendReference(
    @JsonPropertyDescription(
            "API group of the backend: empty for a Service, chancery.io for a Backend. Default empty.")
        @Default("")
        String group,
    @JsonPropertyDescription("Service or Backend. Default Service.") @Default("Service")
        String kind,
    @JsonPropertyDescription("Namespace of the backend; the referring object's own by default.")
        @Nullable String namespace,
    @JsonPropertyDescription("Name of the backend.") @Required @Size(min = 1, max = 253)
        String name,
    @JsonPropertyDescription("Port of the Service, not of its pods. Required for a Service.")
        @Min(1)
        @Max(65535)
        @Nullable Integer port,
    @JsonPropertyDescription(
            "Share of the requests, relative to the other backends of the rule; 0 for none. Default 1.")
        @Default("1")
        @Min(0)
        @Max(1000000)
        Integer weight,
    @JsonPropertyDescription("Filters of the requests that go to this backend; not supported yet.")
        @Size(max = 16)
        List<HttpFilter> filters) {}
