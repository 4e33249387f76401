package io.chancery.it.xds;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.xds.core.v3.ContextParams;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A client that does exactly what a test tells it, in the same words over all four variants. For
 * the test's thread only.
 */
final class XdsClient implements AutoCloseable {
  /** How long there has to be nothing until it is believed that nothing is sent. */
  private static final Duration SILENCE = Duration.ofMillis(300);

  private final Variant variant;
  private final Duration patience;
  private final ManagedChannel channel;
  private final Map<Optional<XdsType>, Line> lines = new LinkedHashMap<>();
  private final Map<XdsType, TypeView> views = new EnumMap<>(XdsType.class);
  private final BlockingQueue<Event> arrived = new LinkedBlockingQueue<>();
  private final List<Event> passedOver = new ArrayList<>();
  private Node node = Protocol.NODE;

  /**
   * @param patience how long to wait for what has to come
   */
  XdsClient(int port, Variant variant, Duration patience) {
    this.variant = variant;
    this.patience = patience;
    InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.channel = NettyChannelBuilder.forAddress(server).usePlaintext().build();
  }

  /** What a stream brings. */
  sealed interface Event {
    record Answered(Answer answer) implements Event {}

    record Ended(Optional<XdsType> line, Status status) implements Event {}
  }

  /** Says in each request from now on that it understands these; its {@code client_features}. */
  XdsClient understands(String... features) {
    node = node.toBuilder().addAllClientFeatures(List.of(features)).build();
    return this;
  }

  /** Says in each request from now on that a dynamic parameter of a type has this value. */
  XdsClient hasParameter(XdsType type, String name, String value) {
    ContextParams parameters = ContextParams.newBuilder().putParams(name, value).build();
    node = node.toBuilder().putDynamicParameters(type.typeUrl(), parameters).build();
    return this;
  }

  /** Adds names; with none in the first request of a type, all resources are asked for. */
  XdsClient subscribe(XdsType type, String... names) {
    return send(type, usual(type).subscribe(names));
  }

  XdsClient unsubscribe(XdsType type, String... names) {
    return send(type, usual(type).unsubscribe(names));
  }

  /** Asks on a new stream for what another client holds already. */
  XdsClient resume(XdsType type, XdsClient before, String... names) {
    TypeView known = before.view(type);
    return send(
        type, Ask.of(type).subscribe(names).held(known.versions()).version(known.accepted()));
  }

  XdsClient ack(Answer answer) {
    XdsType type = type(answer);
    view(type).accept(answer, !variant.delta() && type.complete());
    return send(type, Ask.of(type).nonce(answer.nonce()).version(answer.version()));
  }

  XdsClient nack(Answer answer, String text) {
    XdsType type = type(answer);
    return send(
        type, Ask.of(type).nonce(answer.nonce()).version(view(type).accepted()).error(text));
  }

  private static XdsType type(Answer answer) {
    return XdsType.of(answer.typeUrl()).orElseThrow();
  }

  /** A request as this variant demands it: SotW repeats nonce and version. */
  Ask usual(XdsType type) {
    Ask ask = Ask.of(type);
    TypeView view = view(type);
    return variant.delta() ? ask : ask.nonce(view.nonce()).version(view.accepted());
  }

  /** Sends whatever the test says, on the stream of this type. */
  XdsClient send(XdsType type, Ask ask) {
    return send(Optional.of(type), ask, view(type).ask(ask));
  }

  /** Sends on the aggregated stream what needs no type that the kit knows. */
  XdsClient send(Ask ask) {
    return send(Optional.empty(), ask, ask.subscribe());
  }

  private XdsClient send(Optional<XdsType> type, Ask ask, List<String> names) {
    Optional<XdsType> line = variant.aggregated() ? Optional.empty() : type;
    lines
        .computeIfAbsent(line, it -> Line.open(channel, variant, it, arrived::add))
        .send(node, ask, names);
    return this;
  }

  private TypeView view(XdsType type) {
    return views.computeIfAbsent(type, _ -> new TypeView());
  }

  /** The next answer of this type; those of other types stay. */
  Answer next(XdsType type) {
    return next(type.typeUrl());
  }

  Answer next(String typeUrl) {
    Event event =
        await(it -> it instanceof Event.Answered a && a.answer().typeUrl().equals(typeUrl));
    return answer(event, "an answer of " + typeUrl);
  }

  /** The next answer, whatever its type. */
  Answer next() {
    return answer(await(Event.Answered.class::isInstance), "an answer");
  }

  private Answer answer(@Nullable Event event, String expected) {
    if (event instanceof Event.Answered(Answer answer)) {
      XdsType.of(answer.typeUrl()).ifPresent(type -> view(type).received(answer));
      return answer;
    }
    throw new AssertionError("expected " + expected + ", but: " + (event == null ? "-" : event));
  }

  /** The newest answer of this type that was received. */
  Answer last(XdsType type) {
    return view(type).last();
  }

  /** Receives and acknowledges. */
  Answer accept(XdsType type) {
    Answer answer = next(type);
    ack(answer);
    return answer;
  }

  /** Receives and acknowledges until an answer is what is wanted. */
  Answer acceptUntil(XdsType type, Predicate<Answer> wanted) {
    Answer answer = accept(type);
    while (!wanted.test(answer)) {
      answer = accept(type);
    }
    return answer;
  }

  /** Receives and acknowledges until it holds exactly these resources of the type. */
  XdsClient acceptUntilHolds(XdsType type, Message... messages) {
    while (!holds(type, messages)) {
      accept(type);
    }
    return this;
  }

  /** Whether what was accepted are exactly these resources. */
  boolean holds(XdsType type, Message... messages) {
    return Set.copyOf(view(type).bodies().values())
        .equals(Set.copyOf(java.util.Arrays.stream(messages).map(Message::toByteString).toList()));
  }

  /** The names of what was accepted and not removed. */
  Set<String> held(XdsType type) {
    return view(type).bodies().keySet();
  }

  /** How the stream of this type ended. */
  Status end(XdsType type) {
    Optional<XdsType> line = variant.aggregated() ? Optional.empty() : Optional.of(type);
    Event event = await(it -> it instanceof Event.Ended ended && ended.line().equals(line));
    if (event instanceof Event.Ended(var _, Status status)) {
      return status;
    }
    throw new AssertionError("the stream of " + type + " did not end");
  }

  /** Nothing came that was not received, and nothing comes for a short time. */
  XdsClient nothingMore() {
    return nothingMore(SILENCE);
  }

  /** Nothing came that was not received, and nothing comes for this time. */
  XdsClient nothingMore(Duration time) {
    assertThat(passedOver).as("received by nobody").isEmpty();
    assertThat(poll(time)).as("silence").isNull();
    return this;
  }

  /** Acknowledges all that comes, until nothing comes for a short time. */
  List<Answer> settle(XdsType type) {
    List<Answer> answers = new ArrayList<>();
    for (Event event = poll(SILENCE); event != null; event = poll(SILENCE)) {
      Answer answer = answer(event, "an answer of " + type);
      ack(answer);
      answers.add(answer);
    }
    return answers;
  }

  /** Fails early if a stream ends: what is awaited cannot come then. */
  private @Nullable Event await(Predicate<Event> wanted) {
    for (Event event : List.copyOf(passedOver)) {
      if (wanted.test(event)) {
        passedOver.remove(event);
        return event;
      }
    }
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      Event event = poll(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      if (event == null || wanted.test(event) || event instanceof Event.Ended) {
        return event;
      }
      passedOver.add(event);
    }
  }

  private @Nullable Event poll(Duration time) {
    try {
      return arrived.poll(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException cause) {
      throw new AssertionError(cause);
    }
  }

  /** Calls the method for one request and one response, and tells how that ended. */
  Status fetch(XdsType type) {
    return Line.fetch(channel, type, patience);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    try {
      boolean _ = channel.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
    }
  }
}
