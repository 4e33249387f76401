package io.chancery.stream;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * Names of one type that may lack something at a client, with the revisions that made them so. A
 * set of names, never a queue of contents: when the client is ready, it gets the newest.
 */
final class Pending {
  private final Subscription subscription;
  private Map<String, Span> spans = Collections.emptyMap();
  private int coalesced;

  Pending(Subscription subscription) {
    this.subscription = subscription;
  }

  /** The name is to be compared with what the client holds. */
  void add(String name, Span span) {
    if (subscription.covers(name)) {
      Span before = spans.get(name);
      coalesced += before != null && span.last() > before.last() ? 1 : 0;
      spans = spans.isEmpty() ? new LinkedHashMap<>() : spans;
      spans.merge(name, span, Span::and);
    }
  }

  /** How many names changed once more before they were sent, since this was last asked. */
  int coalesced() {
    int count = coalesced;
    coalesced = 0;
    return count;
  }

  /** Forgets what is not subscribed any more. */
  void retain() {
    spans.keySet().removeIf(name -> !subscription.covers(name));
  }

  /** Forgets the names that are settled. */
  void settle(BiPredicate<String, Span> settled) {
    spans.entrySet().removeIf(entry -> settled.test(entry.getKey(), entry.getValue()));
    // Nothing is left of what may have been much: a stream that has everything has no map.
    spans = spans.isEmpty() ? Collections.emptyMap() : spans;
  }

  boolean isEmpty() {
    return spans.isEmpty();
  }

  /** The newest revision that a name has to wait for. */
  long last(String name) {
    Span span = spans.get(name);
    return span == null ? 0 : span.last();
  }

  /** The name is sent: from which revision on that makes up for what was lacking. */
  long take(String name) {
    Span span = spans.remove(name);
    return span == null ? 0 : span.first();
  }
}
