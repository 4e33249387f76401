package io.chancery.crd.gateway;

/**
 * Patterns of host names, from the Gateway API's types {@code Hostname} and {@code
 * PreciseHostname}.
 */
public final class HostnamePattern {
  private static final String LABELS =
      "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";

  /** A host name, or a wildcard label and a host name. */
  public static final String LISTENER = "^(\\*\\.)?" + LABELS + "$";

  /** A host name without wildcard. */
  public static final String PRECISE = "^" + LABELS + "$";

  private HostnamePattern() {}
}
