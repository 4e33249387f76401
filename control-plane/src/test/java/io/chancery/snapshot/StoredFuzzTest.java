package io.chancery.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.chancery.xds.ResourceKind;
import java.io.IOException;

/** Any content of a stored snapshot, as if its checksum were right. */
class StoredFuzzTest {
  @FuzzTest(maxDuration = "150s")
  void isReadOrDamaged(byte[] content) {
    try {
      SnapshotFiles.Stored stored = SnapshotFiles.decode("edge", content);
      assertThat(stored.resources())
          .allMatch(resource -> ResourceKind.ALL.contains(resource.kind()))
          .allMatch(resource -> resource.bytes().size() < content.length);
    } catch (IOException damaged) {
      assertThat(damaged).hasMessageNotContaining("\n");
    }
  }
}
