package io.chancery.bench.fleet;

import io.chancery.xds.ResourceKind;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One stream of one simulated node, on a connection of its own. Confined to the loop of the fleet.
 */
final class FleetNode extends ClientCall.Listener<byte[]> implements ResponseReader.Visitor {
  private static final List<ResourceKind> WILDCARDS =
      List.of(ResourceKind.CLUSTER, ResourceKind.LISTENER);
  private static final List<ResourceKind> KINDS =
      List.of(
          ResourceKind.CLUSTER,
          ResourceKind.ENDPOINTS,
          ResourceKind.LISTENER,
          ResourceKind.ROUTE_CONFIGURATION);

  private final Fleet fleet;
  private final int index;
  private final byte[] node;
  private final NodeState state;
  private final ManagedChannel channel;
  private final ClientCall<byte[], byte[]> call;
  private final List<Integer> arrived = new ArrayList<>();
  private final List<Integer> removed = new ArrayList<>();
  private ResourceKind kind = ResourceKind.CLUSTER;
  private int refusing = -1;
  private boolean reading = true;
  private boolean waiting;
  private boolean ended;

  FleetNode(Fleet fleet, int index, NodeState state, ManagedChannel channel) {
    this.fleet = fleet;
    this.index = index;
    this.node = Requests.node("node-" + index);
    this.state = state;
    this.channel = channel;
    this.call = channel.newCall(RawBytes.DELTA, CallOptions.DEFAULT);
  }

  /** Asks for everything, as an Envoy that has just started. */
  void open() {
    start();
    for (ResourceKind wildcard : WILDCARDS) {
      send(Requests.subscribe(wildcard, List.of(), Map.of()));
    }
  }

  /** Tells what it holds, as an Envoy whose connection broke. */
  void reopen(Known known) {
    start();
    KINDS.forEach(each -> send(known.request(each)));
  }

  private void start() {
    call.start(this, new Metadata());
    call.request(1);
  }

  private void send(byte[] request) {
    byte[] whole = Requests.joined(node, request); // An Envoy says in each who it is, by default.
    fleet.traffic().sent(whole.length);
    call.sendMessage(whole);
  }

  @Override
  public void onMessage(byte[] response) {
    ResponseReader.Head head = ResponseReader.head(response);
    kind = ResourceKind.ofTypeUrl(head.typeUrl()).orElseThrow();
    arrived.clear();
    removed.clear();
    refusing = -1;
    ResponseReader.visit(response, this);
    fleet.traffic().received(response.length, arrived.size());
    subscribe();
    if (refusing >= 0) {
      send(Requests.nack(kind, head.nonce(), fleet.world().name(refusing)));
    } else {
      send(Requests.ack(kind, head.nonce()));
    }
    fleet.answered(index, state);
    if (reading) {
      call.request(1);
    } else {
      waiting = true;
    }
  }

  private void subscribe() {
    List<Integer> gone = state.unsubscribe(removed);
    if (!gone.isEmpty()) {
      send(Requests.noMore(kindOf(gone), fleet.names(gone)));
    }
    List<Integer> added = state.subscribe(arrived);
    if (!added.isEmpty()) {
      send(fleet.subscription(kindOf(added), added));
    }
  }

  private ResourceKind kindOf(List<Integer> numbers) {
    return fleet.world().kind(numbers.getFirst());
  }

  @Override
  public void resource(String name, String version, ByteBuffer any) {
    int number = fleet.contents().number(kind, name);
    if (number < 0) {
      fleet.violation("nobody published " + kind + " " + name);
      return;
    }
    int generation = fleet.contents().generation(number, version, any, fleet.newest(number));
    if (generation == Contents.FOREIGN) {
      fleet.violation("another content than was published: " + kind + " " + name);
    }
    if (fleet.refuses(index, number)) {
      refusing = number;
      state.refuse(number, generation);
      fleet.traffic().refused();
      return;
    }
    arrived.add(number);
    if (state.take(number, generation)) {
      fleet.traffic().repeated();
    }
  }

  @Override
  public void removed(String name) {
    int number = fleet.contents().number(kind, name);
    if (number >= 0) {
      removed.add(number);
      state.drop(number);
    }
  }

  /** Reads at most one response more, until {@link #read}. */
  void stopReading() {
    reading = false;
  }

  void read() {
    reading = true;
    if (waiting) {
      waiting = false;
      call.request(1);
    }
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    if (!ended) {
      fleet.violation("stream of node " + index + " ended: " + status);
    }
  }

  /** Breaks the connection. */
  void cut() {
    ended = true;
    channel.shutdownNow();
  }

  NodeState state() {
    return state;
  }

  /** What a node holds of one kind, in the words of the server. */
  static Map<String, String> versions(Fleet fleet, NodeState state, ResourceKind of) {
    Map<String, String> versions = new TreeMap<>();
    for (int number = 0; number < fleet.world().numbers(); number++) {
      int held = state.held(number);
      if (fleet.world().kind(number).equals(of) && held != FleetWorld.ABSENT) {
        versions.put(fleet.world().name(number), fleet.contents().version(number, held));
      }
    }
    return versions;
  }
}
