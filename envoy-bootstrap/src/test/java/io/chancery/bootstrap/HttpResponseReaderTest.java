package io.chancery.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpResponseReaderTest {
  private static final int LIMIT = 10;
  private static final String CHUNKED = "HTTP/1.1 503 x\r\ntransfer-encoding: chunked\r\n\r\n";

  @Test
  void readsABodyOfAGivenLength() throws IOException {
    assertThat(read("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nLIVEmore"))
        .isEqualTo(new AdminResponse(200, "LIVE"));
  }

  @Test
  void readsABodyInChunks() throws IOException {
    assertThat(read(CHUNKED + "4;a=b\r\nLI\r\n\r\n2\r\nVE\r\n0\r\n\r\n"))
        .isEqualTo(new AdminResponse(503, "LI\r\nVE"));
  }

  @Test
  void countsAllChunks() {
    assertThatThrownBy(() -> read(CHUNKED + "4\r\nLIVE\r\nA\r\n0123456789\r\n0\r\n\r\n"))
        .hasMessageContaining("larger than 10 bytes");
  }

  @Test
  void readsABodyThatEndsWithTheConnection() throws IOException {
    assertThat(read("HTTP/1.1 200\r\n\r\nLIVE")).isEqualTo(new AdminResponse(200, "LIVE"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK",
        "HTTP/2 200 OK\r\n\r\n",
        "HTTP/1.1 999 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno header\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nLIV",
        "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n01234567890",
        "HTTP/1.1 200 OK\r\n\r\n01234567890",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n80000000\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n"
      })
  void refusesWhatIsNoAnswer(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class);
  }

  @Test
  void refusesALineOrAHeadWithoutEnd() {
    assertThatThrownBy(() -> read("HTTP/1.1 200 " + "x".repeat(9_000)))
        .hasMessageContaining("longer than");
    StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\r\n");
    for (int i = 0; i <= 100; i++) {
      head.append('x').append(i).append(": y\r\n");
    }
    assertThatThrownBy(() -> read(head + "\r\n")).hasMessageContaining("100");
  }

  private static AdminResponse read(String text) throws IOException {
    return new HttpResponseReader(new ByteArrayInputStream(text.getBytes(UTF_8)), LIMIT).read();
  }
}
