package io.chancery.crd.gateway;

import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/**
 * Ties Gateways to a controller.
 *
 * @param controllerName {@code chancery.io/gateway-controller} for ours
 * @param parametersRef a {@code Fleet}: the Envoys that serve the Gateways of the class; the fleet
 *     {@code default} if absent
 */
public record GatewayClassSpec(
    @Required String controllerName,
    @Nullable ParametersReference parametersRef,
    @Nullable String description) {

  /** Names an object that configures the class. */
  public record ParametersReference(
      @Required String group,
      @Required String kind,
      @Required String name,
      @Nullable String namespace) {}
}
