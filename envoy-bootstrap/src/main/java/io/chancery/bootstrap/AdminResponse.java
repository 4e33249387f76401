package io.chancery.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * An answer of Envoy's admin interface.
 *
 * @param status HTTP status
 * @param body as UTF-8 text; Envoy answers text and JSON only
 */
public record AdminResponse(int status, String body) {
  AdminResponse(int status, byte[] body) {
    this(status, new String(body, UTF_8));
  }

  /** Whether the status is 200. */
  public boolean isOk() {
    return status == 200;
  }
}
