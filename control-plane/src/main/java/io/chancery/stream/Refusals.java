package io.chancery.stream;

import com.google.protobuf.Any;
import com.google.protobuf.util.Durations;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ends calls. Who may come again is told when: not all at once, and not before it makes sense;
 * xds.md F2.
 */
final class Refusals {
  private static final int RETRY_MIN_MILLIS = 500;
  private static final int RETRY_MAX_MILLIS = 1_500;

  private Refusals() {}

  /** Ends a call; UNAVAILABLE goes with a {@link RetryInfo}. */
  static void close(ServerCall<?, ?> call, Status status) {
    if (status.getCode() != Status.Code.UNAVAILABLE) {
      call.close(status, new Metadata());
      return;
    }
    int pause = ThreadLocalRandom.current().nextInt(RETRY_MIN_MILLIS, RETRY_MAX_MILLIS);
    RetryInfo retry = RetryInfo.newBuilder().setRetryDelay(Durations.fromMillis(pause)).build();
    StatusRuntimeException detailed =
        StatusProto.toStatusRuntimeException(
            com.google.rpc.Status.newBuilder()
                .setCode(status.getCode().value())
                .setMessage(Objects.requireNonNullElse(status.getDescription(), ""))
                .addDetails(Any.pack(retry))
                .build());
    Metadata trailers = Objects.requireNonNullElseGet(detailed.getTrailers(), Metadata::new);
    call.close(status, trailers);
  }
}
