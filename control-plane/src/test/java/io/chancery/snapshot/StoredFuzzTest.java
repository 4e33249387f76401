package io.chancery.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.common.hash.Hashing;
import com.google.common.primitives.Bytes;
import io.chancery.xds.ResourceKind;
import java.io.IOException;

/** Any content of a stored snapshot, with the checksum that belongs to it. */
class StoredFuzzTest {
  @FuzzTest(maxDuration = "150s")
  void isReadOrDamaged(byte[] content) {
    byte[] hash = Hashing.sha256().hashBytes(content).asBytes();
    try {
      SnapshotFiles.Stored stored = SnapshotFiles.decode("edge", Bytes.concat(content, hash));
      assertThat(stored.resources())
          .allMatch(resource -> ResourceKind.ALL.contains(resource.kind()))
          .allMatch(resource -> resource.bytes().size() < content.length);
    } catch (IOException damaged) {
      assertThat(damaged).hasMessageNotContaining("\n");
    }
  }
}
