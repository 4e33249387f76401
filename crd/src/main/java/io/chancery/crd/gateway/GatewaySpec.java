package io.chancery.crd.gateway;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where traffic enters: ports, host names and certificates.
 *
 * @param addresses addresses that the listeners bind to; all addresses if empty
 * @param infrastructure labels, annotations and parameters of the data plane; nothing of it is used
 *     yet
 */
public record GatewaySpec(
    @Required String gatewayClassName,
    @Required @Size(min = 1, max = 64) List<Listener> listeners,
    @Size(max = 16) List<Address> addresses,
    @Nullable Object infrastructure,
    @Nullable Object allowedListeners,
    @Nullable Object tls,
    @Nullable String defaultScope) {

  /** An address: {@code IPAddress} is the only type that is supported. */
  public record Address(@Default("IPAddress") String type, @Nullable String value) {}

  /**
   * One entrance.
   *
   * @param hostname host name, or {@code *.} and a host name; any host if null
   * @param protocol {@code HTTP} or {@code HTTPS}; others are reported as unsupported
   */
  public record Listener(
      @Required @Size(min = 1, max = 253) String name,
      @Size(min = 1, max = 253) @Pattern(HostnamePattern.LISTENER) @Nullable String hostname,
      @Required @Min(1) @Max(65535) Integer port,
      @Required String protocol,
      @Nullable Tls tls,
      @Nullable AllowedRoutes allowedRoutes) {}

  /** TLS of a listener. */
  public record Tls(
      @Default("Terminate") TlsMode mode,
      @Size(max = 64) List<SecretReference> certificateRefs,
      @Nullable Object frontendValidation,
      @Size(max = 16) Map<String, String> options) {}

  /** Who ends TLS. */
  public enum TlsMode {
    Terminate,
    Passthrough
  }

  /** Names a Secret. */
  public record SecretReference(
      @Default("") String group,
      @Default("Secret") String kind,
      @Nullable String namespace,
      @Required @Size(min = 1, max = 253) String name) {}

  /** Which routes may attach. */
  public record AllowedRoutes(
      @Nullable RouteNamespaces namespaces, @Size(max = 8) List<RouteKind> kinds) {}

  /** From which namespaces routes may attach. */
  public record RouteNamespaces(
      @Default("Same") FromNamespaces from, @Nullable LabelSelector selector) {}

  /** A set of namespaces. */
  public enum FromNamespaces {
    All,
    Same,
    Selector,
    None
  }

  /** A kind of route. */
  public record RouteKind(
      @Default("gateway.networking.k8s.io") String group, @Required String kind) {}

  /** Selects by labels; all parts must hold. */
  public record LabelSelector(
      Map<String, String> matchLabels, List<LabelExpression> matchExpressions) {}

  /** One condition on a label. */
  public record LabelExpression(
      @Required String key, @Required LabelOperator operator, List<String> values) {}

  /** How a label is compared. */
  public enum LabelOperator {
    In,
    NotIn,
    Exists,
    DoesNotExist
  }
}
