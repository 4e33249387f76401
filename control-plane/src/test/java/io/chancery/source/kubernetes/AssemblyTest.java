package io.chancery.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.crd.Kinds;
import io.chancery.crd.Meta;
import io.chancery.crd.gateway.GatewaySpec;
import io.chancery.crd.gateway.GatewaySpec.Listener;
import io.chancery.crd.gateway.GatewaySpec.SecretReference;
import io.chancery.crd.gateway.GatewaySpec.Tls;
import io.chancery.engine.Write;
import io.chancery.model.Ref;
import io.chancery.source.Declared;
import io.chancery.source.ObjectTables;
import io.chancery.source.kubernetes.KindState.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** In which order what the watches tell goes on. */
class AssemblyTest {
  private static final Target GATEWAYS =
      Target.of(Kinds.GATEWAY, Optional.empty(), KubernetesScope.ALL);
  private static final Target SERVICES =
      Target.of(Kinds.SERVICE, Optional.empty(), KubernetesScope.ALL);
  private static final Ref EDGE = new Ref("Gateway", "shop", "edge");
  private static final Ref OLD = new Ref("Secret", "shop", "old");
  private static final Ref NEW = new Ref("Secret", "shop", "new");

  private final ObjectTables tables = new ObjectTables();
  private final List<Ref> followed = new ArrayList<>();
  private final List<String> handed = new ArrayList<>();
  private int batches;
  private final Assembly assembly =
      new Assembly(Set.of(GATEWAYS, SERVICES), tables, new Follower(), this::accept);

  private final class Follower implements Assembly.Secrets {
    @Override
    public Target follow(Ref secret) {
      followed.add(secret);
      return Target.of(Kinds.SECRET, secret);
    }

    @Override
    public List<Write<?, ?>> forget(Ref secret) {
      followed.remove(secret);
      return List.of(new Write<>(tables.of(Kinds.SECRET), secret, null));
    }
  }

  private void accept(List<Write<?, ?>> batch) {
    batches++;
    batch.forEach(write -> handed.add((write.row() == null ? "-" : "+") + write.key()));
  }

  private void gateway(String... secrets) {
    List<SecretReference> references =
        List.of(secrets).stream()
            .map(name -> new SecretReference("", "Secret", null, name))
            .toList();
    Tls tls = new Tls(GatewaySpec.TlsMode.Terminate, references, null, Map.of());
    GatewaySpec spec =
        new GatewaySpec(
            "chancery",
            List.of(new Listener("https", null, 443, "HTTPS", tls, null)),
            List.of(),
            null,
            null,
            null,
            null);
    Meta meta = new Meta("shop", "edge", Map.of(), Map.of(), 1, null);
    assembly.changed(
        GATEWAYS, List.of(tables.write(Kinds.GATEWAY, EDGE, new Declared<>(meta, spec))));
  }

  private void settled(Ref secret, Phase phase) {
    assembly.phase(Target.of(Kinds.SECRET, secret), phase);
  }

  private void started() {
    assembly.phase(SERVICES, Phase.SYNCED);
    assembly.phase(GATEWAYS, Phase.SYNCED);
  }

  @Test
  void nothingGoesOnBeforeEachKindAndEachSecretWasRead() {
    gateway("old");
    assembly.phase(GATEWAYS, Phase.SYNCED);
    assembly.phase(SERVICES, Phase.NOT_INSTALLED);
    assertThat(batches).isZero();
    assertThat(assembly.awaited()).containsExactly(Target.of(Kinds.SECRET, OLD));
    settled(OLD, Phase.SYNCED);
    assertThat(handed).containsExactly("+" + EDGE);
    assertThat(assembly.awaited()).isEmpty();
  }

  @Test
  void aKindThatMayNotBeReadHoldsUpEverythingAndASecretDoesNot() {
    gateway("old");
    assembly.phase(GATEWAYS, Phase.SYNCED);
    settled(OLD, Phase.REFUSED);
    assembly.phase(SERVICES, Phase.REFUSED);
    assertThat(batches).isZero();
    assembly.phase(SERVICES, Phase.SYNCED);
    assertThat(handed).containsExactly("+" + EDGE);
  }

  @Test
  void whatIsServedKeepsItsSecretUntilTheNextOneIsThere() {
    gateway("old");
    settled(OLD, Phase.SYNCED);
    started();
    handed.clear();
    gateway("new");
    assertThat(handed).isEmpty();
    assertThat(followed).containsExactly(OLD, NEW);
    settled(NEW, Phase.SYNCED);
    assertThat(handed).containsExactly("+" + EDGE, "-" + OLD);
    assertThat(followed).containsExactly(NEW);
  }

  @Test
  void aSecretThatIsNamedAgainMeanwhileStays() {
    gateway("old");
    settled(OLD, Phase.SYNCED);
    started();
    handed.clear();
    gateway("new");
    gateway("old");
    assertThat(handed).containsExactly("+" + EDGE, "-" + NEW);
    assertThat(followed).containsExactly(OLD);
  }

  @Test
  void withTheLastThatNamesItASecretGoes() {
    gateway("old", "new");
    settled(OLD, Phase.SYNCED);
    settled(NEW, Phase.SYNCED);
    started();
    handed.clear();
    assembly.changed(GATEWAYS, List.of(tables.write(Kinds.GATEWAY, EDGE, null)));
    assertThat(handed).startsWith("-" + EDGE).contains("-" + OLD, "-" + NEW);
    assertThat(followed).isEmpty();
  }

  @Test
  void nothingComesAfterTheEnd() {
    started();
    assembly.close();
    gateway();
    assertThat(handed).isEmpty();
  }
}
