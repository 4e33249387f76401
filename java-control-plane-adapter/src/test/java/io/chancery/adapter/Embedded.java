package io.chancery.adapter;

import io.chancery.compile.Compilation;
import io.chancery.engine.Write;
import io.chancery.snapshot.SnapshotStore;
import io.chancery.source.file.FileObjects;
import io.envoyproxy.controlplane.server.V3DiscoveryServer;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server of java-control-plane on the objects of a directory, as a team would embed it. */
final class Embedded implements AutoCloseable {

  private final Path directory;
  private final Compilation compilation = new Compilation();
  private final FileObjects objects;
  private final SnapshotStore store = new SnapshotStore();
  private final Server server;
  final SnapshotWatcher watcher = new SnapshotWatcher(store);

  Embedded(Path directory, int gatewayPort) throws IOException {
    this.directory = directory;
    this.objects = new FileObjects(List.of(directory), compilation.objects());
    write(
        "edge",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {name: chancery}
        spec: {controllerName: chancery.io/gateway-controller}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: edge, namespace: shop}
        spec:
          gatewayClassName: chancery
          addresses: [{value: 127.0.0.1}]
          listeners:
          - {name: http, port: ${port}, protocol: HTTP}
        """
            .replace("${port}", "" + gatewayPort));
    V3DiscoveryServer services = new V3DiscoveryServer(watcher);
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(services.getAggregatedDiscoveryServiceImpl())
            .build()
            .start();
  }

  private void write(String name, String yaml) throws IOException {
    Path _ = Files.writeString(directory.resolve(name + ".yaml"), yaml);
  }

  /** A service with a route and one endpoint. */
  void service(String name, int port) throws IOException {
    write(
        name,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: ${name}, namespace: shop}
        spec:
          parentRefs: [{name: edge}]
          hostnames: [${name}.shop.example]
          rules:
          - backendRefs: [{name: ${name}, port: 8080}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: ${name}, namespace: shop}
        spec: {ports: [{port: 8080}]}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: ${name}-1, namespace: shop, labels: {kubernetes.io/service-name: ${name}}}
        addressType: IPv4
        endpoints: [{addresses: [127.0.0.1]}]
        ports: [{port: ${port}}]
        """
            .replace("${name}", name)
            .replace("${port}", "" + port));
  }

  void noService(String name) throws IOException {
    Files.delete(directory.resolve(name + ".yaml"));
  }

  /** Compiles what the directory holds now. */
  void publish() {
    List<Write<?, ?>> writes = new ArrayList<>(objects.refresh());
    writes.addAll(objects.refresh()); // A file has gone when two looks do not see it.
    long _ = store.publish(compilation.apply(writes).changes());
  }

  int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    watcher.close();
    server.shutdownNow();
    try {
      boolean _ = server.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
    }
  }
}
