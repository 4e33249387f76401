package io.chancery.it.xds;

import java.util.EnumSet;
import java.util.Set;

/**
 * One of the four forms that the protocol has: "xDS transport protocol", "Four Variants of the xDS
 * Transport Protocol".
 */
enum Variant {
  DELTA_ADS,
  DELTA_PER_TYPE,
  SOTW_ADS,
  SOTW_PER_TYPE;

  static final Set<Variant> ALL = EnumSet.allOf(Variant.class);
  static final Set<Variant> DELTA = EnumSet.of(DELTA_ADS, DELTA_PER_TYPE);
  static final Set<Variant> SOTW = EnumSet.of(SOTW_ADS, SOTW_PER_TYPE);
  static final Set<Variant> ADS = EnumSet.of(DELTA_ADS, SOTW_ADS);
  static final Set<Variant> PER_TYPE = EnumSet.of(DELTA_PER_TYPE, SOTW_PER_TYPE);

  /** Whether only changes are sent; otherwise the state of the world is. */
  boolean delta() {
    return DELTA.contains(this);
  }

  /** Whether one stream carries all types; otherwise each type has a service of its own. */
  boolean aggregated() {
    return ADS.contains(this);
  }

  /** As it stands in the id of a test. */
  @Override
  public String toString() {
    return (delta() ? "DELTA" : "SOTW") + "/" + (aggregated() ? "ADS" : "PER_TYPE");
  }
}
