package io.chancery.compile;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.chancery.xds.Resource;
import io.envoyproxy.envoy.config.route.v3.DirectResponseAction;
import io.envoyproxy.envoy.config.route.v3.Route;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is served in the place of a route that an Envoy refused; reliability.md L1 and L3.
 *
 * @param form what stands in its place
 * @param made what was in force before, or what was refused, if there was nothing before
 * @param text Envoy's words
 */
record HeldRoute(Form form, Made made, String text) {

  /** What may stand in the place of a route; each is tried when the one before is refused, too. */
  enum Form {
    /** What the fleet ran before. */
    LAST_GOOD,
    /** Its matches, with an answer of 500: a wider route must not get its requests. */
    CLOSED,
    /** Nothing: its matches themselves are refused. */
    ABSENT
  }

  /** A compiled route and where it stands. */
  record Made(CompiledRoute route, Placement placement) {}

  CompiledRoute route() {
    return switch (form) {
      case LAST_GOOD -> made.route;
      case CLOSED -> closed(made.route);
      case ABSENT -> new CompiledRoute(List.of(), new TreeSet<>(), new TreeMap<>(), List.of());
    };
  }

  Placement placement() {
    return switch (form) {
      case LAST_GOOD, CLOSED -> made.placement;
      case ABSENT -> new Placement(new TreeSet<>());
    };
  }

  private static CompiledRoute closed(CompiledRoute route) {
    NavigableMap<io.chancery.policy.FilterId, ByteString> noSettings = new TreeMap<>();
    List<CompiledRoute.Entry> entries =
        route.matches().stream()
            .map(entry -> new CompiledRoute.Entry(entry.order(), closed(entry.route()), noSettings))
            .toList();
    return new CompiledRoute(entries, new TreeSet<>(), new TreeMap<>(), List.of());
  }

  private static ByteString closed(ByteString route) {
    try {
      Route whole = Route.parseFrom(route);
      return Resource.serialise(
          Route.newBuilder()
              .setName(whole.getName())
              .setMatch(whole.getMatch())
              .setDirectResponse(DirectResponseAction.newBuilder().setStatus(RouteActions.CLOSED))
              .build());
    } catch (InvalidProtocolBufferException cause) {
      throw new IllegalStateException("not a route", cause);
    }
  }
}
