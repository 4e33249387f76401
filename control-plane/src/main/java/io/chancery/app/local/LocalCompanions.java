package io.chancery.app.local;

import io.chancery.app.local.LocalRun.Certificate;
import io.chancery.app.local.LocalRun.Login;
import io.chancery.app.local.LocalRun.Request;
import io.chancery.app.local.LocalRun.SecretName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that a directory needs beside the control plane, running: upstreams, certificates,
 * logins.
 */
public final class LocalCompanions implements AutoCloseable {
  /** File in the development directory: the body of a gRPC request with an empty message. */
  static final String EMPTY_GRPC_MESSAGE = "empty-message.grpc";

  /** Not compressed (one byte), length 0 (four bytes). */
  private static final byte[] EMPTY_GRPC_FRAME = new byte[5];

  private final SortedMap<SecretName, KeyPairPem> certificates = new TreeMap<>();
  private final List<Request> requests = new ArrayList<>();
  private final List<DevelopmentLogin> logins = new ArrayList<>();
  private LocalUpstreams upstreams = LocalUpstreams.NONE;

  private LocalCompanions() {}

  /**
   * Starts all of it, or nothing.
   *
   * @param directory of {@code run.yaml}
   * @param dataDirectory keeps keys and certificates between runs, in {@code dev}
   * @throws LocalRunException for the user: a port is taken, a directory cannot be written, a
   *     placeholder is unknown
   */
  public static LocalCompanions start(LocalRun run, Path directory, Path dataDirectory)
      throws LocalRunException {
    LocalCompanions companions = new LocalCompanions();
    try {
      companions.startAll(
          run, directory.toAbsolutePath().normalize(), DevelopmentDirectory.in(dataDirectory));
    } catch (LocalRunException e) {
      companions.close();
      throw e;
    } catch (IOException e) {
      companions.close();
      throw new LocalRunException(
          "cannot write development files to " + dataDirectory + ": " + e.getMessage(), e);
    }
    return companions;
  }

  private void startAll(LocalRun run, Path directory, DevelopmentDirectory development)
      throws LocalRunException, IOException {
    InstantSource clock = InstantSource.system();
    Map<String, Path> values = new TreeMap<>();
    values.put("dir", directory);
    values.put("dev", development.path());
    development.write(EMPTY_GRPC_MESSAGE, EMPTY_GRPC_FRAME);
    DevelopmentCertificates issuer = DevelopmentCertificates.open(development, clock);
    values.put("ca", issuer.authority());
    for (Certificate certificate : run.certificates()) {
      certificates.put(certificate.secret(), issuer.certificate(certificate));
    }
    for (Login login : run.logins()) {
      DevelopmentLogin started = DevelopmentLogin.start(login, development, clock);
      logins.add(started);
      values.put("token:" + login.name(), started.tokenFile());
    }
    fillIn(run.requests(), new Placeholders(values));
    upstreams = LocalUpstreams.start(run.upstreams());
  }

  private void fillIn(List<Request> templates, Placeholders placeholders) throws LocalRunException {
    List<String> problems = new ArrayList<>();
    for (Request template : templates) {
      placeholders
          .unknown(template.command())
          .forEach(name ->
              problems.add(
                  "request \"" + template.title() + "\": nothing fills in ${" + name + "}"));
      requests.add(new Request(template.title(), placeholders.fill(template.command())));
    }
    if (!problems.isEmpty()) {
      throw new LocalRunException(problems);
    }
  }

  /** What the Secrets of type {@code kubernetes.io/tls} hold. */
  public SortedMap<SecretName, KeyPairPem> certificates() {
    return Collections.unmodifiableSortedMap(certificates);
  }

  /** The requests to try, with everything filled in. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** The ports of the upstreams, in the order in which they were given. */
  public List<Integer> upstreamPorts() {
    return upstreams.ports();
  }

  /** The logins, in the order in which they were given. */
  public List<DevelopmentLogin> logins() {
    return List.copyOf(logins);
  }

  /** Stops all of it; what is kept for the next run stays. */
  @Override
  public void close() {
    upstreams.close();
    logins.forEach(DevelopmentLogin::close);
  }
}
