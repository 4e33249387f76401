package io.chancery.bench.fleet;

import io.chancery.xds.ResourceKind;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Simulated nodes on one loop: each has a stream on a connection of its own, subscribes as an Envoy
 * does, answers at once, and checks what it gets. Methods without another word are for the thread
 * that measures, and wait for the loop.
 */
final class Fleet implements AutoCloseable {
  private static final int MAX_MESSAGE_BYTES = 1 << 30;
  private static final int WINDOW_BYTES = 1 << 20;
  private static final int MAX_VIOLATIONS = 100;

  private final FleetWorld world;
  private final Plan plan;
  private final InetSocketAddress server;
  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Contents contents;
  private final int[] published;
  private final int[] newest;
  private final List<FleetNode> nodes = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private final Traffic traffic = new Traffic();
  private final Set<Integer> refused = new HashSet<>();
  private final BitSet slow = new BitSet();
  private final BitSet refusing = new BitSet();
  private List<Integer> lastNamed = List.of();
  private byte[] lastSubscription = {};
  private int unopened;
  private long deviations;
  private @Nullable Round round;

  /**
   * How a fleet behaves.
   *
   * @param nodes how many
   * @param opening how many may lack something at a time while the fleet starts
   * @param limit after which a run is void
   */
  record Plan(int nodes, int opening, Duration limit) {}

  Fleet(FleetWorld world, Plan plan, int port) {
    this.world = world;
    this.plan = plan;
    this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.contents = new Contents(world);
    this.published = new int[world.numbers()];
    for (int number = 0; number < published.length; number++) {
      published[number] = world.first(number);
    }
    this.newest = published.clone();
  }

  /** A server that can be told to change what it publishes. */
  interface Publisher {
    /** Publishes, and returns when it began to; {@link System#nanoTime}. */
    long publish(Mutation mutation);
  }

  /** Opens all streams, of nodes that hold nothing, and waits until they hold everything. */
  Duration open() {
    long start = System.nanoTime();
    Round opened =
        onLoop(() -> {
          nodes.clear();
          Round begun = begin(new BitSet());
          for (int index = 0; index < plan.nodes; index++) {
            nodes.add(node(index, new NodeState(world, published, this::violation)));
          }
          unopened = plan.nodes;
          for (int i = 0; i < plan.opening; i++) {
            openNext();
          }
          return begun;
        });
    long[] times = await(opened);
    return Duration.ofNanos(times[times.length - 1] - start);
  }

  private void openNext() {
    if (unopened > 0) {
      nodes.get(plan.nodes - unopened--).open();
    }
  }

  private FleetNode node(int index, NodeState state) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(server)
            .usePlaintext()
            .eventLoopGroup(loop)
            .channelType(NioSocketChannel.class)
            .directExecutor()
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .flowControlWindow(WINDOW_BYTES)
            .build();
    return new FleetNode(this, index, state, channel);
  }

  /** Breaks all connections; the nodes keep what they hold. */
  void cut() {
    onLoop(() -> {
      nodes.forEach(FleetNode::cut);
      return true;
    });
  }

  /**
   * Connects all nodes at once, which tell what they hold, then changes something, and waits until
   * all have it.
   *
   * @return from the first connection to the last ACK
   */
  Duration reopen(Mutation next, Publisher to) {
    long start = System.nanoTime();
    onLoop(() -> {
      Known known = Known.of(this, nodes.getFirst().state());
      List<NodeState> states = nodes.stream().map(FleetNode::state).toList();
      nodes.clear();
      for (int index = 0; index < plan.nodes; index++) {
        nodes.add(node(index, states.get(index)));
      }
      nodes.forEach(node -> node.reopen(known));
      return true;
    });
    Acks acks = change(next, to);
    return Duration.ofNanos(acks.published() + acks.afterShare(1) - start);
  }

  /** Changes something, and waits until every node that reads has answered. */
  Acks change(Mutation mutation, Publisher to) {
    Round begun =
        onLoop(() -> {
          Round made = begin(slow);
          for (Mutation.Change change : mutation.changes()) {
            publishing(change);
          }
          return made;
        });
    long start = to.publish(mutation);
    return new Acks(start, await(begun));
  }

  private Round begin(BitSet without) {
    BitSet awaited = new BitSet();
    awaited.set(0, plan.nodes);
    awaited.andNot(without);
    Round begun = new Round(plan.nodes, awaited);
    round = begun;
    return begun;
  }

  private void publishing(Mutation.Change change) {
    int number = change.number();
    int before = published[number];
    for (FleetNode node : nodes) {
      published[number] = before; // Each node compares with what it was.
      node.state().publishing(number, () -> published[number] = change.generation());
    }
    newest[number] = Math.max(newest[number], change.generation());
  }

  private long[] await(Round begun) {
    long[] times;
    try {
      times = begun.await(plan.limit);
    } catch (VoidRunException cause) {
      List<String> wrong = onLoop(() -> List.copyOf(violations));
      throw wrong.isEmpty() ? cause : new VoidRunException(cause.getMessage() + "; " + wrong);
    }
    return times;
  }

  /** Some nodes read no more, each k-th; until {@link #readAll}. */
  void stopReading(int each) {
    onLoop(() -> {
      for (int index = 0; index < plan.nodes; index += each) {
        slow.set(index);
        nodes.get(index).stopReading();
      }
      return true;
    });
  }

  /** All nodes read again; waits until they have everything. */
  Duration readAll() {
    long start = System.nanoTime();
    Round begun =
        onLoop(() -> {
          Round made = begin(new BitSet());
          slow.clear();
          for (int index = 0; index < plan.nodes; index++) {
            FleetNode node = nodes.get(index);
            node.read();
            answered(index, node.state());
          }
          return made;
        });
    long[] times = await(begun);
    return Duration.ofNanos(times[times.length - 1] - start);
  }

  /** Each k-th node says no to these resources, whatever their content. */
  void refuse(int each, Set<Integer> numbers) {
    onLoop(() -> {
      for (int index = 0; index < plan.nodes; index += each) {
        refusing.set(index);
      }
      return refused.addAll(numbers);
    });
  }

  /** All nodes take everything that they are offered from now on. */
  void refuseNothing() {
    onLoop(() -> {
      refusing.clear();
      refused.clear();
      return true;
    });
  }

  /** What was sent and got until now. */
  Traffic.Total total() {
    return onLoop(traffic::total);
  }

  /** What the server did wrong until now; the first hundred. */
  List<String> violations() {
    return onLoop(() -> List.copyOf(violations));
  }

  /** How many of those there are, with what is not told in detail. */
  long deviations() {
    return onLoop(() -> deviations);
  }

  /**
   * The hash of what every node holds.
   *
   * @throws VoidRunException if one holds something else than what is published
   */
  long hash() {
    return onLoop(() -> {
      NodeState expected = new NodeState(world, published, _ -> {});
      for (int number = 0; number < published.length; number++) {
        expected.restore(number, published[number]);
      }
      for (FleetNode node : nodes) {
        if (node.state().hash() != expected.hash()) {
          throw new VoidRunException("nodes do not hold what is published");
        }
      }
      return expected.hash();
    });
  }

  private <T> T onLoop(Callable<T> task) {
    try {
      return loop.submit(task).get();
    } catch (InterruptedException cause) {
      throw new IllegalStateException(cause);
    } catch (ExecutionException cause) {
      if (cause.getCause() instanceof VoidRunException reason) {
        throw new VoidRunException(String.valueOf(reason.getMessage()));
      }
      throw new IllegalStateException(cause);
    }
  }

  // ---- For the nodes, on the loop.

  void answered(int index, NodeState state) {
    Round current = round;
    if (current != null && state.lacking() == 0 && current.settled(index)) {
      openNext();
    }
  }

  void violation(String what) {
    deviations++;
    if (violations.size() < MAX_VIOLATIONS) {
      violations.add(what);
    }
  }

  /** A request for more names; nodes that ask for the same share the bytes. */
  byte[] subscription(ResourceKind kind, List<Integer> numbers) {
    if (!numbers.equals(lastNamed)) {
      lastNamed = List.copyOf(numbers);
      lastSubscription = Requests.subscribe(kind, names(numbers), Map.of());
    }
    return lastSubscription;
  }

  List<String> names(List<Integer> numbers) {
    return numbers.stream().map(world::name).toList();
  }

  boolean refuses(int index, int number) {
    return refusing.get(index) && refused.contains(number);
  }

  int newest(int number) {
    return newest[number];
  }

  FleetWorld world() {
    return world;
  }

  Contents contents() {
    return contents;
  }

  Traffic traffic() {
    return traffic;
  }

  @Override
  public void close() {
    cut();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
