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

  /** As much as one request may bring; 100,000 names need a tenth of it. */
  private static final long MAX_CHARACTERS = 32 << 20;

  private final Protocol<?> protocol;
  private final SharedNames names;
  private final Map<String, TypeState> byUrl = new HashMap<>();
  private final List<Subscription> subscriptions = new ArrayList<>();
  private final List<TypeState> inOrder = new ArrayList<>();
  private ClientFeatures features = ClientFeatures.NONE;

  Types(Protocol<?> protocol, SharedNames names) {
    this.protocol = protocol;
    this.names = names;
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
    Subscription subscription = new Subscription(kind.wildcard(), names);
    subscriptions.add(subscription);
    TypeState made = new TypeState(kind, protocol.form(kind), features, subscription);
    byUrl.put(typeUrl, made);
    inOrder.add(made);
    inOrder.sort(Comparator.comparing(TypeState::kind));
    return made;
  }

  /**
   * Bounds what a stream can make us remember, however many requests it spreads it over.
   *
   * @throws IllegalArgumentException if it subscribes to too much
   */
  void requireBounded() {
    long length = subscriptions.stream().mapToLong(Subscription::length).sum();
    if (length > MAX_CHARACTERS) {
      throw new IllegalArgumentException(
          "the names that a stream subscribes to have "
              + length
              + " characters; at most "
              + MAX_CHARACTERS
              + " are remembered");
    }
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
