package io.chancery.crd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A committed file that a test can make anew: with {@code -Dchancery.golden=record} it is written,
 * otherwise it is compared.
 */
record GoldenFile(Path path) {
  private static final boolean RECORD = "record".equals(System.getProperty("chancery.golden"));

  /** Demands that the file has this text, or gives it this text. */
  void holds(String text) throws IOException {
    if (RECORD) {
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
    }
    assertThat(path).exists();
    assertThat(Files.readString(path))
        .as("%s is stale: run the test with -Dchancery.golden=record", path)
        .isEqualTo(text);
  }
}
