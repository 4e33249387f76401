package io.chancery.bench.fleet;

/** What is measured of a server, with its unit. */
enum Metric {
  START("all nodes from nothing to everything, s"),
  HEAP("live heap for each node, KB"),
  IDLE("CPU of the server while nothing changes, ms for each s"),
  ROUTE_FIRST("route changed: first ACK, ms"),
  ROUTE_P50("route changed: ACK of the fleet p50, ms"),
  ROUTE_P99("route changed: ACK of the fleet p99, ms"),
  ROUTE_MAX("route changed: ACK of the fleet max, ms"),
  ROUTE_CPU("route changed: CPU of the server for each node, µs"),
  ROUTE_BYTES("route changed: bytes to each node"),
  ROUTE_ALLOCATED("route changed: allocated by the server, KB"),
  ENDPOINT_FIRST("endpoint changed: first ACK, ms"),
  ENDPOINT_P50("endpoint changed: ACK of the fleet p50, ms"),
  ENDPOINT_P99("endpoint changed: ACK of the fleet p99, ms"),
  ENDPOINT_MAX("endpoint changed: ACK of the fleet max, ms"),
  ENDPOINT_CPU("endpoint changed: CPU of the server for each node, µs"),
  ENDPOINT_BYTES("endpoint changed: bytes to each node"),
  ENDPOINT_ALLOCATED("endpoint changed: allocated by the server, KB"),
  KNOWN("reconnect with known versions: until all have the next change, s"),
  KNOWN_CPU("reconnect with known versions: CPU of the server for each node, µs"),
  KNOWN_RESOURCES("reconnect with known versions: resources sent again to each node"),
  KNOWN_TO("reconnect with known versions: KB to each node"),
  KNOWN_FROM("reconnect with known versions: KB from each node"),
  NEW("reconnect without versions: until all have everything, s"),
  NEW_CPU("reconnect without versions: CPU of the server for each node, µs"),
  NEW_TO("reconnect without versions: KB to each node"),
  SLOW_P99("route changed while 5 % do not read: ACK of the others p99, ms"),
  SLOW_RESPONSES("responses to each of the 5 % when it reads again, for 20 changes"),
  REFUSED("offers of a refused resource to each of the 1 % that refuse it, in 2 s"),
  ORDER("deviations from make before break, in 4 moves of a route to a new cluster, for each node");

  private final String label;

  Metric(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** What is measured of a kind of change. */
  record OfChange(
      Metric first,
      Metric p50,
      Metric p99,
      Metric max,
      Metric cpu,
      Metric bytes,
      Metric allocated) {}

  /** One resource of many, of a kind that is asked for by name. */
  static final OfChange ROUTE =
      new OfChange(
          ROUTE_FIRST, ROUTE_P50, ROUTE_P99, ROUTE_MAX, ROUTE_CPU, ROUTE_BYTES, ROUTE_ALLOCATED);

  /** As {@link #ROUTE}, of the kind that changes most. */
  static final OfChange ENDPOINT =
      new OfChange(
          ENDPOINT_FIRST,
          ENDPOINT_P50,
          ENDPOINT_P99,
          ENDPOINT_MAX,
          ENDPOINT_CPU,
          ENDPOINT_BYTES,
          ENDPOINT_ALLOCATED);
}
