package io.chancery.model;

import java.util.Comparator;

/** The name of something that is Envoy-visible, within one fleet. */
public record FleetName(String fleet, String name) implements Comparable<FleetName> {
  private static final Comparator<FleetName> ORDER =
      Comparator.comparing(FleetName::fleet).thenComparing(FleetName::name);

  @Override
  public int compareTo(FleetName other) {
    return ORDER.compare(this, other);
  }
}
