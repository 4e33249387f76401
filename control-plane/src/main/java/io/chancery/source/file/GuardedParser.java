package io.chancery.source.file;

import io.chancery.model.Reason;
import io.chancery.source.decode.Text;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Refuses, while a text is being parsed and before a tree is built, what makes a small text
 * expensive or lets it choose a type: aliases, anchors, tags, depth and sheer number.
 */
final class GuardedParser implements Parser {
  private final Parser parser;
  private int depth;
  private int nodes;
  private int documents;

  GuardedParser(LoadSettings settings, String text) {
    parser = new ParserImpl(settings, new StreamReader(settings, text));
  }

  /** What was refused, as the composer lets it through. */
  static final class RefusedException extends YamlEngineException {
    private static final long serialVersionUID = 1;

    private final Reason reason;
    private final int line;

    private RefusedException(Reason reason, Event at, String message) {
      super(message);
      this.reason = reason;
      this.line = line(at);
    }

    UnreadableException unreadable() {
      return new UnreadableException(reason, line, String.valueOf(getMessage()));
    }
  }

  @Override
  public boolean checkEvent(Event.ID choice) {
    return parser.checkEvent(choice);
  }

  @Override
  public Event peekEvent() {
    return parser.peekEvent();
  }

  @Override
  public boolean hasNext() {
    return parser.hasNext();
  }

  @Override
  public Event next() {
    Event event = parser.next();
    switch (event) {
      case AliasEvent alias -> throw syntax(alias, "aliases are not allowed; write the value out");
      case CollectionStartEvent start -> {
        checkNode(start, start.getTag());
        depth++;
        limit(start, depth, YamlReader.MAX_DEPTH, "nested deeper than %d levels");
      }
      case ScalarEvent scalar -> checkNode(scalar, scalar.getTag());
      case CollectionEndEvent _ -> depth--;
      case DocumentStartEvent start -> {
        documents++;
        limit(start, documents, YamlReader.MAX_DOCUMENTS, "more than %d documents in one file");
      }
      default -> {}
    }
    return event;
  }

  private void checkNode(NodeEvent event, Optional<String> tag) {
    nodes++;
    limit(event, nodes, YamlReader.MAX_NODES, "more than %d values in one file");
    if (event.getAnchor().isPresent()) {
      throw syntax(event, "anchors are not allowed");
    }
    if (tag.isPresent()) {
      throw syntax(event, "the tag " + Text.quoted(tag.get()) + " is not allowed");
    }
  }

  private static void limit(Event at, int value, int max, String message) {
    if (value > max) {
      throw new RefusedException(Reason.TOO_LARGE, at, String.format(message, max));
    }
  }

  private static RefusedException syntax(Event at, String message) {
    return new RefusedException(Reason.SYNTAX_ERROR, at, message);
  }

  private static int line(Event event) {
    return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }
}
