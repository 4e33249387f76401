package io.chancery.app.local;

import io.chancery.crd.Kinds;
import io.chancery.crd.Meta;
import io.chancery.crd.core.SecretBody;
import io.chancery.engine.Write;
import io.chancery.model.Ref;
import io.chancery.source.Declared;
import io.chancery.source.ObjectTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The Secrets of development certificates, as objects beside those that a directory declares. */
public final class DevelopmentSecrets {
  private DevelopmentSecrets() {}

  /** Those that {@code run.yaml} of a directory asks for; none without that file. */
  public static List<Write<?, ?>> of(Path directory, Path dataDirectory, ObjectTables tables)
      throws LocalRunException, IOException {
    LocalRun run = Files.isDirectory(directory) ? LocalRunFile.read(directory) : LocalRun.NOTHING;
    if (run.certificates().isEmpty()) {
      return List.of();
    }
    DevelopmentDirectory development = DevelopmentDirectory.in(dataDirectory);
    DevelopmentCertificates issuer =
        DevelopmentCertificates.open(development, InstantSource.system());
    List<Write<?, ?>> writes = new ArrayList<>();
    for (LocalRun.Certificate certificate : run.certificates()) {
      writes.add(write(certificate.secret(), issuer.certificate(certificate), tables));
    }
    return writes;
  }

  /** Those of certificates that have been issued. */
  public static List<Write<?, ?>> of(
      SortedMap<LocalRun.SecretName, KeyPairPem> certificates, ObjectTables tables) {
    List<Write<?, ?>> writes = new ArrayList<>();
    certificates.forEach((name, pair) -> writes.add(write(name, pair, tables)));
    return writes;
  }

  private static Write<?, ?> write(LocalRun.SecretName name, KeyPairPem pair, ObjectTables tables) {
    Map<String, String> data = Map.of("tls.crt", pair.certificate(), "tls.key", pair.key());
    Meta meta = new Meta(name.namespace(), name.name(), Map.of(), Map.of(), 1, null);
    SecretBody body = new SecretBody("kubernetes.io/tls", Map.of(), data);
    Ref ref = new Ref(Kinds.SECRET.name(), name.namespace(), name.name());
    return tables.write(Kinds.SECRET, ref, new Declared<>(meta, body));
  }
}
