package io.chancery.compile;

/**
 * What a fleet said of a table of routes, as the compile thread hears of it.
 *
 * @param accepted the table was accepted as it was after the batch {@code last}
 * @param first the first batch whose changes the fleet does not run; without meaning if accepted
 * @param last the last batch whose changes were in the table
 * @param text Envoy's words, and who said them
 */
public record TableVerdict(boolean accepted, long first, long last, String text) {}
