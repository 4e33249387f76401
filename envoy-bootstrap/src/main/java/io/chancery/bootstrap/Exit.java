package io.chancery.bootstrap;

/**
 * How a process ended.
 *
 * @param status its exit status; 128 + number of the signal that ended it
 * @param asked whether we stopped it
 */
public record Exit(int status, boolean asked) {}
