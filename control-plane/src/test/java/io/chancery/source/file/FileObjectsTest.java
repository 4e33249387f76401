package io.chancery.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.crd.BackendSpec;
import io.chancery.crd.FleetSpec;
import io.chancery.crd.Kinds;
import io.chancery.crd.ObjectKind;
import io.chancery.crd.RouteSpec;
import io.chancery.crd.gateway.HttpMatch;
import io.chancery.crd.gateway.HttpMatch.PathType;
import io.chancery.engine.Pipeline;
import io.chancery.model.Ref;
import io.chancery.source.Declared;
import io.chancery.source.ObjectTables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileObjectsTest {
  private static final String FLEET = "apiVersion: chancery.io/v1alpha1\nkind: Fleet\n";
  private static final Ref EDGE = new Ref("Fleet", "", "edge");

  @TempDir Path directory;

  private final ObjectTables tables = new ObjectTables();
  private final Pipeline pipeline = new Pipeline(tables.all());

  @Test
  void readsAllFieldsOfAnObject() throws IOException {
    FileObjects objects = objects();
    write(
        "route.yaml",
        """
        apiVersion: chancery.io/v1alpha1
        kind: Route
        metadata:
          name: orders
          labels: {app: shop}
          generation: 7
          creationTimestamp: 2026-01-31T12:00:00Z
          uid: ignored
        spec:
          parentRefs: [{name: edge}]
          hostnames: ["*.shop.example"]
          rules:
          - matches: [{path: {value: /orders}}]
            filters: [{type: CORS, cors: {allowOrigins: ["*"], maxAge: 5, allowCredentials: true}}]
            backendRefs: [{name: orders, port: 8080}]
        status: {ignored: true}
        """);
    look(objects);

    assertThat(objects.problems()).isEmpty();
    Declared<RouteSpec> route = row(Kinds.ROUTE, new Ref("Route", "default", "orders"));
    assertThat(route.meta().labels()).containsExactly(Map.entry("app", "shop"));
    assertThat(route.meta().generation()).isEqualTo(7);
    assertThat(route.meta().creationTimestamp()).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
    assertThat(route.spec().parentRefs().getFirst().kind()).isEqualTo("Gateway");
    RouteSpec.Rule rule = route.spec().rules().getFirst();
    assertThat(rule.name()).isNull();
    assertThat(rule.matches().getFirst().path())
        .isEqualTo(new HttpMatch.Path(PathType.PathPrefix, "/orders"));
    assertThat(rule.matches().getFirst().headers()).isEmpty();
    assertThat(rule.backendRefs().getFirst().weight()).isEqualTo(1);
    assertThat(rule.filters().getFirst().cors())
        .isEqualTo(Map.of("allowOrigins", List.of("*"), "maxAge", 5L, "allowCredentials", true));
  }

  @Test
  void readsJsonListsEmptyDocumentsAndOtherLineEnds() throws IOException {
    FileObjects objects = objects();
    write("empty.yaml", "");
    write("comments.yaml", "# nothing\n---\n# here\n---\n");
    write("bom.yaml", "\uFEFF" + FLEET.replace("\n", "\r\n") + "metadata: {name: bom}\r\n");
    write(
        "list.json",
        """
        {"apiVersion": "v1", "kind": "List", "items": [
          {"apiVersion": "chancery.io/v1alpha1", "kind": "Fleet", "metadata": {"name": "json"}},
        ]}
        """);
    write("run.yaml", "apiVersion: run.chancery.io/v1\nkind: Run\nwhatever: true\n");
    write("notes.txt", "not: [ours");
    write(".hidden.yaml", "not: [ours");
    look(objects);

    assertThat(objects.problems()).isEmpty();
    assertThat(tables.of(Kinds.FLEET).rows().keySet())
        .extracting(Ref::name)
        .containsExactlyInAnyOrder("bom", "json");
  }

  @Test
  void ignoresWhatOpenKindsHaveMore() throws IOException {
    FileObjects objects = objects();
    write(
        "service.yaml",
        """
        apiVersion: v1
        kind: Service
        metadata: {name: orders}
        spec: {clusterIP: 10.0.0.1, ports: [{port: 80, targetPort: web}]}
        """);
    look(objects);
    assertThat(objects.problems()).isEmpty();
    assertThat(row(Kinds.SERVICE, new Ref("Service", "default", "orders")).spec().ports())
        .hasSize(1);
  }

  @Test
  void usesTheNameThatAFieldHasOutside() throws IOException {
    FileObjects objects = objects();
    write(
        "backend.yaml",
        """
        apiVersion: chancery.io/v1alpha1
        kind: Backend
        metadata: {name: users}
        spec: {static: {endpoints: [{address: 127.0.0.1, port: 80}]}}
        """);
    look(objects);
    BackendSpec spec = row(Kinds.BACKEND, new Ref("Backend", "default", "users")).spec();
    assertThat(Optional.ofNullable(spec.staticEndpoints())).isPresent();
    assertThat(spec.protocol()).isEqualTo(BackendSpec.Protocol.Auto);
  }

  @Test
  void keepsTheObjectsOfAFileThatIsBroken() throws IOException {
    FileObjects objects = objects();
    write("a.yaml", Fleets.text("edge", 1));
    look(objects);
    write("a.yaml", "kind: [");
    look(objects);

    assertThat(hops()).contains(1);
    assertThat(lines(objects))
        .singleElement()
        .asString()
        .startsWith("a.yaml:1: SyntaxError: ")
        .endsWith("; its earlier objects stay");

    write("a.yaml", Fleets.text("edge", 2));
    look(objects);
    assertThat(hops()).contains(2);
    assertThat(objects.problems()).isEmpty();
  }

  @Test
  void keepsTheLastGoodVersionOfABrokenObjectAndTakesTheOthers() throws IOException {
    FileObjects objects = objects();
    write("a.yaml", Fleets.text("edge", 1) + "---\n" + Fleets.text("other", 1));
    look(objects);
    write("a.yaml", Fleets.text("edge", 100) + "---\n" + Fleets.text("other", 3));
    look(objects);

    assertThat(hops()).contains(1);
    assertThat(row(Kinds.FLEET, new Ref("Fleet", "", "other")).spec())
        .isEqualTo(new FleetSpec(3, null, Map.of()));
    assertThat(tables.problems().rows()).containsOnlyKeys(EDGE);
  }

  @Test
  void keepsObjectsWhileADocumentDoesNotSayWhichItIs() throws IOException {
    FileObjects objects = objects();
    write("a.yaml", Fleets.text("edge", 1));
    look(objects);
    write("a.yaml", Fleets.text("edge", 2).replace("kind: Fleet", "kind: Fleets"));
    look(objects);
    assertThat(hops()).contains(1);

    write("a.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n");
    look(objects);
    assertThat(hops()).as("a Pod is no object of ours").isEmpty();
  }

  @Test
  void deletesWithTheDocumentAndWithTheFile() throws IOException {
    FileObjects objects = objects();
    write("a.yaml", Fleets.text("edge", 1) + "---\n" + Fleets.text("other", 1));
    write("b.yaml", Fleets.text("third", 1));
    look(objects);
    write("a.yaml", Fleets.text("other", 1));
    Files.delete(directory.resolve("b.yaml"));
    look(objects);
    assertThat(tables.of(Kinds.FLEET).rows()).as("it may come back at once").hasSize(2);
    look(objects);
    assertThat(tables.of(Kinds.FLEET).rows()).containsOnlyKeys(new Ref("Fleet", "", "other"));
  }

  @Test
  void anEmptiedFileCountsAtTheSecondLook() throws IOException {
    FileObjects objects = objects();
    write("a.yaml", Fleets.text("edge", 1));
    look(objects);
    write("a.yaml", "");
    look(objects);
    assertThat(hops()).contains(1);
    look(objects);
    assertThat(hops()).isEmpty();
  }

  @Test
  void theFirstOfTwoCountsAndTheSecondTakesOver() throws IOException {
    FileObjects objects = objects();
    write("b.yaml", "\n" + Fleets.text("edge", 2));
    write("a.yaml", Fleets.text("edge", 1));
    look(objects);
    assertThat(hops()).contains(1);
    assertThat(lines(objects))
        .containsExactly(
            "b.yaml:2: Fleet edge: Duplicate: declared at b.yaml:2 and before at a.yaml:1;"
                + " the first counts");

    Files.delete(directory.resolve("a.yaml"));
    look(objects);
    look(objects);
    assertThat(hops()).contains(2);
    assertThat(tables.problems().rows()).isEmpty();
  }

  @Test
  void keepsEverythingWhileTheDirectoryIsGone() throws IOException {
    Path root = Files.createDirectory(directory.resolve("root"));
    FileObjects objects = new FileObjects(List.of(root), tables);
    Files.writeString(root.resolve("a.yaml"), Fleets.text("edge", 1));
    look(objects);
    Files.move(root, directory.resolve("elsewhere"));
    look(objects);
    look(objects);
    assertThat(hops()).contains(1);
    assertThat(lines(objects))
        .containsExactly(
            "root:1: Invalid: cannot be read, what it held stays:"
                + " there is no such file or directory");

    Files.move(directory.resolve("elsewhere"), root);
    look(objects);
    assertThat(objects.problems()).isEmpty();
  }

  @Test
  void followsLinksInsideAndNotOutside() throws IOException {
    Path root = Files.createDirectories(directory.resolve("root"));
    Files.createDirectories(root.resolve("..data"));
    Files.writeString(root.resolve("..data/a.yaml"), Fleets.text("edge", 1));
    Files.createSymbolicLink(root.resolve("a.yaml"), Path.of("..data/a.yaml"));
    Files.createSymbolicLink(root.resolve("circle"), Path.of("."));
    Files.createSymbolicLink(root.resolve("dangling.yaml"), Path.of("nowhere"));
    write("outside.yaml", Fleets.text("outside", 1));
    Files.createSymbolicLink(root.resolve("link.yaml"), directory.resolve("outside.yaml"));
    FileObjects objects = new FileObjects(List.of(root), tables);
    look(objects);

    assertThat(tables.of(Kinds.FLEET).rows()).containsOnlyKeys(EDGE);
    assertThat(lines(objects))
        .satisfiesExactly(
            circle -> assertThat(circle).startsWith("root/circle:1: ").contains("leads back"),
            link -> assertThat(link).startsWith("root/link.yaml:1: ").contains("leads out"));
  }

  @Test
  void locatesFields() throws IOException {
    FileObjects objects = objects();
    write("a.yaml", "# top\n" + Fleets.text("other", 1) + "---\n" + Fleets.text("edge", 1));
    write(
        "list.yaml",
        """
        apiVersion: v1
        kind: List
        items:
        - apiVersion: v1
          kind: Namespace
          metadata: {name: a}
        - apiVersion: v1
          kind: Namespace
          metadata:
            name: b
            labels:
              x.y/z: "1"
        """);
    look(objects);
    Ref b = new Ref("Namespace", "", "b");
    assertThat(objects.locate(EDGE, "").orElseThrow().line()).isEqualTo(8);
    assertThat(objects.locate(EDGE, "spec.trustedHops").orElseThrow().line()).isEqualTo(12);
    assertThat(objects.locate(EDGE, "spec.rules[3].name").orElseThrow().line()).isEqualTo(11);
    assertThat(objects.locate(b, "metadata.labels[x.y/z]").orElseThrow().line()).isEqualTo(12);
    assertThat(objects.locate(new Ref("Fleet", "", "nobody"), "")).isEmpty();
  }

  @Test
  void givesOnlyWhatChanged() throws IOException {
    FileObjects objects = objects();
    write("a.yaml", Fleets.text("edge", 1) + "---\n" + Fleets.text("other", 1));
    write("b.yaml", Fleets.text("third", 1));
    assertThat(objects.refresh()).hasSize(3);
    assertThat(objects.refresh()).isEmpty();
    write("a.yaml", "# moved\n" + Fleets.text("edge", 1) + "---\n" + Fleets.text("other", 2));
    assertThat(objects.refresh()).hasSize(1);
  }

  private FileObjects objects() {
    return new FileObjects(List.of(directory), tables);
  }

  private void look(FileObjects objects) {
    pipeline.apply(objects.refresh(), () -> {});
  }

  private void write(String name, String text) throws IOException {
    Files.write(directory.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }

  private Optional<Integer> hops() {
    return Optional.ofNullable(tables.of(Kinds.FLEET).rows().get(EDGE))
        .map(fleet -> fleet.spec().trustedHops());
  }

  private <S extends Record> Declared<S> row(ObjectKind<S> kind, Ref ref) {
    return Optional.ofNullable(tables.of(kind).rows().get(ref)).orElseThrow();
  }

  private List<String> lines(FileObjects objects) {
    String prefix = directory + "/";
    return objects.problems().stream()
        .map(problem -> problem.toString().replace(prefix, ""))
        .toList();
  }
}
