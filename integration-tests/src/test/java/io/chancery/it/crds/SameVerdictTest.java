package io.chancery.it.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.crd.CrdFiles;
import io.chancery.engine.Write;
import io.chancery.it.crds.Requests.Answer;
import io.chancery.source.Declared;
import io.chancery.source.ObjectTables;
import io.chancery.source.file.FileObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A directory and the API server take and refuse the same objects, and fill in the same values. */
class SameVerdictTest {
  private static Requests requests;

  @TempDir Path directory;

  /** What a directory makes of a document. */
  private record Read(List<String> problems, List<Record> specs) {}

  @BeforeAll
  static void install() throws IOException {
    requests = Requests.of(Installed.crds());
  }

  static Stream<Row> rows() {
    return Stream.concat(RouteRows.all().stream(), OtherRows.all().stream());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void directoryAndServerAgree(Row row) throws IOException {
    Read read = read(row.document());
    Answer answer = requests.create(row.kind(), row.document());

    assertThat(read.problems().isEmpty())
        .as("directory: %s", read.problems())
        .isEqualTo(row.taken());
    assertThat(answer.taken()).as("server: %s", answer.body()).isEqualTo(row.taken());
    // A rule that cannot be evaluated refuses everything.
    assertThat(answer.body()).doesNotContain("evaluating rule");
    if (row.taken()) {
      assertThat(read(answer.body())).isEqualTo(read);
    }
  }

  @Test
  void tableIsNotSmall() {
    assertThat(rows()).hasSizeGreaterThan(80).extracting(Row::toString).doesNotHaveDuplicates();
    assertThat(rows().map(row -> row.kind().name()).distinct()).hasSameSizeAs(CrdFiles.all());
  }

  private Read read(String document) throws IOException {
    Files.writeString(directory.resolve("object.yaml"), document);
    FileObjects objects = new FileObjects(List.of(directory), new ObjectTables());
    List<Record> specs =
        objects.refresh().stream()
            .map(Write::row)
            .filter(Declared.class::isInstance)
            .<Record>map(row -> ((Declared<?>) row).spec())
            .toList();
    return new Read(objects.problems().stream().map(Object::toString).toList(), specs);
  }
}
