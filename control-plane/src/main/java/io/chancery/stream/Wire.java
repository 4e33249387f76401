package io.chancery.stream;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ties a gRPC call to its {@link DeltaStream}: brings everything onto one loop, asks for one
 * message at a time, and turns errors into a status. Many publications while the loop is busy are
 * one task.
 */
final class Wire extends ServerCall.Listener<DeltaDiscoveryRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(Wire.class);

  private final ServerCall<DeltaDiscoveryRequest, DeltaDiscoveryResponse> call;
  private final ScheduledExecutorService loop;
  private final Streams streams;
  private final long number;
  private final DeltaStream stream;
  private final AtomicBoolean awake = new AtomicBoolean();
  private boolean draining;
  private boolean closed;

  Wire(
      ServerCall<DeltaDiscoveryRequest, DeltaDiscoveryResponse> call,
      ScheduledExecutorService loop,
      Streams streams) {
    this.call = call;
    this.loop = loop;
    this.streams = streams;
    this.number = streams.nextNumber();
    this.stream = streams.stream(this);
  }

  long number() {
    return number;
  }

  ScheduledExecutorService loop() {
    return loop;
  }

  @Override
  public void onMessage(DeltaDiscoveryRequest request) {
    run(() -> {
      stream.receive(request);
      call.request(1);
      closeIfDrained();
    });
  }

  @Override
  public void onReady() {
    wake();
  }

  @Override
  public void onHalfClose() {
    run(() -> close(Status.OK));
  }

  @Override
  public void onCancel() {
    onComplete();
  }

  @Override
  public void onComplete() {
    post(() -> {
      closed = true;
      streams.left(this);
      stream.closed();
    });
  }

  /** There may be something to send. From any thread; costs nothing if it is posted already. */
  void wake() {
    if (awake.compareAndSet(false, true)) {
      run(() -> {
        awake.set(false);
        stream.send();
      });
    }
  }

  /** Sends nothing more, and closes once everything sent is answered. From any thread. */
  void drain() {
    run(() -> {
      draining = true;
      closeIfDrained();
    });
  }

  private void closeIfDrained() {
    if (draining && !stream.busy()) {
      close(Status.UNAVAILABLE.withDescription("the control plane is shutting down"));
    }
  }

  boolean draining() {
    return draining;
  }

  /** The stream said which fleet it belongs to. */
  void joined(String fleet) {
    streams.joined(this, fleet);
  }

  boolean isReady() {
    return !closed && call.isReady();
  }

  void send(DeltaDiscoveryResponse response) {
    call.sendMessage(response);
  }

  private void close(Status status) {
    if (!closed) {
      closed = true;
      call.close(status, new Metadata());
    }
  }

  private void run(Runnable task) {
    post(() -> {
      if (!closed) {
        guarded(task);
      }
    });
  }

  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (IllegalArgumentException cause) {
      close(DeltaStream.refusal(cause));
    } catch (RuntimeException cause) {
      LOG.error("Stream {} failed; closing it.", number, cause);
      close(Status.INTERNAL.withDescription("the control plane failed; see its log"));
    }
  }

  private void post(Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException cause) {
      LOG.debug("Stream {}: the server has stopped.", number, cause);
    }
  }
}
