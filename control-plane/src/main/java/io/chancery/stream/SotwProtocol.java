package io.chancery.stream;

import com.google.protobuf.Any;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import java.util.List;
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
      ResourceKind kind,
      String version,
      Map<String, Optional<Resource>> items,
      ClientFeatures features) {
    boolean expires = features.takesTimeToLive(form(kind));
    DiscoveryResponse.Builder response = response(kind, version);
    items.forEach((name, resource) -> {
      if (resource.isPresent()) {
        response.addResources(packed(resource.get(), expires));
      } else if (features.errors()) {
        response.addResourceErrors(Protocol.missing(name));
      }
    });
    return body(response);
  }

  /** Wrapped only where there is more to say of it than its body does. */
  private static Any packed(Resource resource, boolean expires) {
    return expires && resource.timeToLive().isPresent()
        ? Any.pack(Protocol.framed(resource).setResource(Protocol.body(resource)).build())
        : Protocol.body(resource);
  }

  @Override
  public Answer.Body heartbeat(ResourceKind kind, String version, List<Resource> resources) {
    DiscoveryResponse.Builder response = response(kind, version);
    resources.forEach(
        resource -> response.addResources(Any.pack(Protocol.framed(resource).build())));
    return body(response);
  }

  private static DiscoveryResponse.Builder response(ResourceKind kind, String version) {
    return DiscoveryResponse.newBuilder().setTypeUrl(kind.typeUrl()).setVersionInfo(version);
  }

  private static Answer.Body body(DiscoveryResponse.Builder response) {
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
