package io.chancery.it.xds;

import com.google.protobuf.Message;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chancery's server behind somebody who gives it a defect. Only aggregated streams go through. */
final class PlantedServer implements ServerUnderTest {
  private final Optional<Defect> defect;
  private final ServerUnderTest real;
  private @Nullable ManagedChannel channel;
  private @Nullable Server proxy;

  /**
   * @param defect empty: none, so that it can be seen that the defect does the harm
   */
  PlantedServer(Optional<Defect> defect) {
    this.defect = defect;
    this.real = new ChanceryServer();
  }

  @Override
  public String name() {
    return real.name() + " with " + defect.map(Defect::name).orElse("nothing");
  }

  @Override
  public Set<Variant> variants() {
    return Variant.ADS;
  }

  @Override
  public List<Deviation> deviations() {
    return List.of();
  }

  @Override
  public void start() {
    real.start();
    InetAddress host = InetAddress.getLoopbackAddress();
    ManagedChannel to =
        NettyChannelBuilder.forAddress(new InetSocketAddress(host, real.port()))
            .usePlaintext()
            .build();
    channel = to;
    var delta = Protocol.delta(Optional.empty());
    var sotw = Protocol.sotw(Optional.empty());
    ServerServiceDefinition service =
        ServerServiceDefinition.builder(Objects.requireNonNull(delta.getServiceName()))
            .addMethod(
                delta,
                ServerCalls.asyncBidiStreamingCall(answers ->
                    defect.map(Defect::delta).orElseGet(Distortion::new).open(to, delta, answers)))
            .addMethod(
                sotw,
                ServerCalls.asyncBidiStreamingCall(answers ->
                    defect.map(Defect::sotw).orElseGet(Distortion::new).open(to, sotw, answers)))
            .build();
    try {
      proxy =
          NettyServerBuilder.forAddress(new InetSocketAddress(host, 0))
              .addService(service)
              .build()
              .start();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  @Override
  public int port() {
    return Objects.requireNonNull(proxy, "not started").getPort();
  }

  @Override
  public void set(XdsType type, String name, Message message) {
    real.set(type, name, message);
  }

  @Override
  public void set(XdsType type, String name, Message message, Duration timeToLive) {
    real.set(type, name, message, timeToLive);
  }

  @Override
  public void remove(XdsType type, String name) {
    real.remove(type, name);
  }

  @Override
  public void commit() {
    real.commit();
  }

  @Override
  public void close() {
    var _ = Objects.requireNonNull(proxy, "not started").shutdownNow();
    var _ = Objects.requireNonNull(channel, "not started").shutdownNow();
    real.close();
  }
}
