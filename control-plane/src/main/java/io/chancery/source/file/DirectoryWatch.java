package io.chancery.source.file;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifications of the operating system, taken as hints only: that something happened to a file, or
 * somewhere in a directory. They may be late, lost, or not to be had at all.
 */
final class DirectoryWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DirectoryWatch.class);

  private final Consumer<Path> onHint;
  private final @Nullable WatchService service;
  private final Map<WatchKey, Path> directories = new ConcurrentHashMap<>();
  private boolean warned;

  /** Gives hints to {@code onHint}, from a thread of its own. */
  DirectoryWatch(Consumer<Path> onHint) {
    this.onHint = onHint;
    this.service = open();
    if (service != null) {
      Thread.ofVirtual().name("directory-watch").start(() -> run(service));
    }
  }

  /** Watches a directory; does nothing if it is watched already. */
  void add(Path directory) {
    if (service == null) {
      return;
    }
    try {
      directories.put(
          directory.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE), directory);
    } catch (IOException cause) {
      warn(directory, cause);
    } catch (ClosedWatchServiceException cause) {
      // Nobody waits for hints any more.
    }
  }

  @Override
  public void close() {
    try {
      if (service != null) {
        service.close();
      }
    } catch (IOException cause) {
      LOG.debug("the watch of directories was not closed", cause);
    }
  }

  private void run(WatchService service) {
    try {
      while (true) {
        take(service.take());
      }
    } catch (ClosedWatchServiceException | InterruptedException cause) {
      // The end.
    }
  }

  private void take(WatchKey key) {
    Path directory = directories.get(key);
    for (WatchEvent<?> event : key.pollEvents()) {
      if (directory != null) {
        // Without a name there were too many to tell: it may be any file of the directory.
        onHint.accept(event.context() instanceof Path name ? directory.resolve(name) : directory);
      }
    }
    if (!key.reset()) {
      directories.remove(key);
    }
  }

  private void warn(Path directory, IOException cause) {
    if (!warned) {
      LOG.warn("{} is not watched, changes are seen later: {}", directory, cause.toString());
      warned = true;
    }
  }

  private static @Nullable WatchService open() {
    try {
      return FileSystems.getDefault().newWatchService();
    } catch (IOException cause) {
      LOG.warn("directories are not watched, changes are seen later: {}", cause.toString());
      return null;
    }
  }
}
