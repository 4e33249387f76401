package io.chancery.app.local;

import java.net.InetAddress;

/** Host names and addresses as text. */
final class HostText {
  private HostText() {}

  /** IPv4 or IPv6, without brackets. */
  static boolean isAddress(String host) {
    return host.contains(":") || host.matches("\\d{1,3}(\\.\\d{1,3}){3}");
  }

  /** One spelling for each address, as the JDK prints those of certificates. */
  static String canonical(String host) {
    return isAddress(host) ? InetAddress.ofLiteral(host).getHostAddress() : host;
  }
}
