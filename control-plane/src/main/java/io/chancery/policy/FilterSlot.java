package io.chancery.policy;

import com.google.protobuf.Message;
import java.util.NavigableMap;

/**
 * A filter with shared configuration, at its place in every chain.
 *
 * @param id names it
 * @param compose its configuration from the entries of the chain's routes, by key. Without entries
 *     it must be neutral: the filter is in every chain, so that a policy never changes a listener
 */
public record FilterSlot(FilterId id, Compose compose) {

  /** Composes the configuration. Pure. */
  @FunctionalInterface
  public interface Compose {
    Message configuration(NavigableMap<String, Message> entries);
  }
}
