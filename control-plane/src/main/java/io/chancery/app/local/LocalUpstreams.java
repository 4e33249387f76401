package io.chancery.app.local;

import io.chancery.app.local.LocalRun.Upstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Small servers on loopback that stand in for the upstreams of a try. */
public final class LocalUpstreams implements AutoCloseable {
  /** No upstream. */
  static final LocalUpstreams NONE = new LocalUpstreams(List.of());

  private final List<RunningUpstream> running;

  private LocalUpstreams(List<RunningUpstream> running) {
    this.running = running;
  }

  /**
   * Starts all of them, or none.
   *
   * @throws LocalRunException naming the upstream whose port is taken
   */
  public static LocalUpstreams start(List<Upstream> upstreams) throws LocalRunException {
    LocalUpstreams started = new LocalUpstreams(new ArrayList<>());
    try {
      for (Upstream upstream : upstreams) {
        started.running.add(start(upstream));
      }
    } catch (LocalRunException e) {
      started.close();
      throw e;
    }
    return started;
  }

  private static RunningUpstream start(Upstream upstream) throws LocalRunException {
    try {
      return switch (upstream.protocol()) {
        case HTTP -> HttpUpstream.start(upstream);
        case GRPC -> GrpcUpstream.start(upstream);
      };
    } catch (IOException e) {
      throw new LocalRunException(
          "upstream %s: cannot listen on 127.0.0.1:%d: %s"
              .formatted(upstream.name(), upstream.port(), e.getMessage()),
          e);
    }
  }

  /** The ports they listen on, in the order in which they were given. */
  public List<Integer> ports() {
    return running.stream().map(RunningUpstream::port).toList();
  }

  /** Never another address: what stands here is for this machine only. */
  static InetSocketAddress loopback(int port) throws IOException {
    return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
  }

  /** Stops all of them; requests that are being answered are cut off. */
  @Override
  public void close() {
    running.forEach(RunningUpstream::close);
  }
}
