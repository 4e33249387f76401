package io.chancery.app;

import io.chancery.compile.Compilation;
import io.chancery.compile.Compiled;
import io.chancery.engine.RuleFailure;
import io.chancery.engine.Write;
import io.chancery.source.BatchQueue;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that compiles. It takes whatever has gathered, applies it as one batch, and hands
 * on what that changed. If it dies the process must not go on and look alive: it exits.
 */
final class CompileThread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CompileThread.class);
  private static final long IDLE_MILLIS = 1_000;
  private static final int EXIT_CODE = 70;

  private final BatchQueue queue;
  private final Compilation compilation;
  private final Consumer<Compiled> onCompiled;
  private final Thread thread = new Thread(this::run, "compile");

  CompileThread(BatchQueue queue, Compilation compilation, Consumer<Compiled> onCompiled) {
    this.queue = queue;
    this.compilation = compilation;
    this.onCompiled = onCompiled;
  }

  void start() {
    thread.setUncaughtExceptionHandler((_, cause) -> {
      LOG.error(
          "the compile thread died; exiting, so that a supervisor starts again from the last good state",
          cause);
      Runtime.getRuntime().halt(EXIT_CODE);
    });
    thread.start();
  }

  private void run() {
    try {
      apply(queue.take(IDLE_MILLIS)); // The first batch counts even if there is nothing in it.
      while (!Thread.currentThread().isInterrupted()) {
        List<Write<?, ?>> batch = queue.take(IDLE_MILLIS);
        if (!batch.isEmpty()) {
          apply(batch);
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void apply(List<Write<?, ?>> batch) {
    Compiled compiled = compilation.apply(batch);
    for (RuleFailure failure : compiled.outcome().failures()) {
      LOG.error(
          "a rule failed at {} {}; the row keeps its last good value",
          failure.table(),
          failure.key(),
          failure.cause());
    }
    onCompiled.accept(compiled);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
