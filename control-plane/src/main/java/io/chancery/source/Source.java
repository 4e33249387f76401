package io.chancery.source;

import io.chancery.engine.Write;
import java.util.List;
import java.util.function.Consumer;

/**
 * Watches one place where objects are declared.
 *
 * <p>The first batch holds all that there is, even if that is nothing. Each later batch holds what
 * changed. A source that loses sight of its objects hands over nothing: nothing is deleted because
 * it could not be read.
 */
public interface Source extends AutoCloseable {

  /**
   * Starts to watch, and hands batches of immutable writes to {@code sink}, from a thread of the
   * source's own.
   */
  void start(Consumer<List<Write<?, ?>>> sink);

  /** Stops; no batch is handed over afterwards. */
  @Override
  void close();
}
