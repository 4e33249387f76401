package io.chancery.stream;

import io.chancery.xds.ResourceKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The types of one stream. One that is not registered is as one without resources; xds.md T2. */
final class Types {
  /** Envoy knows about 20 types; more than this is an attack on our memory. */
  private static final int LIMIT = 64;

  private final Protocol<?> protocol;
  private final Map<String, TypeState> byUrl = new HashMap<>();
  private final List<TypeState> inOrder = new ArrayList<>();
  private ClientFeatures features = ClientFeatures.NONE;

  Types(Protocol<?> protocol) {
    this.protocol = protocol;
  }

  /** What the client of the stream understands; said before any type is asked for. */
  void understood(ClientFeatures by) {
    features = by;
  }

  /**
   * The state of a type, made when it is first asked for.
   *
   * @throws IllegalArgumentException if the stream asks for too many types
   */
  TypeState of(String typeUrl) {
    TypeState known = byUrl.get(typeUrl);
    if (known != null) {
      return known;
    }
    if (byUrl.size() >= LIMIT) {
      throw new IllegalArgumentException(
          "type_url " + typeUrl + ": a stream may subscribe to at most " + LIMIT + " types");
    }
    ResourceKind kind = kind(typeUrl);
    TypeState made = new TypeState(kind, protocol.form(kind), features);
    byUrl.put(typeUrl, made);
    inOrder.add(made);
    inOrder.sort(Comparator.comparing(TypeState::kind));
    return made;
  }

  /** In the order of delivery. */
  List<TypeState> inOrder() {
    return inOrder;
  }

  boolean anyBusy() {
    return inOrder.stream().anyMatch(TypeState::busy);
  }

  static boolean registered(ResourceKind kind) {
    return ResourceKind.ALL.contains(kind);
  }

  private static ResourceKind kind(String typeUrl) {
    return ResourceKind.ofTypeUrl(typeUrl).orElseGet(() -> ResourceKind.unknown(typeUrl));
  }
}
