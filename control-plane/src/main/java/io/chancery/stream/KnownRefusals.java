package io.chancery.stream;

import io.chancery.snapshot.Delivery;
import io.chancery.snapshot.NodeState;
import io.chancery.snapshot.Quarantine;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import io.chancery.xds.Version;
import java.util.Map;
import java.util.Optional;

/**
 * What the client of a stream would refuse, as earlier streams, processes and other nodes know;
 * xds.md N4 and N8. What is known counts as said: it is delivered as a refusal, though nobody was
 * asked. Only so do others hear of it that act on refusals, and have forgotten.
 *
 * @param nacks the last refusal of each kind on the stream
 */
record KnownRefusals(Feed feed, NodeIdentity node, Map<ResourceKind, NodeState.Nack> nacks) {

  /**
   * Whether a resource must not be offered.
   *
   * @param running what the client goes on with
   */
  boolean include(Resource resource, Optional<Version> running) {
    Optional<Quarantine.Refusal> refusal = feed.quarantine().refusal(key(), content(resource));
    refusal.ifPresent(known -> {
      nacks.put(resource.kind(), new NodeState.Nack(known.detail(), known.at()));
      feed.snapshots()
          .deliver(
              new Delivery.Nacked(
                  node.fleet(),
                  node.id(),
                  resource.kind(),
                  Map.of(resource.name(), resource.version()),
                  running.map(version -> Map.of(resource.name(), version)).orElse(Map.of()),
                  known.detail(),
                  known.at()));
    });
    return refusal.isPresent();
  }

  /** The client refused these versions, by name, and nothing else can be at fault. */
  void refused(ResourceKind kind, Map<String, Version> culprits, NodeState.Nack nack) {
    Quarantine.Refusal refusal = new Quarantine.Refusal(nack.detail(), nack.at());
    culprits.forEach((name, version) ->
        feed.quarantine().refused(key(), new Quarantine.Content(kind, name, version), refusal));
  }

  /** The client took an offer. */
  void accepted(Offer offer) {
    offer.items().values().stream()
        .flatMap(item -> item.resource().stream())
        .forEach(resource -> feed.quarantine().accepted(key(), content(resource)));
  }

  private Quarantine.Node key() {
    return new Quarantine.Node(node.fleet(), node.id(), node.build());
  }

  private static Quarantine.Content content(Resource resource) {
    return new Quarantine.Content(resource.kind(), resource.name(), resource.version());
  }
}
