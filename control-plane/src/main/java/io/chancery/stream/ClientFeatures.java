package io.chancery.stream;

import io.envoyproxy.envoy.config.core.v3.Node;
import java.util.Collection;

/**
 * What a client says that it understands beyond what every client does: {@code client_features} of
 * its node.
 *
 * @param timeToLive resources that it is to drop if it hears nothing of them; xds.md P16
 * @param wrapped in the state-of-the-world form, a resource inside of a {@code Resource}, which is
 *     where its time to live is
 * @param errors {@code resource_errors}; xds.md P18
 */
record ClientFeatures(boolean timeToLive, boolean wrapped, boolean errors) {
  /** As listed in Envoy's page "Well Known Client Features". */
  private static final String TIME_TO_LIVE = "xds.config.supports-resource-ttl";

  private static final String WRAPPED = "xds.config.resource-in-sotw";

  /** The protocol has the field and no name for a client that reads it; this one is ours. */
  private static final String ERRORS = "chancery.supports-resource-errors";

  /** Of a client that says nothing. */
  static final ClientFeatures NONE = new ClientFeatures(false, false, false);

  static ClientFeatures of(Node node) {
    Collection<String> said = node.getClientFeaturesList();
    return new ClientFeatures(
        said.contains(TIME_TO_LIVE), said.contains(WRAPPED), said.contains(ERRORS));
  }

  /** Whether resources of this form of the protocol may expire. */
  boolean takesTimeToLive(Protocol.Form form) {
    return timeToLive && (wrapped || form == Protocol.Form.DELTA);
  }
}
