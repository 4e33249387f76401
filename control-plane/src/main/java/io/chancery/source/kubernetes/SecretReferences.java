package io.chancery.source.kubernetes;

import io.chancery.crd.Kinds;
import io.chancery.crd.gateway.GatewaySpec;
import io.chancery.model.Ref;
import io.chancery.source.Declared;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which Secrets an object names. Whether it may is decided where references are resolved. */
final class SecretReferences {
  private SecretReferences() {}

  static Set<Ref> of(Declared<?> object) {
    return object.spec() instanceof GatewaySpec gateway
        ? gateway.listeners().stream()
            .flatMap(
                listener -> listener.tls() == null ? Stream.of() : certificates(listener.tls()))
            .filter(secret -> secret.group().isEmpty() && secret.kind().equals(Kinds.SECRET.name()))
            .map(secret -> ref(secret, object.meta().namespace()))
            .collect(Collectors.toUnmodifiableSet())
        : Set.of();
  }

  private static Stream<GatewaySpec.SecretReference> certificates(GatewaySpec.Tls tls) {
    return tls.certificateRefs().stream();
  }

  private static Ref ref(GatewaySpec.SecretReference secret, String namespace) {
    String in = secret.namespace() == null ? namespace : secret.namespace();
    return new Ref(Kinds.SECRET.name(), in, secret.name());
  }
}
