package io.chancery.crd;

import io.chancery.crd.OwnKinds.OwnKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReferenceTest {
  private static final Path REFERENCE = Path.of("..", "docs", "reference");

  static List<OwnKind> kinds() {
    return OwnKinds.ALL;
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void committedPageIsWhatTheRecordsSay(OwnKind own) throws IOException {
    new GoldenFile(REFERENCE.resolve(ReferencePage.fileName(own))).holds(ReferencePage.of(own));
  }

  @Test
  void committedIndexLeadsToEveryPage() throws IOException {
    new GoldenFile(REFERENCE.resolve("README.md")).holds(ReferencePage.index(OwnKinds.ALL));
  }
}
