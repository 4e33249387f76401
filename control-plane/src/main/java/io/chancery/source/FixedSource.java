package io.chancery.source;

import io.chancery.engine.Write;
import java.util.List;
import java.util.function.Consumer;

/**
 * Objects that are known from the start and never change, such as the development certificates of
 * {@code run}.
 *
 * @param writes all that there is
 */
public record FixedSource(List<Write<?, ?>> writes) implements Source {

  @Override
  public void start(Consumer<List<Write<?, ?>>> sink) {
    sink.accept(writes);
  }

  @Override
  public void close() {}
}
