package io.chancery.status.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StatusMergeTest {
  private static final String OURS = "chancery.io/gateway-controller";
  private static final String EARLIER = "2026-01-01T00:00:00Z";
  private static final String NOW = "2026-02-02T00:00:00Z";
  private static final Map<String, Object> EDGE = Map.of("name", "edge");

  private final StatusMerge merge = new StatusMerge(OURS, NOW);

  private static Map<String, Object> condition(String status) {
    return Map.of("type", "Accepted", "status", status, "observedGeneration", 2L);
  }

  private static Map<String, Object> condition(String status, String time) {
    return Map.of(
        "type", "Accepted", "status", status, "observedGeneration", 1, "lastTransitionTime", time);
  }

  private static Map<String, Object> parent(String controller, Map<String, Object> condition) {
    return Map.of(
        "parentRef", EDGE, "controllerName", controller, "conditions", List.of(condition));
  }

  private static String time(Map<String, Object> status) {
    return String.valueOf(copy(list(status, "conditions").getFirst()).get("lastTransitionTime"));
  }

  private static List<?> list(Map<String, Object> status, String field) {
    return (List<?>) Objects.requireNonNull(status.get(field));
  }

  @Test
  void aConditionThatDoesNotTurnKeepsItsTime() {
    Map<String, Object> before = Map.of("conditions", List.of(condition("True", EARLIER)));
    assertThat(time(merge.merge(before, Map.of("conditions", List.of(condition("True"))))))
        .isEqualTo(EARLIER);
    assertThat(time(merge.merge(before, Map.of("conditions", List.of(condition("False"))))))
        .isEqualTo(NOW);
  }

  @Test
  void entriesOfOthersStayAndOurOldOnesGo() {
    Map<String, Object> others = parent("example.com/other", condition("False", EARLIER));
    Map<String, Object> before =
        Map.of("parents", List.of(parent(OURS, condition("True", EARLIER)), others));
    Map<String, Object> merged =
        merge.merge(before, Map.of("parents", List.of(parent(OURS, condition("True")))));
    assertThat(list(merged, "parents")).hasSize(2).first().isEqualTo(others);
    assertThat(time(copy(list(merged, "parents").getLast()))).isEqualTo(EARLIER);
    assertThat(merge.merge(before, Map.of("parents", List.of())))
        .isEqualTo(Map.of("parents", List.of(others)));
  }

  @Test
  void listenersAreMergedByName() {
    Map<String, Object> before =
        Map.of(
            "listeners",
            List.of(Map.of("name", "a", "conditions", List.of(condition("True", EARLIER)))));
    Map<String, Object> merged =
        merge.merge(
            before,
            Map.of(
                "listeners",
                List.of(
                    Map.of("name", "b", "conditions", List.of(condition("True"))),
                    Map.of("name", "a", "conditions", List.of(condition("True"))))));
    List<?> listeners = list(merged, "listeners");
    assertThat(time(copy(listeners.getFirst()))).isEqualTo(NOW);
    assertThat(time(copy(listeners.getLast()))).isEqualTo(EARLIER);
  }

  @Test
  void whatAnObjectSaysAlreadyIsSeen() {
    Map<String, Object> wanted = Map.of("attachedRoutes", 3L, "list", List.of(Map.of("a", "b")));
    Map<String, Object> same = Map.of("attachedRoutes", 3, "list", List.of(Map.of("a", "b")));
    assertThat(StatusMerge.says(same, wanted)).isTrue();
    assertThat(StatusMerge.says(Map.of("attachedRoutes", 4, "list", List.of()), wanted)).isFalse();
    assertThat(StatusMerge.says(Map.of(), wanted)).isFalse();
    assertThat(StatusMerge.says(Map.of(), Map.of("problems", List.of()))).isTrue();
  }

  @SuppressWarnings("unchecked") // Entries have names of fields as keys.
  private static Map<String, Object> copy(Object entry) {
    return (Map<String, Object>) entry;
  }
}
