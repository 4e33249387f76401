package io.chancery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.crd.CrdFiles;
import java.io.BufferedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class CrdsCommandTest {
  @Test
  void printsAllOfEveryCrd() {
    StringWriter printed = new StringWriter();
    // As with a pipe: what is not flushed when the command ends is lost.
    PrintWriter buffered = new PrintWriter(new BufferedWriter(printed));

    assertThat(Chancery.commandLine().setOut(buffered).execute("crds")).isZero();

    assertThat(printed).hasToString(String.join("---\n", CrdFiles.all()));
  }
}
