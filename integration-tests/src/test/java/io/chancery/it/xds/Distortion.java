package io.chancery.it.xds;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A conversation that goes through somebody who may change it. As it stands here, nothing is
 * changed.
 *
 * @param <Q> requests
 * @param <R> responses
 */
class Distortion<Q, R> {
  private @Nullable StreamObserver<Q> server;
  private @Nullable StreamObserver<R> client;
  private boolean ended;

  /** What the client says. */
  void request(Q request) {
    up(request);
  }

  /** What the server says. */
  void response(R response) {
    down(response);
  }

  final void up(Q request) {
    Objects.requireNonNull(server, "not open").onNext(request);
  }

  final void down(R response) {
    if (!ended) {
      Objects.requireNonNull(client, "not open").onNext(response);
    }
  }

  /** Ends the stream of the client. */
  final void end(Status status) {
    if (!ended) {
      ended = true;
      Objects.requireNonNull(client, "not open").onError(status.asRuntimeException());
    }
  }

  /**
   * Opens the part to the server.
   *
   * @return takes what the client says
   */
  final StreamObserver<Q> open(
      Channel channel, MethodDescriptor<Q, R> method, StreamObserver<R> answers) {
    client = answers;
    StreamObserver<Q> opened =
        ClientCalls.asyncBidiStreamingCall(
            channel.newCall(method, CallOptions.DEFAULT), new End<R>(this::response, this::end));
    server = opened;
    return new End<>(this::request, _ -> opened.onCompleted());
  }

  /** One direction; never at the same time as the other. */
  private final class End<T> implements StreamObserver<T> {
    private final Consumer<T> next;
    private final Consumer<Status> over;

    End(Consumer<T> next, Consumer<Status> over) {
      this.next = next;
      this.over = over;
    }

    @Override
    public void onNext(T message) {
      synchronized (Distortion.this) {
        next.accept(message);
      }
    }

    @Override
    public void onError(Throwable cause) {
      synchronized (Distortion.this) {
        over.accept(Status.fromThrowable(cause));
      }
    }

    @Override
    public void onCompleted() {
      synchronized (Distortion.this) {
        over.accept(Status.UNAVAILABLE);
      }
    }
  }
}
