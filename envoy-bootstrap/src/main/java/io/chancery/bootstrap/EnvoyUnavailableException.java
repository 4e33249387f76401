package io.chancery.bootstrap;

/** No Envoy can be had. The message is one line for a person: what was tried and what to do. */
public final class EnvoyUnavailableException extends Exception {
  EnvoyUnavailableException(String message) {
    super(message);
  }

  EnvoyUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
