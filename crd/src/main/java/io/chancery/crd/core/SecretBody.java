package io.chancery.crd.core;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes Secret.
 *
 * @param type such as {@code kubernetes.io/tls}
 * @param data values in base64
 * @param stringData values as they are; they win over {@code data}
 */
public record SecretBody(
    @Nullable String type, Map<String, String> data, Map<String, String> stringData) {

  /** Masked: a Secret never shows in a log. */
  @Override
  public String toString() {
    return "SecretBody[type=" + type + ", ***]";
  }
}
