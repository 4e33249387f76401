package io.chancery.source.file;

import io.chancery.model.Reason;
import io.chancery.source.decode.Text;
import io.chancery.source.decode.Tree;
import java.io.IOException;
import java.io.InputStream;
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
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * From a file to its documents, as trees that know their lines. JSON is YAML, so one way reads
 * both. Bounded, and without the parts of YAML that let a small text become a large tree or a type
 * of somebody's choice: no anchors, no aliases, no tags.
 *
 * <p>Plain scalars are resolved by the JSON schema of YAML 1.2: {@code true} and {@code false} are
 * the only booleans, {@code null} and nothing at all are the only nulls.
 */
final class YamlReader {
  /** Ten times what Kubernetes lets one object be, and some. */
  static final int MAX_FILE_BYTES = 4 * 1024 * 1024;

  static final int MAX_DOCUMENTS = 10_000;
  static final int MAX_DEPTH = 50;

  /** Keys and values in a file; the tree of a file of this many takes some 50 MiB at most. */
  static final int MAX_NODES = 200_000;

  private static final int MAX_MESSAGE = 300;

  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setCodePointLimit(MAX_FILE_BYTES)
          .setMaxAliasesForCollections(0)
          .setAllowNonScalarKeys(true) // They get a message of ours.
          .setParseComments(false)
          .build();

  private YamlReader() {}

  /** Reads the documents of a file; empty documents are left out. */
  static List<Node> read(Path file) throws IOException, UnreadableException {
    try (InputStream in = Files.newInputStream(file)) {
      // One byte more than allowed shows that there is more: a file may grow while it is read.
      byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
      if (bytes.length > MAX_FILE_BYTES) {
        long size = Math.max(Files.size(file), bytes.length);
        String message = "the file has " + size + " bytes; at most " + MAX_FILE_BYTES + " are read";
        throw new UnreadableException(Reason.TOO_LARGE, 1, message);
      }
      return parse(bytes);
    }
  }

  /** Reads the documents of a text in UTF-8; empty documents are left out. */
  static List<Node> parse(byte[] bytes) throws UnreadableException {
    String text = decode(bytes);
    try {
      return compose(text);
    } catch (GuardedParser.RefusedException cause) {
      throw cause.unreadable();
    } catch (MarkedYamlEngineException cause) {
      // Only the sentence: the full message shows a piece of the file, which may hold a secret.
      Mark mark = cause.getProblemMark().or(cause::getContextMark).orElse(null);
      String where = mark == null ? "" : " at column " + (mark.getColumn() + 1);
      throw syntax(mark == null ? 1 : mark.getLine() + 1, sentence(cause) + where);
    } catch (YamlEngineException cause) {
      throw syntax(lineOfBadCharacter(text), String.valueOf(cause.getMessage()));
    } catch (NumberFormatException cause) {
      // The scanner means to refuse an escape without its digits, and fails while it does.
      throw syntax(1, "an escape such as \\x41 in a quoted string lacks its digits");
    }
  }

  private static List<Node> compose(String text) throws UnreadableException {
    List<Node> documents = new ArrayList<>();
    Composer composer = new Composer(SETTINGS, new GuardedParser(SETTINGS, text));
    while (composer.hasNext()) {
      Node document = composer.next();
      if (!Tree.isNull(document)) {
        checkKeys(document);
        documents.add(document);
      }
    }
    return documents;
  }

  private static String sentence(MarkedYamlEngineException cause) {
    String problem = String.valueOf(cause.getProblem());
    if (cause.getContext() == null) {
      return problem;
    }
    String begun =
        cause.getContextMark().map(mark -> " of line " + (mark.getLine() + 1)).orElse("");
    return cause.getContext() + begun + ", " + problem;
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

  /** The parser knows only the offset of a character that YAML does not allow. */
  private static int lineOfBadCharacter(String text) {
    int line = 1;
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      if (!org.snakeyaml.engine.v2.scanner.StreamReader.isPrintable(character)) {
        return line;
      }
      line += character == '\n' ? 1 : 0;
      i += Character.charCount(character);
    }
    return 1;
  }

  private static void checkKeys(Node node) throws UnreadableException {
    switch (node) {
      case MappingNode mapping -> checkKeys(mapping);
      case SequenceNode sequence -> {
        for (Node item : sequence.getValue()) {
          checkKeys(item);
        }
      }
      default -> {}
    }
  }

  private static void checkKeys(MappingNode mapping) throws UnreadableException {
    Set<String> keys = new HashSet<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw syntax(Tree.line(tuple.getKeyNode()), "a key must be a string");
      }
      if (!keys.add(key.getValue())) {
        throw syntax(Tree.line(key), "the key " + Text.quoted(key.getValue()) + " stands twice");
      }
      checkKeys(tuple.getValueNode());
    }
  }

  private static UnreadableException syntax(int line, String message) {
    return new UnreadableException(Reason.SYNTAX_ERROR, line, Text.printable(message, MAX_MESSAGE));
  }
}
