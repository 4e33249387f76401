package io.chancery.crd.policy;

/** The form of a duration, from the Gateway API (GEP-2257). */
public final class DurationPattern {
  /** One to four numbers with a unit: {@code 15s}, {@code 1h30m}, {@code 250ms}. */
  public static final String DURATION = "^([0-9]{1,5}(h|m|s|ms)){1,4}$";

  private DurationPattern() {}
}
