package io.chancery.compile;

import com.google.protobuf.ByteString;
import io.chancery.model.BackendKey;
import io.chancery.policy.ChainEntry;
import io.chancery.policy.FilterId;
import io.chancery.xds.Resource;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;

/**
 * A route as Envoy's, once for all tables that hold it.
 *
 * @param backends where it sends requests
 * @param entries what its policies need in the shared configuration of filters
 * @param resources further resources that its policies need in the fleet
 */
record CompiledRoute(
    List<Entry> matches,
    NavigableSet<BackendKey> backends,
    NavigableMap<FilterId, NavigableMap<String, ChainEntry>> entries,
    List<Resource> resources) {

  /**
   * One match of one rule: one Route of Envoy.
   *
   * @param route an Envoy Route without {@code typed_per_filter_config}, whose keys depend on the
   *     chain
   * @param perFilter settings by filter, each a serialised {@code Any}
   */
  record Entry(MatchOrder order, ByteString route, NavigableMap<FilterId, ByteString> perFilter) {}
}
