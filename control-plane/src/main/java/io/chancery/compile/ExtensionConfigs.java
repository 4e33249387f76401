package io.chancery.compile;

import com.google.protobuf.Message;
import io.chancery.model.FleetName;
import io.chancery.model.Ref;
import io.chancery.policy.ChainEntry;
import io.chancery.policy.FilterSlot;
import io.chancery.policy.HttpFilterChain;
import io.chancery.xds.Packing;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Shared configurations of filters, delivered by ECDS: one for each filter of each chain, whether
 * it is used or not.
 */
final class ExtensionConfigs {
  private ExtensionConfigs() {}

  /** Names of the extension configs of a chain. */
  static Set<FleetName> names(FleetName chain) {
    Set<FleetName> names = new TreeSet<>();
    HttpFilterChain.SLOTS.forEach(
        slot -> names.add(new FleetName(chain.fleet(), slot.id().on(chain.name()))));
    return names;
  }

  static Resource compose(FleetName name, RouteTable table, Map<EntryKey, ChainEntry> entries) {
    NavigableMap<String, Message> messages = new TreeMap<>();
    Set<Ref> origins = new TreeSet<>(table.gateways());
    entries.forEach((key, entry) -> {
      messages.put(key.entry(), entry.message());
      origins.add(entry.origin());
    });
    TypedExtensionConfig config =
        TypedExtensionConfig.newBuilder()
            .setName(name.name())
            .setTypedConfig(Packing.any(slot(name).compose().configuration(messages)))
            .build();
    return Resource.of(ResourceKind.EXTENSION_CONFIG, name.name(), config, Set.copyOf(origins));
  }

  private static FilterSlot slot(FleetName name) {
    return HttpFilterChain.SLOTS.stream()
        .filter(slot -> name.name().startsWith(slot.id() + "/"))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no filter has the configuration " + name));
  }
}
