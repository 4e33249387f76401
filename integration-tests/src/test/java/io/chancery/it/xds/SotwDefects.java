package io.chancery.it.xds;

import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import java.util.HashMap;
import java.util.Map;

/** Defects of the state-of-the-world form. */
final class SotwDefects {
  private SotwDefects() {}

  /** The same bytes again, at once. */
  static final class NackIsAnswered extends Distortion<DiscoveryRequest, DiscoveryResponse> {
    private final Map<String, DiscoveryResponse> last = new HashMap<>();

    @Override
    void response(DiscoveryResponse response) {
      last.put(response.getTypeUrl(), response);
      down(response);
    }

    @Override
    void request(DiscoveryRequest request) {
      DiscoveryResponse again = last.get(request.getTypeUrl());
      if (request.hasErrorDetail() && again != null) {
        down(again);
      }
      up(request);
    }
  }

  /** Nothing is said of a type until all names exist. */
  static final class OneMissingWithholdsAll
      extends Distortion<DiscoveryRequest, DiscoveryResponse> {
    private final Map<String, Integer> names = new HashMap<>();

    @Override
    void request(DiscoveryRequest request) {
      names.put(request.getTypeUrl(), request.getResourceNamesCount());
      up(request);
    }

    @Override
    void response(DiscoveryResponse response) {
      if (response.getResourcesCount() >= names.getOrDefault(response.getTypeUrl(), 0)) {
        down(response);
      }
    }
  }
}
