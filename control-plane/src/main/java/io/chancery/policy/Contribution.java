package io.chancery.policy;

import com.google.protobuf.Message;
import io.chancery.xds.Resource;
import io.envoyproxy.envoy.config.route.v3.Route;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * What one policy adds to one route.
 *
 * @param partialRoute fields of Envoy's Route that the policy sets; no two policies set one field
 * @param perFilter its settings for this route, by filter
 * @param chainEntries what it needs in the shared configuration of filters, by filter and stable
 *     key; equal keys have equal messages
 * @param resources further resources that it needs in the fleet, such as the cluster of a key
 *     server
 */
public record Contribution(
    Optional<Route> partialRoute,
    Map<FilterId, Message> perFilter,
    Map<FilterId, NavigableMap<String, ChainEntry>> chainEntries,
    List<Resource> resources) {

  /** Of a policy that sets fields of the route and nothing else. */
  public static Contribution ofRoute(Route partial) {
    return new Contribution(Optional.of(partial), Map.of(), Map.of(), List.of());
  }
}
