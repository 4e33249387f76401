package io.chancery.bootstrap;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A Unix socket with one deadline for everything done on it; the JDK's blocking channels have no
 * time-outs.
 */
final class DeadlineSocket implements AutoCloseable {
  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final long deadlineNanos;

  private DeadlineSocket(SocketChannel channel, Selector selector, long deadlineNanos)
      throws IOException {
    this.channel = channel;
    this.selector = selector;
    this.deadlineNanos = deadlineNanos;
    channel.configureBlocking(false);
    this.key = channel.register(selector, 0);
  }

  static DeadlineSocket connect(Path socket, Duration limit) throws IOException {
    long deadlineNanos = System.nanoTime() + limit.toNanos();
    // Connecting to a Unix socket does not wait for the other side.
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    try {
      return new DeadlineSocket(channel, Selector.open(), deadlineNanos);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  void write(byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      if (channel.write(buffer) == 0) {
        await(SelectionKey.OP_WRITE);
      }
    }
  }

  /** What the other side sends, until it closes. */
  InputStream input() {
    return new BufferedInputStream(
        new InputStream() {
          @Override
          public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            return receive(ByteBuffer.wrap(bytes, offset, length));
          }
        });
  }

  private int receive(ByteBuffer buffer) throws IOException {
    int count = channel.read(buffer);
    while (count == 0 && buffer.hasRemaining()) {
      await(SelectionKey.OP_READ);
      count = channel.read(buffer);
    }
    return count;
  }

  private void await(int operation) throws IOException {
    key.interestOps(operation);
    long leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
    if (leftMillis <= 0) {
      throw new SocketTimeoutException("no answer in time");
    }
    selector.select(leftMillis);
    selector.selectedKeys().clear();
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted");
    }
  }

  @Override
  public void close() throws IOException {
    selector.close();
    channel.close();
  }
}
