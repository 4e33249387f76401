package io.chancery.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.Message;
import io.chancery.snapshot.Snapshot;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * Any bytes as requests of a stream: each is taken, or refused with a reason. The first byte of an
 * input is its length of messages, and chooses the form of the protocol.
 */
class RequestFuzzTest {
  @FuzzTest(maxDuration = "150s")
  void isTakenOrRefused(byte[] bytes) {
    if (bytes.length > 1) {
      Protocol<?> protocol = bytes[0] % 2 == 0 ? new DeltaProtocol() : new SotwProtocol();
      int size = 1 + Byte.toUnsignedInt(bytes[0]);
      Types types = new Types(protocol, new SharedNames());
      for (int at = 1; at < bytes.length; at += size) {
        take(protocol, types, Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
      }
    }
  }

  private static <Q extends Message> void take(Protocol<Q> protocol, Types types, byte[] bytes) {
    try {
      Request request =
          protocol.read(
              Parsed.marshaller(protocol.emptyRequest())
                  .parse(new ByteArrayInputStream(bytes))
                  .orRefuse());
      TypeState type = types.of(request.typeUrl());
      if (!type.isStale(request.nonce())) {
        assertThat(type.answered(request.nonce())).isEqualTo(Optional.empty());
        type.subscribe(request.wanted(), Snapshot.empty("edge"));
        types.requireBounded();
        assertThat(type.opened()).isTrue();
        assertThat(types.inOrder()).isSortedAccordingTo(Comparator.comparing(TypeState::kind));
      }
      NodeIdentity node = NodeIdentity.of(request.node());
      assertThat(node.fleet()).isNotEmpty();
    } catch (IllegalArgumentException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }
}
