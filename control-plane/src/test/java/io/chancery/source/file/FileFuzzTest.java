package io.chancery.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;

/** Any bytes as a file of a source: objects and problems, or one sentence that says why not. */
class FileFuzzTest {
  @FuzzTest(maxDuration = "150s")
  void endsInObjectsAndProblems(byte[] bytes) {
    try {
      List<Node> documents = YamlReader.parse(bytes);
      Decoder decoder = new Decoder("in.yaml");
      decoder.decode(documents);
      assertThat(decoder.contents().objects())
          .allSatisfy(object ->
              assertThat(object.declared() == null).isEqualTo(!object.problems().isEmpty()));
    } catch (UnreadableException refused) {
      assertThat(refused.line()).isPositive();
      assertThat(refused.text()).isNotBlank().doesNotContain("\n");
    }
  }
}
