package io.chancery.source.kubernetes;

import java.util.List;
import java.util.Optional;

/**
 * Which part of a cluster is read.
 *
 * @param namespaces only these; all if empty
 * @param labelSelector only objects of the Gateway API and of the own kinds that match, in the
 *     syntax of {@code kubectl -l}; Services, EndpointSlices, Secrets and Namespaces are read
 *     whatever their labels
 * @param massDelete share of the objects of a kind that may go in one step, in percent, 0 to 100;
 *     more than that has to be seen twice
 */
public record KubernetesScope(
    List<String> namespaces, Optional<String> labelSelector, int massDelete) {
  /** The share of a kind that may go in one step without a second look, in percent. */
  public static final int DEFAULT_MASS_DELETE = 10;

  /** Everything. */
  public static final KubernetesScope ALL =
      new KubernetesScope(List.of(), Optional.empty(), DEFAULT_MASS_DELETE);

  public KubernetesScope {
    namespaces = List.copyOf(namespaces);
  }
}
