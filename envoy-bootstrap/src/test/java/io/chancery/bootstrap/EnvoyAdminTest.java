package io.chancery.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvoyAdminTest {
  @TempDir Path directory;

  @Test
  void saysWhichSocketNobodyListensOn() {
    Path socket = directory.resolve("admin.sock");
    assertThatThrownBy(() -> new EnvoyAdmin(socket).get("/ready"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(socket.toString())
        .hasMessageContaining("GET /ready");
  }

  @Test
  void givesUpOnAServerThatNeverAnswers() throws IOException {
    Path socket = directory.resolve("admin.sock");
    try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      silent.bind(UnixDomainSocketAddress.of(socket));
      assertThatThrownBy(() -> new EnvoyAdmin(socket, Duration.ofMillis(50)).get("/ready"))
          .hasMessageContaining("no answer in time");
    }
  }

  @Test
  void reportsThatNothingBecameLive() throws InterruptedException {
    assertThat(new EnvoyAdmin(directory.resolve("admin.sock")).awaitLive(Duration.ZERO)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ready", "/a b", "/a\r\nx: y"})
  void refusesPathsThatAreNone(String path) {
    EnvoyAdmin admin = new EnvoyAdmin(directory.resolve("admin.sock"));
    assertThatThrownBy(() -> admin.get(path)).isInstanceOf(IllegalArgumentException.class);
  }
}
