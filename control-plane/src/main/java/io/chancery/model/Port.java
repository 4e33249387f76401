package io.chancery.model;

import java.util.List;
import java.util.Optional;

/**
 * All listeners of a fleet at one address and port, in order of precedence.
 *
 * @param protocol what is spoken here: that of the listener with precedence
 * @param trustedHops trusted proxies in front of the fleet
 * @param tables how the fleet has its routes laid out
 */
public record Port(
    PortKey key,
    Gateway.Protocol protocol,
    int trustedHops,
    TableForm tables,
    List<Entrance> entrances) {

  /**
   * A Gateway listener at this port.
   *
   * @param conflict why another listener has precedence over this one; empty if it is in use
   */
  public record Entrance(
      Ref gateway,
      String listener,
      Hostname hostname,
      List<Ref> certificates,
      Optional<Reason> conflict) {

    /** Name of the filter chain and of its table of routes, on TLS. */
    public String chain() {
      return gateway.namespace() + "/" + gateway.name() + "/" + listener;
    }
  }

  /** Listeners that are in use. */
  public List<Entrance> used() {
    return entrances.stream().filter(entrance -> entrance.conflict().isEmpty()).toList();
  }

  /** Name of the Envoy listener. */
  public String listenerName() {
    return (protocol == Gateway.Protocol.HTTPS ? "https/" : "http/")
        + key.address()
        + ":"
        + key.port();
  }

  /**
   * Name of the table of routes that this entrance uses. Plain HTTP has one per port, TLS one per
   * chain.
   */
  public String tableName(Entrance entrance) {
    return protocol == Gateway.Protocol.HTTPS ? entrance.chain() : listenerName();
  }
}
