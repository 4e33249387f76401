package io.chancery.cli;

import io.chancery.app.ControlPlane;
import io.chancery.app.Server;
import io.chancery.app.local.LocalCompanions;
import io.chancery.app.local.LocalRun;
import io.chancery.model.Problem;
import io.chancery.source.file.Located;
import io.chancery.xds.ResourceKind;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * What {@code run} prints before it is ready: where to send requests, which requests, and what is
 * wrong.
 */
record Welcome(
    PrintWriter out, Server server, LocalCompanions companions, Function<Problem, Located> place) {

  void print(Path directory) {
    ControlPlane plane = server.plane();
    out.println("serving " + directory);
    out.println(
        "  xDS on 127.0.0.1:"
            + plane.xdsPort()
            + ", admin API on http://127.0.0.1:"
            + server.adminPort());
    for (String fleet : plane.store().fleets()) {
      plane
          .store()
          .snapshot(fleet)
          .resources(ResourceKind.LISTENER)
          .keySet()
          .forEach(listener -> out.println("  fleet " + fleet + " listens on " + listener));
    }
    plane.board().reports().stream()
        .flatMap(report -> report.status().problems().stream())
        .map(place)
        .sorted()
        .forEach(problem -> out.println("problem: " + problem));
    if (!companions.requests().isEmpty()) {
      out.println("try:");
    }
    for (LocalRun.Request request : companions.requests()) {
      out.println();
      out.println("  # " + request.title());
      out.println("  " + request.command());
    }
    out.println();
  }
}
