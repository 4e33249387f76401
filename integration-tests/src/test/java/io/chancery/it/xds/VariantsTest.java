package io.chancery.it.xds;

import static io.chancery.it.xds.XdsType.CLUSTERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.grpc.Status;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A variant that a server does not claim is not served: so the claim grows with the server. */
class VariantsTest {
  @TestFactory
  Stream<DynamicTest> unclaimedIsUnimplemented() {
    return Servers.ALL.stream()
        .flatMap(server ->
            Variant.ALL.stream()
                .filter(variant -> !server.get().variants().contains(variant))
                .map(variant ->
                    dynamicTest(
                        server.get().name() + " " + variant,
                        () -> isUnimplemented(server, variant))));
  }

  private static void isUnimplemented(Supplier<ServerUnderTest> server, Variant variant) {
    try (Scene scene = new Scene(server, variant, Duration.ofSeconds(10))) {
      Status end = scene.connect().subscribe(CLUSTERS).end(CLUSTERS);
      assertThat(end.getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    }
  }
}
