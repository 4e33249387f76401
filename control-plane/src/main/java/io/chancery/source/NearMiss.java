package io.chancery.source;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds what somebody may have meant. */
public final class NearMiss {
  /** A longer word is no slip. */
  private static final int MAX_LENGTH = 64;

  private NearMiss() {}

  /** {@code ; did you mean "x"?} if one of the candidates is close to the word, else nothing. */
  public static String hint(String word, Collection<String> candidates) {
    if (word.length() > MAX_LENGTH) {
      return "";
    }
    String lower = word.toLowerCase(Locale.ROOT);
    int near = Math.max(1, word.length() / 3);
    return candidates.stream()
        .filter(candidate -> distance(lower, candidate.toLowerCase(Locale.ROOT)) <= near)
        .min(
            Comparator.comparingInt(
                candidate -> distance(lower, candidate.toLowerCase(Locale.ROOT))))
        .map(candidate -> "; did you mean \"" + candidate + "\"?")
        .orElse("");
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        current[j] = Math.min(previous[j - 1] + change, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
