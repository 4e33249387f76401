package io.chancery.bootstrap;

import java.util.regex.Pattern;

/**
 * Where a control plane serves xDS.
 *
 * @param host a DNS name, an IPv4 address, or an IPv6 address without brackets
 * @param port 1 to 65535
 */
public record XdsAddress(String host, int port) {
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]+");

  /** Refuses what Envoy could not connect to. */
  public XdsAddress {
    boolean known =
        host.contains(":") ? IPV6.matcher(host).matches() : HOST.matcher(host).matches();
    if (!known) {
      throw new IllegalArgumentException(
          "xDS host \"" + host + "\": expected a DNS name or an IP address");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("xDS port " + port + ": expected 1 to 65535");
    }
  }

  /**
   * Reads {@code host:port} or {@code [IPv6]:port}.
   *
   * @throws IllegalArgumentException naming the text and what was expected
   */
  public static XdsAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (host.isEmpty() || (host.contains(":") && !bracketed)) {
      throw new IllegalArgumentException(
          "xDS address \"" + text + "\": expected HOST:PORT or [IPV6]:PORT");
    }
    return new XdsAddress(
        bracketed ? host.substring(1, host.length() - 1) : host, port(text, colon));
  }

  private static int port(String text, int colon) {
    try {
      return Integer.parseInt(text.substring(colon + 1));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "xDS address \"" + text + "\": expected a port number after the last colon", e);
    }
  }

  /** Whether the host is an address, so that Envoy need not resolve it. */
  boolean isNumeric() {
    return host.contains(":") || IPV4.matcher(host).matches();
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
