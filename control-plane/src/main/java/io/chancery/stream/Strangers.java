package io.chancery.stream;

import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Connections that have not said whose they are. There is a bound on them: the one that has kept
 * silent for longest makes room for the next. So who floods the port cannot keep a client out that
 * says at once who it is, and costs a known amount of memory.
 */
final class Strangers {
  private final int limit;
  private final Misuse misuse;
  private final Map<SocketAddress, Channel> waiting = new LinkedHashMap<>();

  Strangers(int limit, Misuse misuse) {
    this.limit = limit;
    this.misuse = misuse;
  }

  /** A socket that listens, and tells of each connection before it is read from. */
  ServerChannel listening() {
    return new NioServerSocketChannel() {
      @Override
      protected int doReadMessages(List<Object> accepted) throws Exception {
        int before = accepted.size();
        int count = super.doReadMessages(accepted);
        accepted.stream().skip(before).map(Channel.class::cast).forEach(Strangers.this::arrived);
        return count;
      }
    };
  }

  private void arrived(Channel channel) {
    SocketAddress from = channel.remoteAddress();
    if (from == null) {
      return; // It is gone already.
    }
    List<Channel> leaving = add(from, channel);
    leaving.forEach(Strangers::close);
    var _ = channel.closeFuture().addListener(_ -> left(from, channel));
  }

  private synchronized List<Channel> add(SocketAddress from, Channel channel) {
    waiting.put(from, channel);
    List<Channel> leaving = new ArrayList<>();
    var oldest = waiting.values().iterator();
    for (int more = waiting.size() - limit; more > 0; more--) {
      leaving.add(oldest.next());
    }
    return leaving;
  }

  /** At once: gRPC would first say goodbye, and wait for an answer. */
  private static void close(Channel channel) {
    if (channel.isRegistered()) {
      channel.eventLoop().execute(() -> channel.unsafe().close(channel.newPromise()));
    } else {
      channel.unsafe().closeForcibly();
    }
  }

  private void left(SocketAddress from, Channel channel) {
    if (remove(from, channel)) {
      misuse.happened("CONNECTION", from, "it ended before it said whose it is");
    }
  }

  private synchronized boolean remove(SocketAddress from, Channel channel) {
    return waiting.remove(from, channel);
  }

  /** It is known whose the connection from this address is. */
  synchronized void identified(@Nullable SocketAddress from) {
    Channel _ = waiting.remove(from);
  }

  /** How many there are; for tests. */
  synchronized int count() {
    return waiting.size();
  }
}
