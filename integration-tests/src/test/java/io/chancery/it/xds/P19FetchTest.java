package io.chancery.it.xds;

import static io.chancery.it.xds.XdsType.CLUSTERS;
import static io.chancery.it.xds.XdsType.ENDPOINTS;
import static io.chancery.it.xds.XdsType.LISTENERS;
import static io.chancery.it.xds.XdsType.ROUTES;
import static io.chancery.it.xds.XdsType.SECRETS;
import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.it.xds.Rule.Scenario;
import io.grpc.Status;
import java.util.List;

/** There is no REST. */
class P19FetchTest extends ConformanceTest {
  @Override
  Rule rule() {
    return new Rule(
        "P19",
        "The methods for a single request are not served.",
        "REST-JSON polling subscriptions",
        List.of(Scenario.of("isUnimplemented", Variant.PER_TYPE, P19FetchTest::isUnimplemented)));
  }

  private static void isUnimplemented(Scene scene) {
    XdsClient client = scene.connect();
    for (XdsType type : List.of(CLUSTERS, ENDPOINTS, LISTENERS, ROUTES, SECRETS)) {
      assertThat(client.fetch(type).getCode()).as("%s", type).isEqualTo(Status.Code.UNIMPLEMENTED);
    }
  }
}
