package io.chancery.admin;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Turns away requests to names that are not this machine's. Without it, a web page could point a
 * name of its own at 127.0.0.1 and read the API through the browser (DNS rebinding).
 */
final class HostGuard {
  private static final Set<String> ALLOWED = Set.of("localhost", "127.0.0.1", "[::1]");

  private HostGuard() {}

  static void check(Context context) {
    String host = Objects.requireNonNullElse(context.header("Host"), "");
    if (!ALLOWED.contains(withoutPort(host).toLowerCase(java.util.Locale.ROOT))) {
      throw new HttpResponseException(
          HttpStatus.MISDIRECTED_REQUEST,
          "Host: '" + host + "' is not served here; expected localhost, 127.0.0.1 or [::1]",
          Map.of());
    }
  }

  private static String withoutPort(String host) {
    return host.replaceFirst(":[0-9]*$", "");
  }
}
