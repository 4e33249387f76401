package io.chancery.model;

import java.util.Comparator;

/**
 * Where a fleet listens.
 *
 * @param address an IP address; {@code 0.0.0.0} for all
 */
public record PortKey(String fleet, String address, int port) implements Comparable<PortKey> {
  private static final Comparator<PortKey> ORDER =
      Comparator.comparing(PortKey::fleet)
          .thenComparing(PortKey::address)
          .thenComparingInt(PortKey::port);

  @Override
  public int compareTo(PortKey other) {
    return ORDER.compare(this, other);
  }
}
