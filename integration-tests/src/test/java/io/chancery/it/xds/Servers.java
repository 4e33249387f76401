package io.chancery.it.xds;

import java.util.List;
import java.util.function.Supplier;

/** All servers that the kit is run against. */
final class Servers {
  static final List<Supplier<ServerUnderTest>> ALL =
      List.of(ChanceryServer::new, JavaControlPlaneServer::new);

  private Servers() {}
}
