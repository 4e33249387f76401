package io.chancery.it.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections that speak no HTTP/2, bad HTTP/2 or nothing at all, and very many of them. */
class ConnectionAbuseTest {
  private static final int RATE = 1_000;
  private static final long NANOS = 1_000_000_000;

  private Target target;

  @BeforeEach
  void start() throws Exception {
    target = Target.inPlainText();
  }

  @AfterEach
  void stop() {
    target.close();
  }

  @Test
  void bytesThatAreNoHttpEndTheirConnectionOnly() throws Exception {
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      byte[] noise = new byte[1 + random.nextInt(4_096)];
      random.nextBytes(noise);
      speak(noise);
    }
    target.stillServes();
    target.holdsNothing();
    target.saysOnce("CONNECTION", "127.0.0.1", "before it said whose it is");
  }

  @Test
  void framesThatMakeNoSenseEndTheirConnectionOnly() throws Exception {
    Random random = new Random(2);
    for (int i = 0; i < 200; i++) {
      Frames frames = Frames.begin();
      for (int more = random.nextInt(20); more >= 0; more--) {
        byte[] noise = new byte[random.nextInt(200)];
        random.nextBytes(noise);
        frames.frame(random.nextInt(12), random.nextInt(256), random.nextInt(5), noise);
      }
      speak(frames.bytes());
    }
    target.stillServes();
    target.holdsNothing();
    target.saysOnce("CONNECTION", "127.0.0.1");
  }

  /** CVE-2023-44487: streams that are opened and reset at once cost the client nothing. */
  @Test
  void manyResetsEndTheConnection() throws Exception {
    Frames frames = Frames.begin();
    for (int stream = 1; stream < 20_000; stream += 2) {
      frames.open(stream).reset(stream);
    }
    try (Socket socket = target.socket()) {
      write(socket, frames.bytes());
      String said = new String(readAll(socket), java.nio.charset.StandardCharsets.ISO_8859_1);
      assertThat(said).as("the reason in GOAWAY").containsIgnoringCase("RST");
    }
    target.stillServes();
    target.holdsNothing();
  }

  /** Says something, ends the sending side, and reads until the server has closed too. */
  private void speak(byte[] bytes) throws IOException {
    try (Socket socket = target.socket()) {
      write(socket, bytes);
      byte[] _ = readAll(socket);
    }
  }

  /** The server may have closed already. */
  private static void write(Socket socket, byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
    } catch (IOException cause) {
      assertThat(cause).isInstanceOf(java.net.SocketException.class);
    }
  }

  private static byte[] readAll(Socket socket) throws IOException {
    try (InputStream in = socket.getInputStream()) {
      return in.readAllBytes();
    } catch (java.net.SocketException cause) {
      return new byte[0]; // Reset, since it had not read everything.
    }
  }

  /** A second of a flood; or as long as a property says. A connection is as often silent as not. */
  @Test
  void aFloodOfConnectionsKeepsNobodyOut() throws Exception {
    int seconds = Integer.getInteger("chancery.abuse.seconds", 3);
    ArrayDeque<Socket> open = new ArrayDeque<>();
    long begin = System.nanoTime();
    for (int i = 0; i < seconds * RATE; i++) {
      LockSupport.parkNanos(begin + i * (NANOS / RATE) - System.nanoTime());
      Socket socket = target.socket();
      if (i % 2 == 0) {
        open.add(socket);
      } else {
        socket.close();
      }
      if (open.size() > 2_000) {
        open.remove().close();
      }
      if (i % RATE == 0) {
        target.stillServes();
      }
    }
    System.err.printf(
        "%d connections in %d ms%n", seconds * RATE, (System.nanoTime() - begin) / 1_000_000);
    for (Socket socket : open) {
      socket.close();
    }
    target.stillServes();
    target.holdsNothing();
    assertThat(target.log()).as("a line a minute").hasSize(1);
  }

  /** More than may be silent at once: those that wait for longest make room. */
  @Test
  void silentConnectionsMakeRoomForOthers() throws Exception {
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 1_050; i++) {
        silent.add(target.socket());
      }
      for (int i = 0; i < 50; i++) {
        byte[] _ = readAll(silent.get(i)); // It ends, after what the server begins with.
      }
      target.stillServes();
      target.saysOnce("CONNECTION", "127.0.0.1");
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
    target.holdsNothing();
  }
}
