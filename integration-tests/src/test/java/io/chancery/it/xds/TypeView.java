package io.chancery.it.xds;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a client knows of one type: what it asked for, what it was sent, what it holds. */
final class TypeView {
  private static final String ALL = "*";

  private final List<String> asked = new ArrayList<>();
  private final Map<String, Answer.Item> held = new LinkedHashMap<>();
  private boolean named;
  private @Nullable Answer last;
  private String accepted = "";

  /** Takes a subscription, and returns the names as a SotW request has them. */
  List<String> ask(Ask ask) {
    if (ask.subscribe().isEmpty() && !named && asked.isEmpty()) {
      asked.add(ALL); // Nothing was ever named: all are meant, and the list is left empty.
    }
    named |= !ask.subscribe().isEmpty() || !ask.unsubscribe().isEmpty();
    asked.addAll(ask.subscribe());
    asked.removeAll(ask.unsubscribe());
    return named ? List.copyOf(asked) : List.of();
  }

  /** The last nonce, as each SotW request of the type has to carry it. */
  String nonce() {
    return last == null ? "" : last.nonce();
  }

  /** The last version that was accepted. */
  String accepted() {
    return accepted;
  }

  void received(Answer answer) {
    last = answer;
  }

  /** The newest answer that was received. */
  Answer last() {
    return Objects.requireNonNull(last, "nothing was received");
  }

  void accept(Answer answer, boolean replaces) {
    accepted = answer.version();
    if (replaces) {
      held.clear();
    }
    answer.removed().forEach(held::remove);
    answer.resources().stream()
        .filter(item -> !item.heartbeat())
        .forEach(item -> held.put(item.name(), item));
  }

  Map<String, ByteString> bodies() {
    Map<String, ByteString> bodies = new LinkedHashMap<>();
    held.forEach((name, item) -> bodies.put(name, item.body()));
    return bodies;
  }

  /** The versions of what is held, by name. */
  Map<String, String> versions() {
    Map<String, String> versions = new LinkedHashMap<>();
    held.forEach((name, item) -> versions.put(name, item.version()));
    return versions;
  }
}
