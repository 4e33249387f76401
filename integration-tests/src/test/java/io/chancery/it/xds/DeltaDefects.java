package io.chancery.it.xds;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.Status;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Defects of the incremental form. */
final class DeltaDefects {
  private static final String ALL = "*";

  private DeltaDefects() {}

  /** The server learns that the client has what it was not sent. */
  private static DeltaDiscoveryRequest ack(DeltaDiscoveryResponse response) {
    return DeltaDiscoveryRequest.newBuilder()
        .setTypeUrl(response.getTypeUrl())
        .setResponseNonce(response.getNonce())
        .build();
  }

  /** What was removed once never comes again. */
  static final class RebornIsNotSent
      extends Distortion<DeltaDiscoveryRequest, DeltaDiscoveryResponse> {
    private final Set<String> dead = new HashSet<>();

    @Override
    void response(DeltaDiscoveryResponse response) {
      dead.addAll(response.getRemovedResourcesList());
      if (response.getResourcesList().stream().anyMatch(it -> dead.contains(it.getName()))) {
        up(ack(response));
      } else {
        down(response);
      }
    }
  }

  /** A client that comes again is taken for a new one. */
  static final class HeldIsIgnored
      extends Distortion<DeltaDiscoveryRequest, DeltaDiscoveryResponse> {
    @Override
    void request(DeltaDiscoveryRequest request) {
      up(request.toBuilder().clearInitialResourceVersions().build());
    }
  }

  /** Of clusters and listeners everybody gets all, and of other types nobody does. */
  static final class WildcardByType
      extends Distortion<DeltaDiscoveryRequest, DeltaDiscoveryResponse> {
    @Override
    void request(DeltaDiscoveryRequest request) {
      DeltaDiscoveryRequest.Builder changed = request.toBuilder().clearResourceNamesSubscribe();
      if (!XdsType.of(request.getTypeUrl()).filter(XdsType::complete).isPresent()) {
        List<String> names = request.getResourceNamesSubscribeList();
        names.stream()
            .filter(name -> !name.equals(ALL))
            .forEach(changed::addResourceNamesSubscribe);
        if (changed.getResourceNamesSubscribeCount() == 0 && !names.isEmpty()) {
          return; // Left to the server, an empty list would mean all.
        }
      }
      up(changed.build());
    }
  }

  /** Who asks for what does not exist waits for ever. */
  static final class NothingIsSilence
      extends Distortion<DeltaDiscoveryRequest, DeltaDiscoveryResponse> {
    @Override
    void response(DeltaDiscoveryResponse response) {
      if (response.getResourcesCount() > 0) {
        down(response);
      } else {
        up(ack(response));
      }
    }
  }

  /** After a request without a node nothing is sent. */
  static final class NodeHasToBeRepeated
      extends Distortion<DeltaDiscoveryRequest, DeltaDiscoveryResponse> {
    private boolean lost;

    @Override
    void request(DeltaDiscoveryRequest request) {
      lost |= request.getNode().equals(Node.getDefaultInstance());
      up(request);
    }

    @Override
    void response(DeltaDiscoveryResponse response) {
      if (!lost) {
        down(response);
      }
    }
  }

  /** A nonce that is not the one that is awaited, or a type that is not known, is an exception. */
  static final class SurprisesEndTheStream
      extends Distortion<DeltaDiscoveryRequest, DeltaDiscoveryResponse> {
    private final Map<String, String> awaited = new HashMap<>();

    @Override
    void response(DeltaDiscoveryResponse response) {
      awaited.put(response.getTypeUrl(), response.getNonce());
      down(response);
    }

    @Override
    void request(DeltaDiscoveryRequest request) {
      String nonce = request.getResponseNonce();
      boolean known = XdsType.of(request.getTypeUrl()).isPresent();
      if (!known || (!nonce.isEmpty() && !nonce.equals(awaited.remove(request.getTypeUrl())))) {
        end(Status.UNKNOWN);
      } else {
        up(request);
      }
    }
  }

  /** Nobody waits for the client to go over to its new routes. */
  static final class BreakBeforeMake
      extends Distortion<DeltaDiscoveryRequest, DeltaDiscoveryResponse> {
    @Override
    void response(DeltaDiscoveryResponse response) {
      down(response);
      up(ack(response));
    }
  }
}
