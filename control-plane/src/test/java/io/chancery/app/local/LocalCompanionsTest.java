package io.chancery.app.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.app.local.LocalRun.Certificate;
import io.chancery.app.local.LocalRun.Login;
import io.chancery.app.local.LocalRun.Protocol;
import io.chancery.app.local.LocalRun.Request;
import io.chancery.app.local.LocalRun.SecretName;
import io.chancery.app.local.LocalRun.Upstream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCompanionsTest {
  private static final SecretName SECRET = new SecretName("shop", "shop-tls");

  @TempDir Path temporary;

  @Test
  void startsEverythingAndFillsInTheRequests() throws Exception {
    Path data = temporary.resolve("it's data");
    LocalRun run =
        run(
            "curl --cacert ${ca} -H \"x: $(cat ${token:shop-login})\" --data-binary @${dev}/empty-message.grpc ${dir} ${HOME}");
    try (LocalCompanions companions = LocalCompanions.start(run, temporary, data)) {
      String dev = "'" + data.toString().replace("'", "'\\''") + "/dev";
      assertThat(companions.requests())
          .containsExactly(
              new Request(
                  "try",
                  "curl --cacert %s/ca.crt' -H \"x: $(cat %s/shop-login.token')\" --data-binary @%s'/empty-message.grpc %s ${HOME}"
                      .formatted(dev, dev, dev, temporary)));
      assertThat(companions.certificates()).containsOnlyKeys(SECRET);
      assertThat(companions.upstreamPorts()).singleElement().isNotEqualTo(0);
      assertThat(companions.logins())
          .singleElement()
          .extracting(DevelopmentLogin::tokenFile)
          .asString()
          .contains("dev");
      assertThat(data.resolve("dev/empty-message.grpc")).hasBinaryContent(new byte[5]);
    }
  }

  @Test
  void namesAPlaceholderThatNothingFillsIn() {
    LocalRun run = run("curl ${token:nobody}");
    assertThatThrownBy(() -> LocalCompanions.start(run, temporary, temporary))
        .isInstanceOf(LocalRunException.class)
        .hasMessageContaining("request \"try\": nothing fills in ${token:nobody}");
  }

  @Test
  void startsForADirectoryThatNeedsNothing() throws Exception {
    try (LocalCompanions companions =
        LocalCompanions.start(LocalRun.NOTHING, temporary, temporary)) {
      assertThat(companions.requests()).isEmpty();
      assertThat(companions.certificates()).isEmpty();
    }
  }

  private static LocalRun run(String command) {
    return new LocalRun(
        List.of(new Upstream("orders", 0, Protocol.HTTP, Optional.empty())),
        List.of(new Certificate(SECRET, List.of("api.shop.example"))),
        List.of(new Login("shop-login", 0, "https://login.shop.example", "shop", "ada", Map.of())),
        List.of(new Request("try", command)));
  }
}
