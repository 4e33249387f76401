package io.chancery.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * A stream of a plain gRPC client.
 *
 * @param <Q> requests
 * @param <A> responses
 */
final class Line<Q, A> implements AutoCloseable {
  private static final long LIMIT_SECONDS = 30;

  private final ManagedChannel channel;
  private final BlockingQueue<A> arrived = new LinkedBlockingQueue<>();
  private final StreamObserver<Q> out;

  /**
   * @param open calls the method on a channel
   */
  Line(int port, BiFunction<ManagedChannel, StreamObserver<A>, StreamObserver<Q>> open) {
    this.channel =
        NettyChannelBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .usePlaintext()
            .build();
    this.out = open.apply(channel, new Arrivals());
  }

  private final class Arrivals implements StreamObserver<A> {
    @Override
    public void onNext(A response) {
      arrived.add(response);
    }

    @Override
    public void onError(Throwable cause) {}

    @Override
    public void onCompleted() {}
  }

  void send(Q request) {
    out.onNext(request);
  }

  A next() throws InterruptedException {
    A response = arrived.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    assertThat(response).as("a response within %d s", LIMIT_SECONDS).isNotNull();
    return response;
  }

  /** Nothing has arrived; only after something that would have come later has. */
  void assertSilent() {
    assertThat(arrived).isEmpty();
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
