package io.chancery.source.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The lines of a response that goes on for long. Only what was read is asked for: an API server
 * that is faster than the reader waits.
 */
final class WatchStream implements AutoCloseable {
  /** As much as etcd lets one object be, and some. */
  static final int MAX_LINE_BYTES = 8 * 1024 * 1024;

  private final LinkedBlockingQueue<Part> parts = new LinkedBlockingQueue<>();
  private final ArrayDeque<byte[]> lines = new ArrayDeque<>();
  private final ByteArrayOutputStream rest = new ByteArrayOutputStream();
  private @Nullable AsyncBody body;
  private boolean asked;

  private sealed interface Part {
    record Bytes(List<ByteBuffer> buffers) implements Part {}

    record End(Optional<Throwable> cause) implements Part {}
  }

  /** What a read gives. */
  sealed interface Read {
    record Event(Node event) implements Read {}

    /** Nothing came in time; the stream goes on. */
    record Silence() implements Read {}

    /** The API server ended it, as it does now and then. */
    record End() implements Read {}
  }

  /** Takes what arrives; called by the client's threads. */
  void arrived(List<ByteBuffer> buffers) {
    parts.add(new Part.Bytes(buffers));
  }

  void open(AsyncBody opened) {
    body = opened;
    var _ =
        opened
            .done()
            .whenComplete((_, cause) -> parts.add(new Part.End(Optional.ofNullable(cause))));
  }

  /**
   * Waits for the next event.
   *
   * @throws IOException if the connection broke
   */
  Read next(long timeoutMillis) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    while (lines.isEmpty()) {
      ask();
      Part part = parts.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      switch (part) {
        case null -> {
          return new Read.Silence();
        }
        case Part.Bytes(var buffers) -> {
          asked = false;
          for (ByteBuffer buffer : buffers) {
            split(buffer);
          }
        }
        case Part.End(var cause) -> {
          if (cause.isPresent()) {
            throw new IOException("the watch broke: " + cause.get().getMessage(), cause.get());
          }
          return new Read.End();
        }
      }
    }
    return new Read.Event(Api.parse(lines.remove()));
  }

  private void ask() {
    if (!asked && body != null) {
      asked = true;
      body.consume();
    }
  }

  private void split(ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      byte next = buffer.get();
      if (next != '\n') {
        rest.write(next);
      } else if (rest.size() > 0) {
        lines.add(rest.toByteArray());
        rest.reset();
      }
    }
    if (rest.size() > MAX_LINE_BYTES) {
      throw new IOException("an event of more than " + MAX_LINE_BYTES + " bytes");
    }
  }

  @Override
  public void close() {
    if (body != null) {
      body.cancel();
    }
  }
}
