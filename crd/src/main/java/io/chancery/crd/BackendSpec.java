package io.chancery.crd;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.chancery.crd.gateway.HostnamePattern;
import io.chancery.crd.policy.DurationPattern;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An upstream that is not a Kubernetes Service. Exactly one of {@code static} and {@code dns} is
 * set.
 */
@ValidationRule(
    value = "has(self.static) != has(self.dns)",
    message = "exactly one of static and dns must be set")
public record BackendSpec(
    @com.fasterxml.jackson.annotation.JsonProperty("static")
        @JsonPropertyDescription("Endpoints that are listed here.")
        @Nullable StaticEndpoints staticEndpoints,
    @JsonPropertyDescription("Endpoints that a DNS name resolves to; Envoy resolves it.")
        @Nullable Dns dns,
    @JsonPropertyDescription("What the endpoints speak. Auto: HTTP/1.1.") @Default("Auto")
        Protocol protocol) {

  /** Endpoints that are listed. */
  public record StaticEndpoints(
      @JsonPropertyDescription("The endpoints.")
          @Required
          @Size(min = 1, max = 1000)
          @ListKey({"address", "port"})
          List<Endpoint> endpoints) {}

  /** One endpoint. */
  public record Endpoint(
      @JsonPropertyDescription("An IP address.") @Required @Size(min = 1, max = 253) String address,
      @JsonPropertyDescription("The port.") @Required @Min(1) @Max(65535) Integer port,
      @JsonPropertyDescription("Share of the requests, relative to the other endpoints. Default 1.")
          @Default("1")
          @Min(1)
          @Max(1000000)
          Integer weight,
      @JsonPropertyDescription("The zone that the endpoint is in.") @Size(max = 63)
          @Nullable String zone) {}

  /** A name to resolve. */
  public record Dns(
      @JsonPropertyDescription("The name.")
          @Required
          @Size(min = 1, max = 253)
          @Pattern(HostnamePattern.PRECISE)
          String host,
      @JsonPropertyDescription("The port.") @Required @Min(1) @Max(65535) Integer port,
      @JsonPropertyDescription("How often to resolve again, at least 1s. Default 5s.")
          @Pattern(DurationPattern.DURATION)
          @Size(max = DurationPattern.MAX_LENGTH)
          @Default("5s")
          @ValidationRule(value = DurationPattern.SECOND, message = DurationPattern.SECOND_MESSAGE)
          String refresh) {}

  /** What the endpoints speak. */
  public enum Protocol {
    Auto,
    HTTP1,
    HTTP2,
    GRPC
  }
}
