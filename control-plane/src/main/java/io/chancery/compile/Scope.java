package io.chancery.compile;

import com.google.common.hash.Hashing;
import io.chancery.model.FleetName;
import io.chancery.model.Hostname;
import io.chancery.model.TableForm.Scoped;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Where a virtual host of a table of the form Scoped is.
 *
 * @param key the scope: the host itself, or the wildcard above it
 * @param shard the RouteConfiguration that holds it, which is that of all hosts of the scope
 * @param onDemand whether an Envoy asks for the shard only when a request needs it
 */
record Scope(VirtualHostKey key, FleetName shard, boolean onDemand) {

  /**
   * The shard follows from the name of the scope alone, and another number of shards moves as few
   * scopes as can be. The number is in its name: so what Envoy has stays complete until the scopes
   * have moved.
   */
  @SuppressWarnings("UnstableApiUsage") // Another hash would move hosts once, and harm nothing.
  static Scope of(FleetName table, Hostname scope, Scoped form) {
    int shard =
        Hashing.consistentHash(
            Hashing.farmHashFingerprint64().hashString(scope.value(), StandardCharsets.UTF_8),
            form.shards());
    return new Scope(
        new VirtualHostKey(table, scope),
        new FleetName(table.fleet(), table.name() + "/" + shard + "of" + form.shards()),
        form.onDemand());
  }

  /** All scopes that lead to the shard because of this one. */
  Set<VirtualHostKey> keys() {
    return onDemand ? Set.of(key) : Set.of(key, anchor());
  }

  /** The scope that keeps the shard at hand in an Envoy. */
  private VirtualHostKey anchor() {
    String number = shard.name().substring(key.table().name().length() + 1);
    return new VirtualHostKey(key.table(), new Hostname("#" + number));
  }

  /** Name of the scope in the fleet. */
  FleetName name() {
    return name(key);
  }

  /** Name of the scope with a key. */
  static FleetName name(VirtualHostKey key) {
    return new FleetName(key.table().fleet(), key.table().name() + "/" + key.hostname());
  }
}
