package io.chancery.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.crd.Kinds;
import io.chancery.engine.Write;
import io.chancery.model.Ref;
import io.chancery.source.ObjectTables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.nodes.Node;

/** What a watch did not tell is found, and what is only late is not taken for it. */
class ComparisonTest {
  private static final Ref A = new Ref("Fleet", "", "a");
  private static final Ref B = new Ref("Fleet", "", "b");

  private final KindRows rows = new KindRows(Kinds.FLEET, new ObjectTables());
  private final Comparison comparison = new Comparison();
  private final List<Write<?, ?>> writes = new ArrayList<>();

  private void put(String name, String version, String spec) throws IOException {
    String json =
        """
        {"metadata": {"name": "%s", "resourceVersion": "%s", "managedFields": [{"a": 1}]}, "spec": %s}
        """
            .formatted(name, version, spec);
    rows.put(tree(json), writes);
  }

  private static Node tree(String json) throws IOException {
    return Api.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatIsTheSameIsNoSuspect() throws Exception {
    put("a", "1", "{}");
    comparison.take(Map.of(A, "1"), rows.versions());
    assertThat(comparison.hasSuspects()).isFalse();
  }

  @Test
  void whatStaysDifferentIsCounted() throws Exception {
    put("a", "1", "{}");
    comparison.take(Map.of(A, "2", B, "7"), rows.versions());
    assertThat(comparison.hasSuspects()).isTrue();
    assertThat(comparison.unexplained(rows)).isEqualTo(2);
    assertThat(comparison.hasSuspects()).isFalse();
  }

  @Test
  void whatTheWatchTellsMeanwhileIsExplained() throws Exception {
    put("a", "1", "{}");
    put("b", "1", "{}");
    comparison.take(Map.of(A, "3"), rows.versions());
    put("a", "2", "{}"); // On its way to what was listed.
    rows.leave(Set.of(B));
    assertThat(comparison.unexplained(rows)).isZero();
  }

  @Test
  void aStatusThatWasWrittenChangesNothing() throws Exception {
    put("a", "1", "{\"trustedHops\": 1}");
    assertThat(writes).hasSize(1);
    put("a", "2", "{\"trustedHops\": 1}");
    assertThat(writes).hasSize(1);
    put("a", "3", "{\"trustedHops\": 2}");
    assertThat(writes).hasSize(2);
  }

  @Test
  void whatCannotBeDecodedKeepsItsLastGoodVersion() throws Exception {
    put("a", "1", "{\"trustedHops\": 1}");
    put("a", "2", "{\"trustedHops\": \"many\"}");
    assertThat(writes).hasSize(2).last().extracting(Write::row).asString().contains("trustedHops");
    put("a", "3", "{\"trustedHops\": 1}");
    assertThat(writes).hasSize(3).last().extracting(Write::row).isNull();
  }

  @Test
  void anAnswerThatIsNoJsonIsNoAnswer() {
    for (String text : List.of("", "{", "[1", "nonsense", "{\"a\": }")) {
      assertThatThrownBy(() -> tree(text)).as(text).isInstanceOf(IOException.class);
    }
  }
}
