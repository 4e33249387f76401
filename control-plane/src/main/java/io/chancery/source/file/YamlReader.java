package io.chancery.source.file;

import io.chancery.model.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * From a file to its documents, as trees that know their lines. JSON is YAML, so one way reads
 * both. Bounded, and without the parts of YAML that let a small text become a large tree or a type
 * of somebody's choice: no anchors, no aliases, no tags.
 */
final class YamlReader {
  static final int MAX_FILE_BYTES = 4 * 1024 * 1024;
  static final int MAX_DOCUMENTS = 10_000;
  static final int MAX_DEPTH = 50;

  private static final Set<Tag> PLAIN =
      Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.MAP, Tag.SEQ);

  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setCodePointLimit(MAX_FILE_BYTES)
          .setMaxAliasesForCollections(0)
          .setParseComments(false)
          .build();

  private YamlReader() {}

  /** Reads the documents of a file; empty documents are left out. */
  static List<Node> read(Path file) throws IOException, UnreadableException {
    long size = Files.size(file);
    if (size > MAX_FILE_BYTES) {
      throw new UnreadableException(
          Reason.TOO_LARGE,
          1,
          "the file has " + size + " bytes; at most " + MAX_FILE_BYTES + " are read");
    }
    return parse(Files.readAllBytes(file));
  }

  static List<Node> parse(byte[] bytes) throws UnreadableException {
    String text = decode(bytes);
    List<Node> documents = new ArrayList<>();
    try {
      for (Node document : new Compose(SETTINGS).composeAllFromString(text)) {
        if (documents.size() == MAX_DOCUMENTS) {
          throw new UnreadableException(
              Reason.TOO_LARGE,
              line(document),
              "more than " + MAX_DOCUMENTS + " documents in one file");
        }
        check(document, 0);
        if (!(document instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL))) {
          documents.add(document);
        }
      }
      return documents;
    } catch (MarkedYamlEngineException cause) {
      int line = cause.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new UnreadableException(
          Reason.SYNTAX_ERROR, line, "not YAML: " + oneLine(cause.getProblem()));
    } catch (YamlEngineException cause) {
      throw new UnreadableException(
          Reason.SYNTAX_ERROR, 1, "not YAML: " + oneLine(cause.getMessage()));
    } catch (StackOverflowError cause) {
      throw new UnreadableException(
          Reason.TOO_LARGE, 1, "nested deeper than " + MAX_DEPTH + " levels");
    }
  }

  /** Line of a node, counted from 1. */
  static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  private static String decode(byte[] bytes) throws UnreadableException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(buffer)
              .toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException cause) {
      int line = 1;
      for (int i = 0; i < buffer.position(); i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      throw new UnreadableException(
          Reason.SYNTAX_ERROR, line, "not UTF-8 at byte " + buffer.position());
    }
  }

  private static void check(Node node, int depth) throws UnreadableException {
    if (depth > MAX_DEPTH) {
      throw new UnreadableException(
          Reason.TOO_LARGE, line(node), "nested deeper than " + MAX_DEPTH + " levels");
    }
    if (node.getAnchor().isPresent()) {
      throw new UnreadableException(
          Reason.SYNTAX_ERROR, line(node), "anchors and aliases are not allowed");
    }
    if (!PLAIN.contains(node.getTag())) {
      throw new UnreadableException(
          Reason.SYNTAX_ERROR,
          line(node),
          "tag " + Text.quoted(node.getTag().getValue()) + " is not allowed");
    }
    switch (node) {
      case MappingNode mapping -> checkMapping(mapping, depth);
      case SequenceNode sequence -> {
        for (Node item : sequence.getValue()) {
          check(item, depth + 1);
        }
      }
      default -> {}
    }
  }

  private static void checkMapping(MappingNode mapping, int depth) throws UnreadableException {
    Set<String> keys = new HashSet<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new UnreadableException(
            Reason.SYNTAX_ERROR, line(tuple.getKeyNode()), "a key must be a string");
      }
      if (!keys.add(key.getValue())) {
        throw new UnreadableException(
            Reason.SYNTAX_ERROR,
            line(key),
            "the key " + Text.quoted(key.getValue()) + " stands twice");
      }
      check(key, depth + 1);
      check(tuple.getValueNode(), depth + 1);
    }
  }

  private static String oneLine(@Nullable String text) {
    return Text.printable(String.valueOf(text));
  }
}
