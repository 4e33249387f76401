package io.chancery.it.abuse;

import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A gRPC call of any method with any bytes as messages. */
final class RawCall extends ClientCall.Listener<byte[]> {
  /** The method that most abuse is for. */
  static final String AGGREGATED =
      AggregatedDiscoveryServiceGrpc.getDeltaAggregatedResourcesMethod().getFullMethodName();

  private final ClientCall<byte[], byte[]> call;
  private final CompletableFuture<Status> end = new CompletableFuture<>();
  final AtomicInteger answers = new AtomicInteger();

  /** Opens a call that takes no answers until they are asked for. */
  RawCall(Channel channel, String method) {
    call = channel.newCall(descriptor(method), CallOptions.DEFAULT);
    call.start(this, new Metadata());
  }

  private static MethodDescriptor<byte[], byte[]> descriptor(String method) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
        .setFullMethodName(method)
        .setRequestMarshaller(Bytes.INSTANCE)
        .setResponseMarshaller(Bytes.INSTANCE)
        .build();
  }

  RawCall send(byte[] message) {
    call.sendMessage(message);
    return this;
  }

  /** Takes so many answers. */
  RawCall take(int count) {
    call.request(count);
    return this;
  }

  RawCall finish() {
    call.halfClose();
    return this;
  }

  void cancel() {
    call.cancel("the test is over", null);
  }

  @Override
  public void onMessage(byte[] message) {
    answers.incrementAndGet();
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    end.complete(status);
  }

  boolean ended() {
    return end.isDone();
  }

  /** How it ended. */
  Status end() {
    try {
      return end.get(60, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException cause) {
      throw new AssertionError("the call did not end", cause);
    }
  }

  private enum Bytes implements MethodDescriptor.Marshaller<byte[]> {
    INSTANCE;

    @Override
    public InputStream stream(byte[] bytes) {
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException cause) {
        throw new UncheckedIOException(cause);
      }
    }
  }
}
