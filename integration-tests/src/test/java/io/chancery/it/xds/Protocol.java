package io.chancery.it.xds;

import com.google.protobuf.Message;
import com.google.rpc.Status;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoUtils;
import java.util.Collection;
import java.util.Optional;

/** Methods and messages of the protocol: what the client does with an {@link Ask}. */
final class Protocol {
  private static final String ADS = "envoy.service.discovery.v3.AggregatedDiscoveryService";

  /** Who a client is unless it says otherwise. */
  static final Node NODE =
      Node.newBuilder().setCluster(ServerUnderTest.FLEET).setId("node-1").build();

  private Protocol() {}

  static MethodDescriptor<DeltaDiscoveryRequest, DeltaDiscoveryResponse> delta(
      Optional<XdsType> type) {
    return method(
        MethodDescriptor.MethodType.BIDI_STREAMING,
        fullName("Delta", type),
        DeltaDiscoveryRequest.getDefaultInstance(),
        DeltaDiscoveryResponse.getDefaultInstance());
  }

  static MethodDescriptor<DiscoveryRequest, DiscoveryResponse> sotw(Optional<XdsType> type) {
    return method(
        MethodDescriptor.MethodType.BIDI_STREAMING,
        fullName("Stream", type),
        DiscoveryRequest.getDefaultInstance(),
        DiscoveryResponse.getDefaultInstance());
  }

  /** The method for one request and one response, which is made for REST. */
  static MethodDescriptor<DiscoveryRequest, DiscoveryResponse> fetch(XdsType type) {
    return method(
        MethodDescriptor.MethodType.UNARY,
        fullName("Fetch", Optional.of(type)),
        DiscoveryRequest.getDefaultInstance(),
        DiscoveryResponse.getDefaultInstance());
  }

  /** Without a type: the aggregated service. */
  private static String fullName(String prefix, Optional<XdsType> type) {
    return MethodDescriptor.generateFullMethodName(
        type.map(XdsType::service).orElse(ADS),
        prefix + type.map(XdsType::method).orElse("AggregatedResources"));
  }

  private static <Q extends Message, R extends Message> MethodDescriptor<Q, R> method(
      MethodDescriptor.MethodType kind, String fullName, Q request, R response) {
    return MethodDescriptor.<Q, R>newBuilder()
        .setType(kind)
        .setFullMethodName(fullName)
        .setRequestMarshaller(ProtoUtils.marshaller(request))
        .setResponseMarshaller(ProtoUtils.marshaller(response))
        .build();
  }

  static DeltaDiscoveryRequest delta(Node node, Ask ask) {
    DeltaDiscoveryRequest.Builder request =
        DeltaDiscoveryRequest.newBuilder()
            .setTypeUrl(ask.typeUrl())
            .setResponseNonce(ask.nonce())
            .addAllResourceNamesSubscribe(ask.subscribe())
            .addAllResourceNamesUnsubscribe(ask.unsubscribe())
            .putAllInitialResourceVersions(ask.held());
    if (ask.node()) {
      request.setNode(node);
    }
    ask.error().ifPresent(text -> request.setErrorDetail(error(text)));
    return request.build();
  }

  /**
   * @param names all names that the client is subscribed to after this request
   */
  static DiscoveryRequest sotw(Node node, Ask ask, Collection<String> names) {
    DiscoveryRequest.Builder request =
        DiscoveryRequest.newBuilder()
            .setTypeUrl(ask.typeUrl())
            .setResponseNonce(ask.nonce())
            .setVersionInfo(ask.version())
            .addAllResourceNames(names);
    if (ask.node()) {
      request.setNode(node);
    }
    ask.error().ifPresent(text -> request.setErrorDetail(error(text)));
    return request.build();
  }

  private static Status error(String text) {
    return Status.newBuilder()
        .setCode(io.grpc.Status.Code.INTERNAL.value())
        .setMessage(text)
        .build();
  }
}
