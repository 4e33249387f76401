package io.chancery.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.bootstrap.Bootstrap;
import io.chancery.bootstrap.NodeIdentity;
import io.chancery.bootstrap.XdsAddress;
import io.chancery.crd.FleetSpec;
import io.chancery.model.Checked;
import io.chancery.model.Problem;
import io.chancery.model.Ref;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuntimesTest {
  private static final Ref EDGE = new Ref("Fleet", "", "edge");

  private static Checked<Map<String, String>> check(Map<String, String> keys) {
    return Runtimes.check(EDGE, new FleetSpec(0, null, keys));
  }

  @Test
  void takesTextOfAnyKind() {
    Map<String, String> keys = Map.of("a.b", "50", "c", "true", "d", "0.5", "é", "text");
    assertThat(check(keys)).isEqualTo(Checked.ok(keys));
    assertThat(Runtimes.check(EDGE, new FleetSpec(0, null, Map.of())))
        .isEqualTo(Checked.ok(Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "envoy.reloadable_features.oauth2_use_gcm_encryption, false, is fixed by the bootstrap",
    "re2.max_program_size.error_level, 1000000, is fixed by the bootstrap",
    "' ', 1, a key has 1 to 253 characters",
    "a, ' ', a value has 1 to 253 characters",
  })
  void refusesWhatHasNoEffectOrIsFixed(String key, String value, String message) {
    assertThat(problems(Map.of(key, value)))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.on()).isEqualTo(EDGE);
          assertThat(problem.path()).startsWith("spec.runtime");
          assertThat(problem.message()).contains(message);
        });
  }

  @Test
  void refusesWhatIsHuge() {
    assertThat(problems(Map.of("a".repeat(254), "1"))).hasSize(1);
    assertThat(problems(Map.of("a", "1".repeat(254)))).hasSize(1);
    Map<String, String> many =
        IntStream.range(0, 257).boxed().collect(Collectors.toMap(i -> "key" + i, String::valueOf));
    assertThat(problems(many)).singleElement().matches(it -> it.message().startsWith("257 keys"));
  }

  /** The list says what the bootstrap does. */
  @Test
  void theFixedKeysAreThoseOfTheBootstrap() {
    Bootstrap bootstrap =
        new Bootstrap(
            new NodeIdentity("edge", "a"),
            List.of(new XdsAddress("127.0.0.1", 1)),
            Path.of("/tmp/admin.sock"));
    assertThat(
            bootstrap.message().getLayeredRuntime().getLayersList().stream()
                .flatMap(layer -> layer.getStaticLayer().getFieldsMap().keySet().stream()))
        .containsExactlyInAnyOrderElementsOf(Runtimes.FIXED);
  }

  private static List<Problem> problems(Map<String, String> keys) {
    return switch (check(keys)) {
      case Checked.Rejected<Map<String, String>>(var problems) -> problems;
      case Checked.Ok<Map<String, String>> _ -> throw new AssertionError("accepted: " + keys);
    };
  }
}
