package io.chancery.inspect;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.chancery.xds.Resource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Shows resources as Envoy would: fields by their names in the {@code .proto} files, in the order
 * of their numbers, without secrets. A resource, or an {@code Any}, of a type that is unknown here
 * shows as type URL and size. The same resource gives the same text.
 */
public final class ResourcePrinter {
  private static final String REDACTED_BASE64 =
      Base64.getEncoder().encodeToString(Redactor.REDACTED_BYTES.toByteArray());

  private final Redactor redactor = new Redactor(EnvoyTypes.ALL);
  private final JsonFormat.Printer printer =
      JsonFormat.printer().preservingProtoFieldNames().usingTypeRegistry(EnvoyTypes.ALL.registry());
  private final JsonMapper json = new JsonMapper();

  /** The body as a YAML document in block style. */
  public String toYaml(Resource resource) {
    return CompiledTrees.yaml(toTree(resource));
  }

  /** The body as indented JSON. */
  public String toJson(Resource resource) {
    return json.writerWithDefaultPrettyPrinter().writeValueAsString(toTree(resource));
  }

  /**
   * The body as a tree of {@code Map}s with keys in a stable order, {@code List}s, {@code String}s,
   * {@code Number}s and {@code Boolean}s.
   *
   * @throws IllegalArgumentException if the bytes are no message of that kind
   */
  public Object toTree(Resource resource) {
    return EnvoyTypes.ALL
        .ofKind(resource.kind())
        .map(type -> toTree(resource, type))
        .orElseGet(
            () -> Map.of("@type", resource.kind().typeUrl(), "bytes", resource.bytes().size()));
  }

  private Object toTree(Resource resource, Message type) {
    try {
      Message message = type.getParserForType().parseFrom(resource.bytes());
      String text = printer.print(redactor.redact(message));
      return Objects.requireNonNull(plain(json.readValue(text, Object.class)), "tree");
    } catch (InvalidProtocolBufferException cause) {
      throw new IllegalArgumentException(
          resource
              + ": expected bytes of a "
              + resource.kind().typeUrl()
              + ": "
              + cause.getMessage(),
          cause);
    }
  }

  /**
   * JSON has bytes in base64, and a reader should not have to decode that there is nothing to read;
   * and whole numbers look better without {@code .0}.
   */
  private static @Nullable Object plain(@Nullable Object node) {
    return switch (node) {
      case Map<?, ?> map -> {
        Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(key, plain(value)));
        yield copy;
      }
      case List<?> list -> {
        List<@Nullable Object> copy = new ArrayList<>();
        list.forEach(member -> copy.add(plain(member)));
        yield copy;
      }
      case String text when text.equals(REDACTED_BASE64) -> Redactor.REDACTED;
      case Double number when number == number.intValue() -> number.intValue();
      case null -> null;
      default -> node;
    };
  }
}
