package io.chancery.source.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * From JSON to the trees that objects are decoded from. What an API server keeps for its own
 * bookkeeping is left out: it is longer than most objects.
 */
final class JsonTrees {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final Set<String> LEFT_OUT =
      Set.of("managedFields", "kubectl.kubernetes.io/last-applied-configuration");

  private JsonTrees() {}

  /**
   * Reads one value.
   *
   * @throws tools.jackson.core.JacksonException if the text is no JSON, or ends before the value
   */
  static Node read(byte[] json) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      parser.nextToken();
      return value(parser);
    }
  }

  private static Node value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> scalar(Tag.STR, parser);
      case VALUE_NUMBER_INT -> scalar(Tag.INT, parser);
      case VALUE_NUMBER_FLOAT -> scalar(Tag.FLOAT, parser);
      case VALUE_TRUE, VALUE_FALSE -> scalar(Tag.BOOL, parser);
      case VALUE_NULL -> scalar(Tag.NULL, parser);
      case null, default -> throw new IllegalArgumentException("a value of JSON is expected");
    };
  }

  private static Node object(JsonParser parser) {
    List<NodeTuple> members = new ArrayList<>();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      if (LEFT_OUT.contains(name)) {
        parser.skipChildren();
      } else {
        Node key = new ScalarNode(Tag.STR, name, ScalarStyle.PLAIN);
        members.add(new NodeTuple(key, value(parser)));
      }
    }
    return new MappingNode(Tag.MAP, members, FlowStyle.BLOCK);
  }

  private static Node array(JsonParser parser) {
    List<Node> items = new ArrayList<>();
    while (parser.nextToken() != tools.jackson.core.JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return new SequenceNode(Tag.SEQ, items, FlowStyle.BLOCK);
  }

  private static Node scalar(Tag tag, JsonParser parser) {
    return new ScalarNode(tag, parser.getString(), ScalarStyle.PLAIN);
  }
}
