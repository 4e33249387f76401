package io.chancery.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.snakeyaml.engine.v2.nodes.Node;

/** Whatever happens to a good file, reading it ends, and ends in objects and problems. */
class MutationTest {
  private static final byte[] GOOD =
      """
      apiVersion: chancery.io/v1alpha1
      kind: Route
      metadata: {name: orders, namespace: shop, labels: {"a.b/c": 'd'}}
      spec:
        parentRefs: [{name: edge, sectionName: https, port: 443}]
        hostnames: [api.shop.example, "*.shop.example"]
        policy:
          jwt: {providers: [{name: shop-login}], optional: false}
        rules:
        - name: read   # a comment
          matches: [{path: {type: PathPrefix, value: /orders}, method: GET}]
          filters:
          - type: CORS
            cors: {allowOrigins: ["*"], maxAge: 1e3, x: null}
          backendRefs: [{name: orders, port: 8080, weight: 1}]
      --- |
        text
      ---
      {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "tls"}, "data": {"k": "dg=="}}
      """
          .getBytes(StandardCharsets.UTF_8);

  /** A byte to write, and what to do with it. */
  record Edit(int at, int value, int how) {}

  @Property(tries = 2_000)
  void readingEnds(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 0, max = 4_000) Integer> places,
      @ForAll @Size(12) List<@IntRange(min = 0, max = 255) Integer> values,
      @ForAll @IntRange(min = 0, max = 2) int how) {
    byte[] bytes = GOOD.clone();
    for (int i = 0; i < places.size(); i++) {
      bytes = edit(bytes, new Edit(places.get(i) % bytes.length, values.get(i), how));
    }
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

  /** Overwrites, inserts or repeats. */
  private static byte[] edit(byte[] bytes, Edit edit) {
    if (edit.how() == 0) {
      byte[] changed = bytes.clone();
      changed[edit.at()] = (byte) edit.value();
      return changed;
    }
    int length = edit.how() == 1 ? 1 : Math.min(edit.value(), bytes.length - edit.at());
    byte[] changed = new byte[bytes.length + length];
    System.arraycopy(bytes, 0, changed, 0, edit.at());
    System.arraycopy(bytes, edit.at(), changed, edit.at() + length, bytes.length - edit.at());
    if (edit.how() == 1) {
      changed[edit.at()] = (byte) edit.value();
    } else {
      System.arraycopy(bytes, edit.at(), changed, edit.at(), length);
    }
    return changed;
  }
}
