package io.chancery.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The generation that could be used serves until a better one comes. */
class LastGoodTrafficTest {

  @Test
  void aBrokenEditLeavesTheLastGoodGenerationServing() {
    try (Upstream orders = new Upstream("orders");
        RunningGateway gateway =
            new RunningGateway(RunningGateway.GATEWAY, orders.asService("orders"))) {
      gateway.write("route.yaml", BadInputs.GOOD);
      gateway.awaitStatus(200, "a.example", "/good");
      for (String broken :
          new String[] {
            "a: [",
            BadInputs.GOOD.replace("value: /good", "value: good"),
            BadInputs.GOOD.replace("port: 80", "port: x")
          }) {
        gateway.write("route.yaml", broken);
        Awaitility.await(broken).until(() -> !gateway.problems().isEmpty());
        gateway.awaitSettled();
        assertThat(gateway.get("a.example", "/good").status()).as(broken).isEqualTo(200);
      }
      gateway.write("route.yaml", BadInputs.GOOD.replace("/good", "/better"));
      gateway.awaitStatus(200, "a.example", "/better");
      assertThat(gateway.get("a.example", "/good").status()).isEqualTo(404);
      assertThat(gateway.problems()).isEmpty();
    }
  }
}
