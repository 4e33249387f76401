package io.chancery.bench.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Runs of one measurement.
 *
 * @param runs how many
 */
public record Spread(int runs, double min, double median, double max) {

  /** Of at least one value. */
  public static Spread of(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    sorted.sort(Double::compare);
    int last = sorted.size() - 1;
    double median = (sorted.get(last / 2) + sorted.get((last + 1) / 2)) / 2;
    return new Spread(sorted.size(), sorted.getFirst(), median, sorted.getLast());
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s (%s–%s)", text(median), text(min), text(max));
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.2f" : "%,.0f", value);
  }
}
