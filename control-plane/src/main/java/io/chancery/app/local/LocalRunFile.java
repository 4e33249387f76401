package io.chancery.app.local;

import io.chancery.app.local.LocalRun.Certificate;
import io.chancery.app.local.LocalRun.Login;
import io.chancery.app.local.LocalRun.Protocol;
import io.chancery.app.local.LocalRun.Request;
import io.chancery.app.local.LocalRun.SecretName;
import io.chancery.app.local.LocalRun.Upstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code run.yaml} of a directory: one document of kind {@link LocalRun}. */
public final class LocalRunFile {
  /** The file in a directory of objects. */
  public static final String NAME = "run.yaml";

  private static final int MAX_CHARACTERS = 256 << 10;
  private static final int MAX_PORT = 65_535;

  /** Becomes part of file names. */
  private static final String NAME_PATTERN = "[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?";

  private static final String HOST_PATTERN =
      "(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9a-fA-F:]*:[0-9a-fA-F:.]*";
  private static final Set<String> CLAIMS_WITH_A_FIELD =
      Set.of("iss", "aud", "sub", "exp", "iat", "nbf");

  private LocalRunFile() {}

  /**
   * Reads the file of a directory.
   *
   * @param directory of objects
   * @return {@link LocalRun#NOTHING} if there is no such file
   * @throws LocalRunException with a line {@code file:line: field: reason} for everything that is
   *     wrong
   */
  public static LocalRun read(Path directory) throws LocalRunException {
    Path file = directory.resolve(NAME);
    if (!Files.exists(file)) {
      return LocalRun.NOTHING;
    }
    YamlProblems problems = new YamlProblems(file);
    LocalRun run = parse(file, problems);
    problems.throwIfAny();
    return run;
  }

  private static LocalRun parse(Path file, YamlProblems problems) throws LocalRunException {
    try {
      // Compose, not load: nodes know their line, and nothing is constructed from tags.
      LoadSettings settings =
          LoadSettings.builder()
              .setCodePointLimit(MAX_CHARACTERS)
              .setMaxAliasesForCollections(0)
              .build();
      Optional<Node> root = new Compose(settings).composeString(Files.readString(file));
      return root.map(node -> document(YamlMap.of(node, "", problems))).orElse(LocalRun.NOTHING);
    } catch (IOException e) {
      throw new LocalRunException(file + ": cannot be read: " + e.getMessage(), e);
    } catch (YamlEngineException e) {
      throw new LocalRunException(
          file + ": is not YAML: " + String.valueOf(e.getMessage()).strip(), e);
    }
  }

  private static LocalRun document(YamlMap document) {
    document.text("apiVersion", LocalRun.API_VERSION::equals, LocalRun.API_VERSION);
    document.text("kind", LocalRun.KIND::equals, LocalRun.KIND);
    LocalRun run = document.map("spec").map(LocalRunFile::spec).orElse(LocalRun.NOTHING);
    document.finish();
    return run;
  }

  private static LocalRun spec(YamlMap spec) {
    LocalRun run =
        new LocalRun(
            spec.list("upstreams", LocalRunFile::upstream),
            spec.list("certificates", LocalRunFile::certificate),
            spec.list("logins", LocalRunFile::login),
            spec.list("requests", LocalRunFile::request));
    refuseTwice(
        spec,
        "upstreams",
        run.upstreams().stream().map(u -> u.name() + u.version().orElse("")).toList());
    refuseTwice(spec, "logins", run.logins().stream().map(Login::name).toList());
    refuseTwice(
        spec, "certificates", run.certificates().stream().map(c -> c.secret().toString()).toList());
    spec.finish();
    return run;
  }

  private static void refuseTwice(YamlMap spec, String field, List<String> names) {
    Set<String> seen = new HashSet<>();
    names.stream()
        .filter(name -> !seen.add(name))
        .forEach(name -> spec.problem(field, "\"" + name + "\" is there twice"));
  }

  private static Upstream upstream(YamlMap map) {
    Upstream upstream =
        new Upstream(
            name(map, "name"),
            map.integer("port", 0, MAX_PORT),
            map.choice("protocol", Protocol.class),
            map.optionalText("version"));
    map.finish();
    return upstream;
  }

  private static Certificate certificate(YamlMap map) {
    SecretName secret =
        map.map("secret").map(LocalRunFile::secretName).orElse(new SecretName("", ""));
    List<String> hosts =
        map.texts("hosts", host -> host.matches(HOST_PATTERN), "a DNS name or an IP address");
    if (hosts.isEmpty()) {
      map.problem("hosts", "at least one host is expected");
    }
    map.finish();
    return new Certificate(secret, hosts);
  }

  private static SecretName secretName(YamlMap map) {
    SecretName secret = new SecretName(name(map, "namespace"), name(map, "name"));
    map.finish();
    return secret;
  }

  private static Login login(YamlMap map) {
    Login login =
        new Login(
            name(map, "name"),
            map.integer("port", 0, MAX_PORT),
            map.text("issuer"),
            map.text("audience"),
            map.text("subject"),
            map.anything("claims"));
    login.claims().keySet().stream()
        .filter(CLAIMS_WITH_A_FIELD::contains)
        .sorted()
        .forEach(
            claim -> map.problem("claims", "\"" + claim + "\" is set by the issuer, not here"));
    map.finish();
    return login;
  }

  private static Request request(YamlMap map) {
    Request request = new Request(map.text("title"), map.text("command"));
    map.finish();
    return request;
  }

  private static String name(YamlMap map, String field) {
    return map.text(
        field, text -> text.matches(NAME_PATTERN), "a name in lower case, such as shop-login");
  }
}
