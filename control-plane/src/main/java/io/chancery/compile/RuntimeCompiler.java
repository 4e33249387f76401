package io.chancery.compile;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.chancery.crd.Kinds;
import io.chancery.model.FleetName;
import io.chancery.model.Gateway;
import io.chancery.model.Ref;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import io.envoyproxy.envoy.service.runtime.v3.Runtime;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The runtime layer of a fleet. It is there even if it is empty: an Envoy whose bootstrap names a
 * layer waits for it before it starts; xds.md T3.
 */
final class RuntimeCompiler {
  /** As the bootstrap names it. */
  static final String LAYER = "fleet";

  private RuntimeCompiler() {}

  static Set<FleetName> layers(Gateway gateway) {
    return Set.of(new FleetName(gateway.fleet(), LAYER));
  }

  static Resource layer(FleetName name, Map<String, String> keys) {
    Struct.Builder layer = Struct.newBuilder();
    new TreeMap<>(keys)
        .forEach(
            (key, value) -> layer.putFields(key, Value.newBuilder().setStringValue(value).build()));
    Runtime message = Runtime.newBuilder().setName(LAYER).setLayer(layer).build();
    Set<Ref> origins =
        keys.isEmpty() ? Set.of() : Set.of(new Ref(Kinds.FLEET.name(), "", name.fleet()));
    return Resource.of(ResourceKind.RUNTIME, LAYER, message, origins);
  }
}
