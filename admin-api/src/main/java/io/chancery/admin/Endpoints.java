package io.chancery.admin;

import io.chancery.admin.view.ReadinessView;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What can be asked for, and the answers. */
final class Endpoints {
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final Inspection inspection;
  private final String openApi = resource("openapi.yaml");

  /** In the order of the documentation. */
  final List<Endpoint> all =
      List.of(
          new Endpoint("/v1/status", this::status),
          new Endpoint("/v1/nodes", this::nodes),
          new Endpoint("/v1/fleets", this::fleets),
          new Endpoint("/v1/snapshots/{fleet}", this::snapshot),
          new Endpoint("/v1/snapshots/{fleet}/{type}", this::resources),
          new Endpoint("/v1/snapshots/{fleet}/{type}/<name>", this::resource),
          new Endpoint("/healthz", context -> text(context, "text/plain", "ok\n")),
          new Endpoint("/readyz", this::ready),
          new Endpoint("/metrics", this::metrics),
          new Endpoint("/openapi.yaml", this::openApi));

  Endpoints(Inspection inspection) {
    this.inspection = inspection;
  }

  /**
   * One path, for GET.
   *
   * @param path as Javalin has it: {@code {one segment}}, {@code <one or more segments>}
   */
  record Endpoint(String path, Handler handler) {

    /** The path as OpenAPI has it. */
    String documentedPath() {
      return path.replace('<', '{').replace('>', '}');
    }
  }

  private void status(Context context) {
    Errors.onlyParameters(context, Set.of("kind", "namespace", "name", "problems"));
    StatusQuery query =
        new StatusQuery(
            Optional.ofNullable(context.queryParam("kind")),
            Optional.ofNullable(context.queryParam("namespace")),
            Optional.ofNullable(context.queryParam("name")),
            flag(context, "problems"));
    context.json(inspection.objects(query));
  }

  private void nodes(Context context) {
    context.json(inspection.nodes());
  }

  private void fleets(Context context) {
    context.json(inspection.fleets());
  }

  private void snapshot(Context context) {
    String fleet = context.pathParam("fleet");
    context.json(
        inspection.snapshot(fleet).orElseThrow(() -> Errors.notFound("fleet '" + fleet + "'")));
  }

  private void resources(Context context) {
    String fleet = context.pathParam("fleet");
    String type = context.pathParam("type");
    context.json(
        inspection
            .resources(fleet, type)
            .orElseThrow(() -> Errors.notFound("type '" + type + "' in fleet '" + fleet + "'")));
  }

  private void resource(Context context) {
    String fleet = context.pathParam("fleet");
    String type = context.pathParam("type");
    String name = context.pathParam("name");
    context.json(
        inspection
            .resource(fleet, type, name)
            .orElseThrow(() ->
                Errors.notFound(
                    "resource '" + name + "' of type '" + type + "' in fleet '" + fleet + "'")));
  }

  private void ready(Context context) {
    ReadinessView readiness = inspection.readiness();
    context.status(readiness.ready() ? 200 : 503).json(readiness);
  }

  private void metrics(Context context) {
    text(context, PROMETHEUS, inspection.metrics());
  }

  private void openApi(Context context) {
    text(context, "application/yaml", openApi);
  }

  private static boolean flag(Context context, String name) {
    String value = Objects.requireNonNullElse(context.queryParam(name), "false");
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new BadRequestResponse(
              "query parameter " + name + ": '" + value + "'; expected true or false");
    };
  }

  private static void text(Context context, String type, String body) {
    context.contentType(type).result(body);
  }

  private static String resource(String name) {
    try (InputStream in = Endpoints.class.getResourceAsStream(name)) {
      byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }
}
