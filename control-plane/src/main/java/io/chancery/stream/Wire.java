package io.chancery.stream;

import com.google.protobuf.Message;
import io.chancery.xds.ResourceKind;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ties a gRPC call to its {@link XdsStream}: brings everything onto one loop, asks for one message
 * at a time, and turns errors into a status. Many publications while the loop is busy are one task.
 */
final class Wire<Q extends Message> extends ServerCall.Listener<Parsed<Q>> {
  private static final Logger LOG = LoggerFactory.getLogger(Wire.class);

  private final ServerCall<Parsed<Q>, Answer> call;
  private final Protocol<Q> protocol;
  private final ScheduledExecutorService loop;
  private final Streams streams;
  private final Optional<PeerIdentity> peer;
  private final long number;
  private final XdsStream stream;
  private final AtomicBoolean awake = new AtomicBoolean();
  private boolean expecting;
  private boolean draining;
  private boolean mayEnd;
  private boolean closed;

  Wire(
      ServerCall<Parsed<Q>, Answer> call,
      Protocol<Q> protocol,
      Optional<ResourceKind> kind,
      Optional<PeerIdentity> peer,
      ScheduledExecutorService loop,
      Streams streams) {
    this.call = call;
    this.protocol = protocol;
    this.loop = loop;
    this.streams = streams;
    this.peer = peer;
    this.number = streams.nextNumber();
    this.stream = streams.stream(this, protocol, kind, peer);
    peer.ifPresent(this::endWithCertificate);
    later(streams.limits().firstRequest(), this::endUnlessIdentified);
  }

  private void endUnlessIdentified() {
    if (!stream.identified()) {
      close(
          Status.DEADLINE_EXCEEDED.withDescription(
              "no request for " + streams.limits().firstRequest().toSeconds() + " s"));
    }
  }

  private void later(Duration in, Runnable task) {
    var _ = loop.schedule(() -> run(task), in.toMillis() + 1, TimeUnit.MILLISECONDS);
  }

  /** An identity does not outlive its certificate. */
  private void endWithCertificate(PeerIdentity peer) {
    long left = Math.max(0, Duration.between(Instant.now(), peer.expires()).toMillis());
    Status expired = Status.UNAUTHENTICATED.withDescription("the client certificate has expired");
    var _ = loop.schedule(() -> run(() -> close(expired)), left, TimeUnit.MILLISECONDS);
  }

  long number() {
    return number;
  }

  /** Who the client is by its certificate; empty in plain text. */
  Optional<PeerIdentity> peer() {
    return peer;
  }

  ScheduledExecutorService loop() {
    return loop;
  }

  @Override
  public void onMessage(Parsed<Q> request) {
    run(() -> {
      stream.receive(protocol.read(request.orRefuse()));
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

  /**
   * Sends nothing more, and closes once everything sent is answered, but not before this time. From
   * any thread.
   */
  void drain(Duration in) {
    run(() -> {
      draining = true;
      later(
          in,
          () -> {
            mayEnd = true;
            closeIfDrained();
          });
    });
  }

  private void closeIfDrained() {
    if (mayEnd && !stream.busy()) {
      close(Status.UNAVAILABLE.withDescription("the control plane is shutting down"));
    }
  }

  /** How long a client that comes back is given to ask for all that it has. */
  Duration regrouping() {
    return streams.limits().regrouping();
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

  void send(Answer answer) {
    call.sendMessage(answer);
  }

  /** Ends the stream if what was sent is not answered in time; xds.md O5. */
  void expectAnswer() {
    if (!expecting) {
      expecting = true;
      look(streams.answerDeadline());
    }
  }

  private void look(Duration in) {
    later(in, this::lookForAnswer);
  }

  private void lookForAnswer() {
    Duration left = streams.answerDeadline().minus(stream.owes());
    if (!stream.busy()) {
      expecting = false;
    } else if (left.isPositive()) {
      look(left);
    } else {
      close(
          Status.UNAVAILABLE.withDescription(
              "no answer to a response for " + streams.answerDeadline().toSeconds() + " s"));
    }
  }

  private void close(Status status) {
    if (!closed) {
      closed = true;
      Refusals.close(call, status);
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
      close(XdsStream.refusal(cause));
    } catch (StatusRuntimeException cause) {
      close(cause.getStatus());
    } catch (RejectedExecutionException cause) {
      LOG.debug("Stream {}: the server has stopped.", number, cause);
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
