package io.chancery.bootstrap;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A JVM that starts an Envoy, prints its process id, and waits to be killed. */
final class ParentProcess {
  private ParentProcess() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    EnvoyBinary binary = new EnvoyBinary(Path.of(arguments[0]), "", EnvoyBinary.Origin.ENVIRONMENT);
    LocalEnvoySpec spec =
        new LocalEnvoySpec(
            binary,
            Path.of(arguments[1]),
            new NodeIdentity("default", "edge-1"),
            TestEnvoy.NO_SERVER,
            LocalEnvoySpec.Tuning.DEFAULT.withWorkers(1));
    LocalEnvoy envoy = LocalEnvoy.start(spec);
    envoy.admin().awaitAnswer(Duration.ofSeconds(30));
    System.out.println(envoy.pid());
    Thread.currentThread().join();
  }
}
