package io.chancery.bootstrap;

import io.envoyproxy.envoy.config.metrics.v3.StatsConfig;
import io.envoyproxy.envoy.type.matcher.v3.ListStringMatcher;
import java.util.List;

/**
 * Which statistics an Envoy keeps. A list of what is wanted: a new Envoy adds names, and names cost
 * memory.
 */
final class StatsSelection {
  /** Absent on purpose: {@code vhost.}, which holds one set per virtual host and route. */
  private static final List<String> PREFIXES =
      List.of(
          "cluster.",
          "cluster_manager.",
          "control_plane.",
          "extension_config_discovery.",
          "http.",
          "listener.",
          "listener_manager.",
          "main_thread.watchdog_",
          "overload.",
          "runtime.",
          "sds.",
          "server.",
          "tls_inspector.",
          "workers.watchdog_");

  private StatsSelection() {}

  static StatsConfig statsConfig(String fleet) {
    ListStringMatcher.Builder wanted = ListStringMatcher.newBuilder();
    PREFIXES.forEach(prefix -> wanted.addPatternsBuilder().setPrefix(prefix));
    StatsConfig.Builder stats = StatsConfig.newBuilder();
    stats.getStatsMatcherBuilder().setInclusionList(wanted);
    stats.addStatsTagsBuilder().setTagName("chancery.fleet").setFixedValue(fleet);
    return stats.build();
  }
}
