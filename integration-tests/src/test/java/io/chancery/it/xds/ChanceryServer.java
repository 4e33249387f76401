package io.chancery.it.xds;

import com.google.protobuf.Message;
import io.chancery.snapshot.Nodes;
import io.chancery.snapshot.SnapshotStore;
import io.chancery.stream.Feed;
import io.chancery.stream.XdsMetrics;
import io.chancery.stream.XdsServer;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceChange;
import io.chancery.xds.ResourceKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chancery's own server. The only class of the kit that knows it. */
final class ChanceryServer implements ServerUnderTest {
  private static final Set<Variant> SERVED = Variant.ALL;

  private final SnapshotStore store = new SnapshotStore();
  private final List<ResourceChange> draft = new ArrayList<>();
  private @Nullable XdsServer server;

  @Override
  public String name() {
    return "Chancery";
  }

  @Override
  public Set<Variant> variants() {
    return SERVED;
  }

  @Override
  public List<Deviation> deviations() {
    return List.of();
  }

  @Override
  public void start() {
    Feed feed = new Feed(store, new Nodes(), () -> true);
    server = new XdsServer(new XdsServer.Listen("127.0.0.1", 0), feed, XdsMetrics.NONE);
  }

  private XdsServer started() {
    XdsServer known = server;
    if (known == null) {
      throw new IllegalStateException("not started");
    }
    return known;
  }

  @Override
  public int port() {
    return started().port();
  }

  @Override
  public void set(XdsType type, String name, Message message) {
    change(type, name, Optional.of(resource(type, name, message)));
  }

  @Override
  public void set(XdsType type, String name, Message message, Duration timeToLive) {
    change(type, name, Optional.of(resource(type, name, message).expiringAfter(timeToLive)));
  }

  private static Resource resource(XdsType type, String name, Message message) {
    return Resource.of(kind(type), name, message, Set.of());
  }

  @Override
  public void remove(XdsType type, String name) {
    change(type, name, Optional.empty());
  }

  private void change(XdsType type, String name, Optional<Resource> resource) {
    draft.add(new ResourceChange(FLEET, kind(type), name, resource, Set.of()));
  }

  private static ResourceKind kind(XdsType type) {
    return ResourceKind.ofTypeUrl(type.typeUrl()).orElseThrow();
  }

  @Override
  public void commit() {
    long _ = store.publish(List.copyOf(draft));
    draft.clear();
  }

  @Override
  public void close() {
    started().close();
  }
}
