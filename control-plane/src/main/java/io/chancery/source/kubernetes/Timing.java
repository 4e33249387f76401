package io.chancery.source.kubernetes;

/**
 * How patient a source is, in milliseconds.
 *
 * @param confirm until a second list confirms that many objects are gone; six times that after the
 *     kind itself was gone
 * @param compare from one comparison with the API server to the next
 * @param explain what a comparison finds may be on its way for so long
 */
public record Timing(long confirm, long compare, long explain) {
  /** What is found by a comparison is repaired within five minutes. */
  public static final Timing DEFAULT = new Timing(10_000, 200_000, 10_000);
}
