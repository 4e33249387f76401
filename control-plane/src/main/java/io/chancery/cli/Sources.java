package io.chancery.cli;

import io.chancery.app.Cluster;
import io.chancery.app.Settings;
import io.chancery.app.SettingsException;
import io.chancery.model.Problem;
import io.chancery.source.JoinedSources;
import io.chancery.source.JoinedSources.Named;
import io.chancery.source.ObjectTables;
import io.chancery.source.Source;
import io.chancery.source.file.FileSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sources that the settings name.
 *
 * @param files directories of objects
 * @param kubernetes an API server
 */
record Sources(Optional<FileSource> files, Optional<Cluster> kubernetes) implements AutoCloseable {

  /** Opens the sources; nothing is read yet. */
  static Sources open(Settings settings, ObjectTables tables) throws UserException {
    if (settings.files().isEmpty() && settings.kubernetes().isEmpty()) {
      throw new UserException(
          "nothing to serve; name directories of objects in sources.files, or set"
              + " sources.kubernetes.enabled");
    }
    Optional<FileSource> files =
        settings.files().isEmpty()
            ? Optional.empty()
            : Optional.of(new FileSource(settings.files(), tables));
    return new Sources(files, cluster(settings, tables));
  }

  private static Optional<Cluster> cluster(Settings settings, ObjectTables tables)
      throws UserException {
    if (settings.kubernetes().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Cluster.connect(settings.kubernetes().get(), tables));
    } catch (SettingsException cause) {
      throw new UserException(String.valueOf(cause.getMessage()));
    }
  }

  /** All as one. */
  Source joined(ObjectTables tables) {
    List<Named> named = new ArrayList<>();
    files.ifPresent(source -> named.add(new Named("files", source)));
    kubernetes.ifPresent(cluster -> named.add(new Named("kubernetes", cluster.source())));
    return named.size() == 1 ? named.getFirst().source() : new JoinedSources(named, tables);
  }

  /** A problem, with its place where a file declares the object. */
  String text(Problem problem) {
    return files
        .filter(source -> source.declares(problem.on()))
        .map(source -> source.place(problem).toString())
        .orElseGet(problem::toString);
  }

  /** Closes the connections; the source itself is closed by who started it. */
  @Override
  public void close() {
    kubernetes.ifPresent(Cluster::close);
  }
}
