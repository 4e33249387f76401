package io.chancery.it.xds;

import io.chancery.it.xds.XdsClient.Event;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** One stream of a client. */
interface Line {

  /**
   * Sends a request.
   *
   * @param node who the client is, if the request says it
   * @param names all that the client is subscribed to, for SotW
   */
  void send(Node node, Ask ask, List<String> names);

  /**
   * Opens a stream.
   *
   * @param type empty: the aggregated service
   * @param events is called on a thread of gRPC
   */
  static Line open(
      Channel channel, Variant variant, Optional<XdsType> type, Consumer<Event> events) {
    return variant.delta() ? delta(channel, type, events) : sotw(channel, type, events);
  }

  private static Line delta(Channel channel, Optional<XdsType> type, Consumer<Event> events) {
    StreamObserver<DeltaDiscoveryRequest> out =
        ClientCalls.asyncBidiStreamingCall(
            channel.newCall(Protocol.delta(type), CallOptions.DEFAULT),
            new Receiver<DeltaDiscoveryResponse>(type, Answer::of, events));
    return (node, ask, _) -> out.onNext(Protocol.delta(node, ask));
  }

  private static Line sotw(Channel channel, Optional<XdsType> type, Consumer<Event> events) {
    StreamObserver<DiscoveryRequest> out =
        ClientCalls.asyncBidiStreamingCall(
            channel.newCall(Protocol.sotw(type), CallOptions.DEFAULT),
            new Receiver<DiscoveryResponse>(type, Answer::of, events));
    return (node, ask, names) -> out.onNext(Protocol.sotw(node, ask, names));
  }

  /** Calls the unary method of a type, and tells how that ended. */
  static Status fetch(Channel channel, XdsType type, Duration patience) {
    try {
      CallOptions options =
          CallOptions.DEFAULT.withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS);
      DiscoveryResponse _ =
          ClientCalls.blockingUnaryCall(
              channel,
              Protocol.fetch(type),
              options,
              Protocol.sotw(Protocol.NODE, Ask.of(type), List.of()));
      return Status.OK;
    } catch (StatusRuntimeException cause) {
      return cause.getStatus();
    }
  }

  /** Turns what gRPC calls back with into events. */
  record Receiver<R>(Optional<XdsType> type, Function<R, Answer> answer, Consumer<Event> events)
      implements StreamObserver<R> {
    @Override
    public void onNext(R response) {
      events.accept(new Event.Answered(answer.apply(response)));
    }

    @Override
    public void onError(Throwable cause) {
      events.accept(new Event.Ended(type, Status.fromThrowable(cause)));
    }

    @Override
    public void onCompleted() {
      events.accept(new Event.Ended(type, Status.OK));
    }
  }
}
