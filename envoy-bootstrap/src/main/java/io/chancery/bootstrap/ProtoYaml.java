package io.chancery.bootstrap;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.JsonFormat.TypeRegistry;
import io.envoyproxy.envoy.extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig;
import io.envoyproxy.envoy.extensions.resource_monitors.fixed_heap.v3.FixedHeapConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;

/** Prints a message as block YAML that Envoy reads back as the same message. */
final class ProtoYaml {
  /** What the bootstrap packs into an {@code Any}. */
  private static final TypeRegistry PACKED =
      TypeRegistry.newBuilder()
          .add(DownstreamConnectionsConfig.getDescriptor())
          .add(FixedHeapConfig.getDescriptor())
          .add(HttpProtocolOptions.getDescriptor())
          .add(Secret.getDescriptor())
          .add(UpstreamTlsContext.getDescriptor())
          .build();

  private static final JsonFormat.Printer JSON =
      JsonFormat.printer().preservingProtoFieldNames().usingTypeRegistry(PACKED);

  private static final DumpSettings BLOCK =
      DumpSettings.builder()
          .setDefaultFlowStyle(FlowStyle.BLOCK)
          .setWidth(120)
          .setSplitLines(false)
          .build();

  private ProtoYaml() {}

  static String print(Message message) {
    Object tree = new Load(LoadSettings.builder().build()).loadFromString(json(message));
    return new Dump(BLOCK, new Quoting(BLOCK)).dumpToString(tree);
  }

  private static String json(Message message) {
    try {
      return JSON.print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a type is missing in the list of packed types", e);
    }
  }

  /**
   * Envoy's YAML reader follows YAML 1.1 and takes a plain {@code no}, {@code y} or {@code 0x10}
   * for a boolean or a number, also where a string is meant; so strings are plain only when no
   * reader can mistake them.
   */
  private static final class Quoting extends StandardRepresenter {
    private static final Pattern UNMISTAKABLE =
        Pattern.compile("[A-Za-z_/][A-Za-z0-9_./-]+|[0-9.]+s");
    private static final Pattern WORD_WITH_MEANING =
        Pattern.compile("yes|no|on|off|true|false|null|nan|inf", Pattern.CASE_INSENSITIVE);

    Quoting(DumpSettings settings) {
      super(settings);
    }

    @Override
    protected Node representScalar(Tag tag, String value, ScalarStyle style) {
      boolean plain =
          UNMISTAKABLE.matcher(value).matches() && !WORD_WITH_MEANING.matcher(value).matches();
      return super.representScalar(
          tag, value, tag.equals(Tag.STR) && !plain ? ScalarStyle.DOUBLE_QUOTED : style);
    }
  }
}
