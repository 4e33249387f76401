package io.chancery.model;

import java.util.Comparator;
import java.util.Optional;

/**
 * A host name as in the Gateway API: exact, with a leading wildcard label, or any host.
 *
 * @param value lower case; {@code *} for any host, {@code *.example.com} for every host below a
 *     domain
 */
public record Hostname(String value) implements Comparable<Hostname> {
  /** Any host. */
  public static final Hostname ANY = new Hostname("*");

  private static final String WILDCARD = "*.";

  /**
   * Most specific first: exact names, then wildcards from long to short, then any; equals in name
   * order.
   */
  private static final Comparator<Hostname> MOST_SPECIFIC_FIRST =
      Comparator.comparing(Hostname::isExact)
          .thenComparingInt(name -> name.value.length())
          .reversed()
          .thenComparing(Hostname::value);

  /** True without a wildcard. */
  public boolean isExact() {
    return !value.startsWith("*");
  }

  /**
   * True if every host of {@code other} is a host of this. A wildcard stands for one or more
   * labels.
   */
  public boolean covers(Hostname other) {
    if (equals(ANY) || equals(other)) {
      return true;
    }
    return !isExact() && !other.equals(ANY) && other.suffixed().endsWith(value.substring(1));
  }

  /** The hosts that are in both, or empty if there are none. */
  public Optional<Hostname> intersect(Hostname other) {
    if (covers(other)) {
      return Optional.of(other);
    }
    return other.covers(this) ? Optional.of(this) : Optional.empty();
  }

  @Override
  public int compareTo(Hostname other) {
    return MOST_SPECIFIC_FIRST.compare(this, other);
  }

  @Override
  public String toString() {
    return value;
  }

  private String suffixed() {
    return value.startsWith(WILDCARD) ? value.substring(1) : value;
  }
}
