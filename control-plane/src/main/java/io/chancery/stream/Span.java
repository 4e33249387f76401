package io.chancery.stream;

/** Revisions in which a name that has yet to be sent changed: the oldest and the newest. */
record Span(long first, long last) {

  Span and(Span other) {
    return new Span(Math.min(first, other.first), Math.max(last, other.last));
  }
}
