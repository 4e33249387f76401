package io.chancery.model;

/**
 * One status condition, as in the Gateway API.
 *
 * @param type {@code Accepted}, {@code ResolvedRefs}, {@code Programmed} …
 * @param status whether it holds
 * @param reason PascalCase, from the specification where it has one
 * @param message for people; empty if there is nothing to add
 */
public record Condition(String type, Status status, String reason, String message) {

  /** Whether a condition holds; printed as in Kubernetes. */
  public enum Status {
    TRUE("True"),
    FALSE("False"),
    UNKNOWN("Unknown");

    private final String text;

    Status(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  public static Condition holds(String type, String reason) {
    return new Condition(type, Status.TRUE, reason, "");
  }

  public static Condition fails(String type, String reason, String message) {
    return new Condition(type, Status.FALSE, reason, message);
  }
}
