package io.chancery.stream;

import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The incremental form: requests and responses say what changes. */
final class DeltaProtocol implements Protocol<DeltaDiscoveryRequest> {

  @Override
  public Form form(ResourceKind kind) {
    return Form.DELTA;
  }

  @Override
  public Request read(DeltaDiscoveryRequest request) {
    return new Request(
        request.getNode(),
        request.getTypeUrl(),
        request.getResponseNonce(),
        Protocol.refusal(request.hasErrorDetail(), request.getErrorDetail()),
        new Request.Subscriptions.Changed(
            request.getResourceNamesSubscribeList(),
            request.getResourceNamesUnsubscribeList(),
            request.getInitialResourceVersionsMap()));
  }

  @Override
  public Answer.Body write(
      ResourceKind kind,
      String version,
      Map<String, Optional<Resource>> items,
      ClientFeatures features) {
    DeltaDiscoveryResponse.Builder response = response(kind, version);
    items.forEach((name, resource) ->
        resource.ifPresentOrElse(
            present -> response.addResources(framed(present, features)),
            () -> {
              response.addRemovedResources(name);
              if (features.errors()) {
                response.addResourceErrors(Protocol.missing(name));
              }
            }));
    return body(response);
  }

  private static io.envoyproxy.envoy.service.discovery.v3.Resource framed(
      Resource resource, ClientFeatures features) {
    var framed = Protocol.framed(resource).setResource(Protocol.body(resource));
    return features.takesTimeToLive(Form.DELTA) ? framed.build() : framed.clearTtl().build();
  }

  @Override
  public Answer.Body heartbeat(ResourceKind kind, String version, List<Resource> resources) {
    DeltaDiscoveryResponse.Builder response = response(kind, version);
    resources.forEach(resource -> response.addResources(Protocol.framed(resource)));
    return body(response);
  }

  private static DeltaDiscoveryResponse.Builder response(ResourceKind kind, String version) {
    return DeltaDiscoveryResponse.newBuilder()
        .setTypeUrl(kind.typeUrl())
        .setSystemVersionInfo(version);
  }

  private static Answer.Body body(DeltaDiscoveryResponse.Builder response) {
    return new Answer.Body(
        response.build().toByteString(),
        response.getResourcesCount(),
        response.getRemovedResourcesCount());
  }

  @Override
  public String prefix() {
    return "Delta";
  }

  @Override
  public DeltaDiscoveryRequest emptyRequest() {
    return DeltaDiscoveryRequest.getDefaultInstance();
  }
}
