package io.chancery.stream;

import io.envoyproxy.envoy.config.core.v3.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request of either form of the protocol.
 *
 * @param typeUrl may be empty on a stream for one kind
 * @param nonce of the response that it answers, or empty
 * @param refusal Envoy's words if it refuses that response
 */
record Request(
    Node node, String typeUrl, String nonce, Optional<String> refusal, Subscriptions wanted) {

  /** What a request says of the subscriptions of its stream. */
  sealed interface Subscriptions {

    /** Whether the client holds something from an earlier stream. */
    boolean resumes();

    /**
     * What changes.
     *
     * @param held in the first request: versions of what the client has from an earlier stream
     */
    record Changed(List<String> subscribe, List<String> unsubscribe, Map<String, String> held)
        implements Subscriptions {
      @Override
      public boolean resumes() {
        return !held.isEmpty();
      }
    }

    /**
     * All of them.
     *
     * @param version of the last state that the client accepted, also on an earlier stream; or
     *     empty
     */
    record All(List<String> names, String version) implements Subscriptions {
      @Override
      public boolean resumes() {
        return !version.isEmpty();
      }
    }
  }
}
