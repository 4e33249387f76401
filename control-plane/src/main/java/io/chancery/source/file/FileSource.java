package io.chancery.source.file;

import io.chancery.engine.Write;
import io.chancery.model.Problem;
import io.chancery.model.Ref;
import io.chancery.source.ObjectTables;
import io.chancery.source.Source;
import io.chancery.source.file.FileObjects.Look;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches directories of objects. Notifications say when to look; a look once a second finds what
 * no notification tells, such as a link above the directory that was swapped. A look reads only
 * what tells whether a file has changed, and then the files that have.
 *
 * <p>There is no first batch before each root could be looked at.
 */
public final class FileSource implements Source {
  private static final Logger LOG = LoggerFactory.getLogger(FileSource.class);

  /** From one look to the next if nothing happens, and if a file was caught changing. */
  private static final long CALM_MILLIS = 1_000;

  private static final long UNSETTLED_MILLIS = 100;

  private final Wake wake = new Wake();
  private final DirectoryWatch watch = new DirectoryWatch(wake::hint);
  private final FileObjects objects;

  /** Held while the objects are looked at or asked. */
  private final ReentrantLock looking = new ReentrantLock();

  /** Writes that wait to be handed over. */
  private List<Write<?, ?>> pending = new ArrayList<>();

  private boolean first = true;
  private boolean warned;

  /** Of these directories or files. */
  public FileSource(List<Path> roots, ObjectTables tables) {
    objects = new FileObjects(roots, tables, watch::add);
  }

  @Override
  public void start(Consumer<List<Write<?, ?>>> sink) {
    Thread.ofPlatform().daemon().name("files").start(() -> run(sink));
  }

  /** Reads all files again, soon; on SIGHUP. */
  public void rescan() {
    wake.ask();
  }

  /** Whether a file declares this object, or is meant by it. May be called by any thread. */
  public boolean declares(Ref ref) {
    looking.lock();
    try {
      return ref.kind().equals(FileObjects.FILE_KIND) || objects.declares(ref);
    } finally {
      looking.unlock();
    }
  }

  /** A problem with the file and line that it is about. May be called by any thread. */
  public Located place(Problem problem) {
    looking.lock();
    try {
      return objects.place(problem);
    } finally {
      looking.unlock();
    }
  }

  @Override
  public void close() {
    wake.stop();
    watch.close();
  }

  private void run(Consumer<List<Write<?, ?>>> sink) {
    Wake.Reason reason = Wake.Reason.TIME;
    try {
      while (!wake.isStopped()) {
        boolean settled = look(reason, sink);
        reason = wake.await(settled ? CALM_MILLIS : UNSETTLED_MILLIS);
      }
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean look(Wake.Reason reason, Consumer<List<Write<?, ?>>> sink) {
    try {
      Look look = look(reason);
      pending.addAll(look.writes());
      if (first ? look.complete() : !pending.isEmpty()) {
        hand(sink);
      } else if (first && !warned) {
        objects.problems().forEach(problem -> LOG.warn("waiting for what to read: {}", problem));
        warned = true;
      }
      return look.settled();
    } catch (RuntimeException cause) {
      LOG.error("the files could not be looked at; what was read before stays", cause);
      return true;
    }
  }

  private Look look(Wake.Reason reason) {
    looking.lock();
    try {
      return objects.look(reason::concerns);
    } finally {
      looking.unlock();
    }
  }

  private void hand(Consumer<List<Write<?, ?>>> sink) {
    List<Write<?, ?>> batch = List.copyOf(pending);
    wake.unlessStopped(() -> sink.accept(batch));
    pending = new ArrayList<>();
    first = false;
  }
}
