package io.chancery.app;

import io.chancery.source.NearMiss;
import io.chancery.source.kubernetes.KubernetesScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads the configuration: flags before environment variables ({@code CHANCERY_XDS_PORT}) before
 * the file before the defaults. Every key is {@code a.b} in a flag map, {@code a: {b: …}} in the
 * file. All errors are reported at once.
 */
public final class SettingsReader {
  private static final String PREFIX = "CHANCERY_";

  /** Every key with its default. */
  private static final Map<String, String> DEFAULTS = defaults();

  /** Variables of the launcher and of the tools that it starts; no keys of ours. */
  private static final List<String> OTHER_VARIABLES =
      List.of("CHANCERY_HOME", "CHANCERY_JVM_DIRS", "CHANCERY_JAVA_OPTS");

  private final List<String> errors = new ArrayList<>();
  private final Map<String, String> values = new LinkedHashMap<>(DEFAULTS);

  private SettingsReader() {}

  private static Map<String, String> defaults() {
    Map<String, String> defaults = new LinkedHashMap<>();
    defaults.put("dataDir", ".chancery");
    defaults.put("xds.host", "127.0.0.1");
    defaults.put("xds.port", "18000");
    defaults.put("xds.tlsDir", "");
    defaults.put("admin.host", "127.0.0.1");
    defaults.put("admin.port", "18080");
    defaults.put("sources.files", "");
    defaults.put("sources.kubernetes.enabled", "false");
    defaults.put("sources.kubernetes.kubeconfig", "");
    defaults.put("sources.kubernetes.context", "");
    defaults.put("sources.kubernetes.namespaces", "");
    defaults.put("sources.kubernetes.labelSelector", "");
    defaults.put("sources.kubernetes.massDeletePercent", "10");
    defaults.put("sources.kubernetes.writeStatus", "true");
    defaults.put("sources.kubernetes.leaseNamespace", "chancery-system");
    return defaults;
  }

  /**
   * Reads the configuration.
   *
   * @param file of the configuration, or empty
   * @param environment all environment variables; those that start with {@code CHANCERY_} count
   * @param flags values by key; they win
   */
  public static Settings read(
      Optional<Path> file, Map<String, String> environment, Map<String, String> flags)
      throws SettingsException {
    SettingsReader reader = new SettingsReader();
    file.ifPresent(reader::readFile);
    reader.readEnvironment(environment);
    reader.values.putAll(flags);
    Settings settings = reader.settings();
    if (!reader.errors.isEmpty()) {
      throw new SettingsException(reader.errors);
    }
    return settings;
  }

  private void readFile(Path file) {
    try {
      Object root =
          new Load(LoadSettings.builder().setMaxAliasesForCollections(0).build())
              .loadFromString(Files.readString(file));
      if (root instanceof Map<?, ?> map) {
        readMap("", map, file);
      } else if (root != null) {
        errors.add(file + ": a map of settings is expected");
      }
    } catch (IOException cause) {
      errors.add(file + ": cannot be read: " + cause.getMessage());
    } catch (YamlEngineException cause) {
      errors.add(file + ": is not YAML: " + firstLine(cause));
    }
  }

  private static String firstLine(YamlEngineException cause) {
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }

  private void readMap(String prefix, Map<?, ?> map, Path file) {
    map.forEach((name, value) -> {
      String key = prefix + name;
      if (value instanceof Map<?, ?> nested
          && DEFAULTS.keySet().stream().anyMatch(k -> k.startsWith(key + "."))) {
        readMap(key + ".", nested, file);
      } else if (DEFAULTS.containsKey(key)) {
        values.put(
            key,
            value instanceof List<?> list
                ? String.join(",", list.stream().map(String::valueOf).toList())
                : String.valueOf(value));
      } else {
        errors.add(
            file + ": unknown setting \"" + key + "\"" + NearMiss.hint(key, DEFAULTS.keySet()));
      }
    });
  }

  private void readEnvironment(Map<String, String> environment) {
    Map<String, String> keys = new LinkedHashMap<>();
    DEFAULTS.keySet().forEach(key -> keys.put(variable(key), key));
    environment.forEach((name, value) -> {
      if (keys.containsKey(name)) {
        values.put(keys.get(name), value);
      } else if (name.startsWith(PREFIX) && !OTHER_VARIABLES.contains(name)) {
        errors.add(
            "unknown environment variable \"" + name + "\"" + NearMiss.hint(name, keys.keySet()));
      }
    });
  }

  /**
   * {@code xds.port} is {@code CHANCERY_XDS_PORT}, {@code dataDir} is {@code CHANCERY_DATA_DIR}.
   */
  private static String variable(String key) {
    return PREFIX
        + key.replace('.', '_').replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
  }

  private Settings settings() {
    List<Path> files = list("sources.files").map(Path::of).toList();
    return new Settings(
        Path.of(value("dataDir")),
        new Settings.Endpoint(value("xds.host"), port("xds.port")),
        text("xds.tlsDir").map(Path::of),
        new Settings.Endpoint(value("admin.host"), port("admin.port")),
        files,
        kubernetes());
  }

  private Optional<Settings.Kubernetes> kubernetes() {
    boolean enabled = isTrue("sources.kubernetes.enabled");
    boolean writesStatus = isTrue("sources.kubernetes.writeStatus");
    KubernetesScope scope =
        new KubernetesScope(
            list("sources.kubernetes.namespaces").toList(),
            text("sources.kubernetes.labelSelector"),
            percent("sources.kubernetes.massDeletePercent"));
    return enabled
        ? Optional.of(
            new Settings.Kubernetes(
                text("sources.kubernetes.kubeconfig").map(Path::of),
                text("sources.kubernetes.context"),
                scope,
                writesStatus,
                value("sources.kubernetes.leaseNamespace")))
        : Optional.empty();
  }

  private Optional<String> text(String key) {
    return Optional.of(value(key)).filter(text -> !text.isBlank());
  }

  private Stream<String> list(String key) {
    return Stream.of(value(key).split(",", -1)).map(String::strip).filter(text -> !text.isEmpty());
  }

  private boolean isTrue(String key) {
    String value = value(key);
    if (!value.equals("true") && !value.equals("false")) {
      errors.add(key + " is \"" + value + "\"; true or false is expected");
    }
    return value.equals("true");
  }

  private int percent(String key) {
    String value = value(key);
    if (value.matches("[0-9]{1,3}") && Integer.parseInt(value) <= 100) {
      return Integer.parseInt(value);
    }
    errors.add(key + " is \"" + value + "\"; a percentage is expected, 0 to 100");
    return 0;
  }

  private String value(String key) {
    return values.getOrDefault(key, "");
  }

  private int port(String key) {
    String value = value(key);
    if (value.matches("[0-9]{1,5}") && Integer.parseInt(value) <= 65_535) {
      return Integer.parseInt(value);
    }
    errors.add(key + " is \"" + value + "\"; a port is expected, 0 to 65535");
    return 0;
  }
}
