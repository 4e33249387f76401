package io.chancery.it.xds;

import com.google.protobuf.Message;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** A started server and the clients of one test. Closes all that it opened. */
final class Scene implements AutoCloseable {
  private final Supplier<ServerUnderTest> maker;
  private final Variant variant;
  private final Duration patience;
  private final Deque<Runnable> open = new ArrayDeque<>();
  private final ServerUnderTest server;

  Scene(Supplier<ServerUnderTest> maker, Variant variant, Duration patience) {
    this.maker = maker;
    this.variant = variant;
    this.patience = patience;
    this.server = startServer();
  }

  private ServerUnderTest startServer() {
    ServerUnderTest started = maker.get();
    started.start();
    open.push(started::close);
    return started;
  }

  Variant variant() {
    return variant;
  }

  ServerUnderTest server() {
    return server;
  }

  /** Another process of the same server, with nothing to serve yet. */
  ServerUnderTest replica() {
    return startServer();
  }

  XdsClient connect() {
    return connect(server);
  }

  XdsClient connect(ServerUnderTest to) {
    XdsClient client = new XdsClient(to.port(), variant, patience);
    open.push(client::close);
    return client;
  }

  /** Publishes one resource, and returns it. */
  Message publish(XdsType type, String name, String tag) {
    return publish(type, name, Samples.of(type, name, tag));
  }

  Message publish(XdsType type, String name, Message message) {
    server.set(type, name, message);
    server.commit();
    return message;
  }

  void remove(XdsType type, String name) {
    server.remove(type, name);
    server.commit();
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      open.pop().run();
    }
  }
}
