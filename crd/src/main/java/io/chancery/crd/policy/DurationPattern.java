package io.chancery.crd.policy;

/** The form of a duration, from the Gateway API (GEP-2257). */
public final class DurationPattern {
  /** One to four numbers with a unit: {@code 15s}, {@code 1h30m}, {@code 250ms}. */
  public static final String DURATION = "^([0-9]{1,5}(h|m|s|ms)){1,4}$";

  /** Of the longest text of this form: what a rule over a duration costs is estimated by it. */
  public static final long MAX_LENGTH = 28;

  /** A rule for a duration that must not be nothing. */
  public static final String POSITIVE = "duration(self) > duration('0s')";

  /** What {@link #POSITIVE} says to users. */
  public static final String POSITIVE_MESSAGE = "a duration above 0s is wanted";

  /** A rule for a duration of a second or more. */
  public static final String SECOND = "duration(self) >= duration('1s')";

  /** What {@link #SECOND} says to users. */
  public static final String SECOND_MESSAGE = "at least 1s is wanted";

  private DurationPattern() {}
}
