package io.chancery.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.opentest4j.TestAbortedException;

/** A self-signed certificate in the three files of a TLS directory. */
final class TestCertificates {
  private TestCertificates() {}

  static XdsTls write(Path directory) throws IOException {
    Path certificate = directory.resolve("tls.crt");
    Path key = directory.resolve("tls.key");
    List<String> command =
        List.of(
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "1",
            "-subj",
            "/CN=test",
            "-out",
            certificate.toString(),
            "-keyout",
            key.toString());
    Command.Outcome outcome = Command.run(command, Duration.ofSeconds(20));
    if (outcome.status() < 0) {
      throw new TestAbortedException("needs openssl: " + outcome.summary());
    }
    assertThat(outcome.status()).as(outcome.output()).isZero();
    Files.copy(certificate, directory.resolve("ca.crt"), StandardCopyOption.REPLACE_EXISTING);
    return new XdsTls(directory);
  }
}
