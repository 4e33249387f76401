package io.chancery.stream;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log what clients do wrong: at most one line a minute for each kind of it, with how
 * often it happened. So it can be seen, and nobody can fill the log.
 */
final class Misuse extends ServerStreamTracer.Factory {
  /** An end of a stream that is no fault of its client. UNKNOWN is a connection that broke. */
  private static final Set<Status.Code> INNOCENT =
      EnumSet.of(
          Status.Code.OK, Status.Code.CANCELLED, Status.Code.UNAVAILABLE, Status.Code.UNKNOWN);

  private static final Logger LOG = LoggerFactory.getLogger(Misuse.class);
  private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int LONGEST = 300;

  /**
   * They write a line and a stack trace for each message, frame or connection that a client gets
   * wrong. Kept here, since a logger that nobody refers to forgets its level.
   */
  private static final List<java.util.logging.Logger> ENDLESS =
      Stream.of(
              "io.grpc.netty.NettyServerStream",
              "io.grpc.netty.NettyServerHandler",
              "io.grpc.netty.NettyServerTransport.connections")
          .map(java.util.logging.Logger::getLogger)
          .toList();

  private final LongSupplier clock;
  private final Map<String, Lines> byKind = new HashMap<>();

  Misuse() {
    this(System::nanoTime);
  }

  /**
   * @param clock in nanoseconds
   */
  Misuse(LongSupplier clock) {
    this.clock = clock;
    ENDLESS.forEach(logger -> logger.setLevel(java.util.logging.Level.SEVERE));
  }

  /** When the last line of a kind was written, and how often it has happened since. */
  private record Lines(long at, long untold) {}

  /**
   * Something happened. From any thread.
   *
   * @param kind of a small, closed set: each is remembered
   * @param from the address of the client; null if it is not known
   * @param what may hold the client's own words
   */
  void happened(String kind, @Nullable Object from, String what) {
    long untold = count(kind);
    if (untold >= 0) {
      LOG.warn(
          "xDS client {}: {} ({} more like it before)",
          from == null ? "unknown" : from,
          printable(kind + ": " + what),
          untold);
    }
  }

  /** How many were not told before this one; negative if this one is not to be told either. */
  private synchronized long count(String kind) {
    long now = clock.getAsLong();
    Lines last = byKind.get(kind);
    if (last != null && now - last.at < PAUSE_NANOS) {
      byKind.put(kind, new Lines(last.at, last.untold + 1));
      return -1;
    }
    byKind.put(kind, new Lines(now, 0));
    return last == null ? 0 : last.untold;
  }

  /** Of one line, whatever a client puts into it. */
  private static String printable(String text) {
    String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    return cut.replaceAll("\\p{Cntrl}", "?");
  }

  /** Sees the end of each stream, also of those that end before a message was read. */
  @Override
  public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
    return new ServerStreamTracer() {
      private volatile Attributes attributes = Attributes.EMPTY;

      @Override
      public void serverCallStarted(ServerCallInfo<?, ?> call) {
        attributes = call.getAttributes();
      }

      @Override
      public void streamClosed(Status status) {
        if (!INNOCENT.contains(status.getCode())) {
          happened(
              status.getCode().toString(),
              attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR),
              method + ", " + Objects.requireNonNullElse(status.getDescription(), "no reason"));
        }
      }
    };
  }
}
