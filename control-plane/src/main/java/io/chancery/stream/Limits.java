package io.chancery.stream;

import java.time.Duration;

/**
 * What the xDS server lets all clients together have, so that a fleet that comes back at once is
 * served in an order that helps, and not all of it too slowly; xds.md F3 to F5.
 *
 * @param streamsPerSecond how many new streams are taken, over longer times; the others are told to
 *     come again
 * @param streamsAtOnce how many of them may come at once
 * @param bytesPerSecond how much is sent, over longer times, before nodes that have a configuration
 *     are told to come again; twice as much may go at once
 * @param beginners how many streams may be sent their first configuration at the same time; nodes
 *     without any are first
 * @param connectionAge how long a connection lives, give or take a tenth, so that clients spread
 *     over replicas again; what is not answered then has at most a minute
 * @param firstRequest how long a stream may stay without saying who it is
 * @param regrouping how long a client that comes back is given to ask for all that it has, until
 *     what went meanwhile is taken from it
 */
public record Limits(
    int streamsPerSecond,
    int streamsAtOnce,
    long bytesPerSecond,
    int beginners,
    Duration connectionAge,
    Duration firstRequest,
    Duration regrouping) {

  /** For fleets of thousands on a small machine. */
  public static final Limits DEFAULT =
      new Limits(
          1_000,
          5_000,
          256L << 20,
          64,
          Duration.ofMinutes(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1));

  /** How long what is not answered has after the age of its connection. */
  Duration grace() {
    Duration minute = Duration.ofMinutes(1);
    return connectionAge.compareTo(minute) < 0 ? connectionAge : minute;
  }
}
