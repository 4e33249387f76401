package io.chancery.bootstrap;

import java.nio.file.Path;
import java.util.List;
import org.opentest4j.TestAbortedException;

/** The Envoy that the tests run; a test without one is skipped, and says why. */
final class TestEnvoy {
  private static final Path DATA_DIRECTORY =
      Path.of("..", ".chancery").toAbsolutePath().normalize();

  /** Nobody listens on the discard port: an Envoy of these tests has no control plane. */
  static final List<XdsAddress> NO_SERVER = List.of(new XdsAddress("127.0.0.1", 9));

  private TestEnvoy() {}

  static EnvoyBinary binary() {
    try {
      return EnvoyBinary.find(System.getenv(), DATA_DIRECTORY, System.err::println);
    } catch (EnvoyUnavailableException e) {
      throw new TestAbortedException("needs an Envoy: " + e.getMessage(), e);
    }
  }

  static LocalEnvoySpec spec(Path directory, String id) {
    NodeIdentity node = new NodeIdentity("default", id);
    LocalEnvoySpec.Tuning tuning = LocalEnvoySpec.Tuning.DEFAULT.withWorkers(1);
    return new LocalEnvoySpec(binary(), directory, node, NO_SERVER, tuning);
  }
}
