package io.chancery.crd;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.crd.OwnKinds.OwnKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CrdYamlTest {
  private static final Path CRDS = Path.of("src", "main", "resources", "crds");

  static List<OwnKind> kinds() {
    return OwnKinds.ALL;
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void committedCrdIsWhatTheRecordsSay(OwnKind own) throws IOException {
    new GoldenFile(CRDS.resolve(own.crdName() + ".yaml")).holds(CrdYaml.of(own));
  }

  /**
   * Client-side apply keeps a copy in an annotation, and all of these together take 256 KiB at
   * most.
   */
  @ParameterizedTest
  @MethodSource("kinds")
  void crdIsSmallEnoughForClientSideApply(OwnKind own) {
    assertThat(CrdYaml.of(own).getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(128 * 1024);
  }

  @Test
  void everyOwnKindHasACrd() {
    Stream<ObjectKind<?>> own = Kinds.ALL.stream().filter(kind -> kind.group().equals(Kinds.GROUP));

    assertThat(own.map(ObjectKind::name))
        .containsExactlyElementsOf(OwnKinds.ALL.stream().map(each -> each.kind().name()).toList());
  }
}
