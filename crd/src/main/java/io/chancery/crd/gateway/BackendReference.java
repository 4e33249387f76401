package io.chancery.crd.gateway;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names a backend: a {@code Service} or a {@code Backend}.
 *
 * @param namespace the referring object's own if null
 * @param port required for a Service
 * @param weight share of the requests, relative to the other backends of the rule; 0 means none
 */
public record BackendReference(
    @Default("") String group,
    @Default("Service") String kind,
    @Nullable String namespace,
    @Required @Size(min = 1, max = 253) String name,
    @Min(1) @Max(65535) @Nullable Integer port,
    @Default("1") @Min(0) @Max(1000000) Integer weight,
    @Size(max = 16) List<HttpFilter> filters) {}
