package io.chancery.crd.core;

import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Kubernetes Service: the ports by which its EndpointSlices are found. */
public record ServiceSpec(List<Port> ports, @Nullable String type, @Nullable String externalName) {

  /**
   * One port.
   *
   * @param name pairs the port with the port of the same name in the EndpointSlices; null only if
   *     it is the only one
   * @param appProtocol the protocol that the endpoints speak, such as {@code kubernetes.io/h2c}
   */
  public record Port(
      @Nullable String name,
      @Required @Min(1) @Max(65535) Integer port,
      @Nullable String protocol,
      @Nullable String appProtocol) {}
}
