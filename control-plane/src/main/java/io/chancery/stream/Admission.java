package io.chancery.stream;

import io.grpc.Status;
import java.util.function.LongSupplier;

/**
 * Tells clients to come again when too many of them come, or too much is being sent; xds.md F3. An
 * Envoy that is told so goes on with what it has; therefore those that have nothing are refused
 * last.
 */
final class Admission {
  private final Bucket streams;
  private final Bucket bytes;
  private final XdsMetrics metrics;

  /**
   * @param clock in nanoseconds
   */
  Admission(Limits limits, XdsMetrics metrics, LongSupplier clock) {
    this.streams = new Bucket(limits.streamsPerSecond(), limits.streamsAtOnce(), clock);
    this.bytes = new Bucket(limits.bytesPerSecond(), 2.0 * limits.bytesPerSecond(), clock);
    this.metrics = metrics;
  }

  /**
   * A stream is about to be opened.
   *
   * @throws io.grpc.StatusRuntimeException if there are too many new ones
   */
  void opens() {
    if (!streams.takeOne()) {
      throw refusal("streams", "too many new streams");
    }
  }

  /**
   * A client that has a configuration is about to be compared with the newest.
   *
   * @throws io.grpc.StatusRuntimeException if those that have none need all that can be sent
   */
  void resumes() {
    if (bytes.owes()) {
      throw refusal("bytes", "too much is being sent to nodes that have no configuration");
    }
  }

  private RuntimeException refusal(String reason, String message) {
    metrics.turnedAway(reason);
    return Status.UNAVAILABLE.withDescription(message).asRuntimeException();
  }

  void sent(int size) {
    bytes.owe(size);
  }
}
