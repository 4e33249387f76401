package io.chancery.app;

import io.chancery.source.ObjectTables;
import io.chancery.source.kubernetes.KubernetesSource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A Kubernetes API server, by the settings.
 *
 * @param settings how it is reached, and what of it is read
 * @param client connections to it
 * @param source what is read of it; closed by whoever starts it
 */
public record Cluster(
    Settings.Kubernetes settings, KubernetesClient client, KubernetesSource source)
    implements AutoCloseable {
  private static final Pattern CURRENT = Pattern.compile("(?m)^current-context:.*$");

  /**
   * Prepares connections; nothing is called yet.
   *
   * @throws SettingsException if the kubeconfig cannot be read, or has no such context
   */
  public static Cluster connect(Settings.Kubernetes settings, ObjectTables tables)
      throws SettingsException {
    KubernetesClient client = new KubernetesClientBuilder().withConfig(config(settings)).build();
    return new Cluster(settings, client, new KubernetesSource(client, settings.scope(), tables));
  }

  private static Config config(Settings.Kubernetes settings) throws SettingsException {
    Optional<String> context = settings.context();
    Config config =
        settings.kubeconfig().isPresent()
            ? read(settings.kubeconfig().get(), context)
            : Config.autoConfigure(context.orElse(null));
    if (context.isPresent()
        && config.getContexts().stream().noneMatch(c -> c.getName().equals(context.get()))) {
      throw refused("context", "the kubeconfig has no context \"" + context.get() + "\"");
    }
    // Sources and writers repeat their calls themselves, and know when that helps.
    return new ConfigBuilder(config).withRequestRetryBackoffLimit(0).build();
  }

  private static Config read(Path kubeconfig, Optional<String> context) throws SettingsException {
    try {
      String text = Files.readString(kubeconfig);
      String chosen =
          context
              .map(name ->
                  CURRENT.matcher(text).replaceAll("") + "\ncurrent-context: " + name + "\n")
              .orElse(text);
      return Config.fromKubeconfig(chosen, kubeconfig.toFile());
    } catch (IOException cause) {
      throw refused("kubeconfig", kubeconfig + " cannot be read");
    } catch (RuntimeException cause) {
      throw refused("kubeconfig", kubeconfig + ": " + cause.getMessage());
    }
  }

  private static SettingsException refused(String key, String message) {
    return new SettingsException(List.of("sources.kubernetes." + key + ": " + message));
  }

  @Override
  public void close() {
    client.close();
  }
}
