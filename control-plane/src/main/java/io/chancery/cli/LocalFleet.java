package io.chancery.cli;

import io.chancery.app.ControlPlane;
import io.chancery.bootstrap.EnvoyBinary;
import io.chancery.bootstrap.EnvoyUnavailableException;
import io.chancery.bootstrap.LocalEnvoy;
import io.chancery.bootstrap.LocalEnvoySpec;
import io.chancery.bootstrap.LocalEnvoySpec.Tuning;
import io.chancery.bootstrap.NodeIdentity;
import io.chancery.bootstrap.XdsAddress;
import io.chancery.snapshot.NodeState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Envoys on this machine, as many for each fleet as were asked for. */
final class LocalFleet implements AutoCloseable {
  private static final long READY_NANOS = 60_000_000_000L;
  private static final long LOOK_MILLIS = 10;

  private final List<LocalEnvoy> envoys = new ArrayList<>();

  private LocalFleet() {}

  /** Starts them, and returns when each has accepted all that there is for it. */
  static LocalFleet start(ControlPlane plane, Path dataDir, int count, CountDownLatch stop)
      throws UserException, InterruptedException {
    LocalFleet fleet = new LocalFleet();
    if (count == 0) {
      return fleet;
    }
    try {
      EnvoyBinary binary = EnvoyBinary.find(System.getenv(), dataDir, System.err::println);
      for (String name : fleets(plane)) {
        for (int i = 1; i <= count; i++) {
          fleet.envoys.add(
              LocalEnvoy.start(spec(binary, plane, dataDir, new NodeIdentity(name, "local-" + i))));
        }
      }
      fleet.awaitAll(plane, stop);
      return fleet;
    } catch (EnvoyUnavailableException | IOException cause) {
      fleet.close();
      throw new UserException(String.valueOf(cause.getMessage()));
    } catch (UserException | InterruptedException cause) {
      fleet.close();
      throw cause;
    }
  }

  private static List<String> fleets(ControlPlane plane) {
    List<String> fleets = plane.store().fleets();
    return fleets.isEmpty() ? List.of("default") : fleets;
  }

  private static LocalEnvoySpec spec(
      EnvoyBinary binary, ControlPlane plane, Path dataDir, NodeIdentity node) {
    Path directory =
        dataDir.toAbsolutePath().resolve("envoys").resolve(node.fleet()).resolve(node.id());
    List<XdsAddress> servers = List.of(XdsAddress.parse("127.0.0.1:" + plane.xdsPort()));
    return new LocalEnvoySpec(binary, directory, node, servers, Tuning.DEFAULT);
  }

  private void awaitAll(ControlPlane plane, CountDownLatch stop)
      throws UserException, InterruptedException {
    long start = System.nanoTime();
    while (stop.getCount() > 0) {
      List<NodeState> nodes = plane.nodes().nodes();
      if (nodes.size() >= envoys.size() && nodes.stream().allMatch(plane::isSettled)) {
        return;
      }
      for (LocalEnvoy envoy : envoys) {
        if (!envoy.isAlive()) {
          throw new UserException(
              "Envoy " + envoy.node().id() + " ended at its start; see " + envoy.log());
        }
      }
      if (System.nanoTime() - start > READY_NANOS) {
        throw new UserException(
            "the Envoys did not accept everything within 60 s: " + refusals(nodes));
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private static String refusals(List<NodeState> nodes) {
    List<String> refusals =
        nodes.stream().flatMap(node -> Changes.refusals(node).stream()).toList();
    return refusals.isEmpty() ? nodes.size() + " nodes are connected" : String.join("; ", refusals);
  }

  int size() {
    return envoys.size();
  }

  @Override
  public void close() {
    envoys.parallelStream().forEach(LocalEnvoy::close);
  }
}
