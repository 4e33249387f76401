package io.chancery.stream;

import com.google.protobuf.Any;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
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
      ResourceKind kind, String version, Map<String, Optional<Resource>> items) {
    DeltaDiscoveryResponse.Builder response =
        DeltaDiscoveryResponse.newBuilder()
            .setTypeUrl(kind.typeUrl())
            .setSystemVersionInfo(version);
    items.forEach((name, resource) ->
        resource.ifPresentOrElse(
            present -> response.addResources(framed(kind, present)),
            () -> response.addRemovedResources(name)));
    return new Answer.Body(
        response.build().toByteString(),
        response.getResourcesCount(),
        response.getRemovedResourcesCount());
  }

  private static io.envoyproxy.envoy.service.discovery.v3.Resource framed(
      ResourceKind kind, Resource resource) {
    return io.envoyproxy.envoy.service.discovery.v3.Resource.newBuilder()
        .setName(resource.name())
        .setVersion(resource.version().hex())
        .setResource(Any.newBuilder().setTypeUrl(kind.typeUrl()).setValue(resource.bytes()))
        .build();
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
