package io.chancery.model;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A Gateway that is ours.
 *
 * @param created {@link Instant#MAX} where the source does not know it
 * @param addresses that the listeners bind to; at least one
 * @param trustedHops trusted proxies in front of the fleet
 * @param tables how the fleet has its routes laid out
 * @param listeners in declared order, those that cannot be used among them
 * @param problems of the Gateway as a whole
 */
public record Gateway(
    Ref ref,
    String fleet,
    Instant created,
    List<String> addresses,
    int trustedHops,
    TableForm tables,
    List<Listener> listeners,
    List<Problem> problems) {

  /**
   * One entrance.
   *
   * @param protocol null-free: {@link Protocol#UNSUPPORTED} for what cannot be served
   * @param certificates Secrets, for HTTPS
   * @param kinds kinds of routes that may attach
   * @param problems that keep the listener from being used
   */
  public record Listener(
      String name,
      Hostname hostname,
      int port,
      Protocol protocol,
      List<CertificateUse> certificates,
      Set<String> kinds,
      Namespaces namespaces,
      List<Problem> problems) {}

  /** A certificate reference and where it stands in the Gateway. */
  public record CertificateUse(Ref secret, String path) {}

  /** What a listener speaks. */
  public enum Protocol {
    HTTP,
    HTTPS,
    UNSUPPORTED
  }

  /** Namespaces from which routes may attach. */
  public sealed interface Namespaces {

    /** Every namespace. */
    record All() implements Namespaces {}

    /** The Gateway's own. */
    record Same() implements Namespaces {}

    /** None at all. */
    record Nobody() implements Namespaces {}

    /** Those whose labels fulfil every condition. */
    record Labelled(List<LabelCondition> conditions) implements Namespaces {}
  }

  /**
   * A condition on a label.
   *
   * @param values for {@code IN} and {@code NOT_IN}
   */
  public record LabelCondition(String key, LabelTest test, Set<String> values) {}

  /** How a label is tested. */
  public enum LabelTest {
    IN,
    NOT_IN,
    EXISTS,
    ABSENT
  }
}
