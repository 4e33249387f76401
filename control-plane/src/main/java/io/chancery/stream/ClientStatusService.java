package io.chancery.stream;

import io.envoyproxy.envoy.service.status.v3.ClientStatusDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.status.v3.ClientStatusRequest;
import io.envoyproxy.envoy.service.status.v3.ClientStatusResponse;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import java.util.function.Function;

/** Envoy's client status discovery service: answers each request of a stream. */
final class ClientStatusService {
  private static final MethodDescriptor<ClientStatusRequest, ClientStatusResponse> METHOD =
      ClientStatusDiscoveryServiceGrpc.getStreamClientStatusMethod();

  private final ClientStatuses statuses;
  private final Function<ServerCall<?, ?>, Optional<PeerIdentity>> identify;

  /**
   * @param identify who calls; throws a {@link StatusRuntimeException} if that is not known
   */
  ClientStatusService(
      ClientStatuses statuses, Function<ServerCall<?, ?>, Optional<PeerIdentity>> identify) {
    this.statuses = statuses;
    this.identify = identify;
  }

  ServerServiceDefinition definition() {
    return ServerServiceDefinition.builder(ClientStatusDiscoveryServiceGrpc.SERVICE_NAME)
        .addMethod(METHOD, (call, _) -> open(call))
        .build();
  }

  private ServerCall.Listener<ClientStatusRequest> open(
      ServerCall<ClientStatusRequest, ClientStatusResponse> call) {
    try {
      Optional<PeerIdentity> peer = identify.apply(call);
      call.sendHeaders(new Metadata());
      call.request(1);
      return new Answering(call, peer);
    } catch (StatusRuntimeException cause) {
      Refusals.close(call, cause.getStatus());
      return new ServerCall.Listener<>() {};
    }
  }

  private final class Answering extends ServerCall.Listener<ClientStatusRequest> {
    private final ServerCall<ClientStatusRequest, ClientStatusResponse> call;
    private final Optional<PeerIdentity> peer;

    Answering(
        ServerCall<ClientStatusRequest, ClientStatusResponse> call, Optional<PeerIdentity> peer) {
      this.call = call;
      this.peer = peer;
    }

    @Override
    public void onMessage(ClientStatusRequest request) {
      try {
        call.sendMessage(statuses.answer(request, peer));
        if (call.isReady()) {
          call.request(1);
        }
      } catch (StatusRuntimeException cause) {
        Refusals.close(call, cause.getStatus());
      }
    }

    /** A client that does not read gets no more answers. */
    @Override
    public void onReady() {
      call.request(1);
    }

    @Override
    public void onHalfClose() {
      Refusals.close(call, Status.OK);
    }
  }
}
