package io.chancery.stream;

import java.time.Duration;

/** What the xDS server counts; xds.md M1. Called on the threads of the streams: must not block. */
public interface XdsMetrics {

  /** Counts nothing. */
  XdsMetrics NONE = new XdsMetrics() {};

  /** A stream said who it is. */
  default void opened(String fleet) {}

  /** A stream for which {@link #opened} was called ended. */
  default void closed(String fleet) {}

  /**
   * A response was sent.
   *
   * @param kind id of the resource kind; {@code unknown} for types that are not registered
   * @param resources how many resources it carries
   * @param removed how many names it removes
   * @param bytes size of the message
   */
  default void pushed(String fleet, String kind, int resources, int removed, int bytes) {}

  /**
   * A response was acknowledged.
   *
   * @param latency from sending it
   */
  default void acked(String fleet, String kind, Duration latency) {}

  /** A response was refused. */
  default void nacked(String fleet, String kind) {}

  /**
   * A client was told to come again.
   *
   * @param reason {@code streams}, {@code bytes} or {@code node}
   */
  default void turnedAway(String reason) {}

  /** Names whose content changed once more before a stream was sent it. */
  default void coalesced(String fleet, String kind, int names) {}

  /** A refused resource has no object that it came from; a bug of ours. */
  default void originsMissing(String fleet, String kind) {}

  /** A stream asked for a type that is not served. */
  default void unknownType() {}

  /** A change waited for an acknowledgement for so long that it was sent without. */
  default void holdExpired(String fleet, String kind) {}
}
