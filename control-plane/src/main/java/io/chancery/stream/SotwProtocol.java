package io.chancery.stream;

import com.google.protobuf.Any;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import java.util.Map;
import java.util.Optional;

/**
 * The state-of-the-world form: a request names all that is wanted, and a response of some kinds has
 * all of it.
 */
final class SotwProtocol implements Protocol<DiscoveryRequest> {

  @Override
  public Form form(ResourceKind kind) {
    return kind.complete() ? Form.COMPLETE : Form.PARTIAL;
  }

  @Override
  public Request read(DiscoveryRequest request) {
    return new Request(
        request.getNode(),
        request.getTypeUrl(),
        request.getResponseNonce(),
        Protocol.refusal(request.hasErrorDetail(), request.getErrorDetail()),
        new Request.Subscriptions.All(request.getResourceNamesList(), request.getVersionInfo()));
  }

  @Override
  public Answer.Body write(
      ResourceKind kind, String version, Map<String, Optional<Resource>> items) {
    DiscoveryResponse.Builder response =
        DiscoveryResponse.newBuilder().setTypeUrl(kind.typeUrl()).setVersionInfo(version);
    items.values().stream()
        .flatMap(Optional::stream)
        .forEach(resource ->
            response.addResources(
                Any.newBuilder().setTypeUrl(kind.typeUrl()).setValue(resource.bytes())));
    return new Answer.Body(response.build().toByteString(), response.getResourcesCount(), 0);
  }

  @Override
  public String prefix() {
    return "Stream";
  }

  @Override
  public DiscoveryRequest emptyRequest() {
    return DiscoveryRequest.getDefaultInstance();
  }
}
