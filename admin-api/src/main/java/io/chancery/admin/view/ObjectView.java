package io.chancery.admin.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * The status of one object. What is empty is left out of the JSON.
 *
 * @param namespace empty for cluster-scoped kinds
 * @param observedGeneration the generation that this is about
 * @param conditions of the object as a whole; routes have them per parent
 * @param programmed empty if nothing of the object goes to an Envoy
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ObjectView(
    String kind,
    String namespace,
    String name,
    long observedGeneration,
    List<String> fleets,
    List<ConditionView> conditions,
    List<ParentView> parents,
    List<ListenerView> listeners,
    Optional<ProgrammedView> programmed,
    List<ProblemView> problems) {

  /**
   * Of a route, at one of its parents.
   *
   * @param sectionName the listener that the route names; empty for all
   * @param port the port that the route names; empty for all
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record ParentView(
      String kind,
      String namespace,
      String name,
      String sectionName,
      Optional<Integer> port,
      List<ConditionView> conditions) {}

  /** Of one listener of a Gateway. */
  public record ListenerView(
      String name,
      int attachedRoutes,
      List<String> supportedKinds,
      List<ConditionView> conditions) {}
}
