package io.chancery.stream;

import com.google.protobuf.ByteString;
import io.chancery.model.KeyProof;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.grpc.util.CertificateUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate of the server and the authority of its clients, in a directory with {@code
 * tls.crt}, {@code tls.key} and {@code ca.crt}. Renewed files count for new connections within two
 * seconds; open ones live on. Files that cannot be used, or not together, change nothing.
 */
final class TlsFiles implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TlsFiles.class);
  private static final long LOOK_SECONDS = 1;

  private final Path directory;
  private final AdvancedTlsX509KeyManager keys = new AdvancedTlsX509KeyManager();
  private final AdvancedTlsX509TrustManager authorities;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("xds-certificates").factory());

  /** What was used last, or could not be: that does not change until the files do. */
  private Contents read;

  /**
   * Reads the files, and watches them.
   *
   * @throws IllegalArgumentException if they cannot be used; the message is for users
   * @throws UncheckedIOException if they cannot be read
   */
  TlsFiles(Path directory) {
    this.directory = directory;
    try {
      authorities =
          AdvancedTlsX509TrustManager.newBuilder()
              .setVerification(
                  AdvancedTlsX509TrustManager.Verification.CERTIFICATE_ONLY_VERIFICATION)
              .build();
      read = Contents.of(directory);
      use(read);
    } catch (IOException cause) {
      throw new UncheckedIOException("cannot read the xDS certificates", cause);
    } catch (GeneralSecurityException | IllegalArgumentException cause) {
      throw new IllegalArgumentException(
          "the xDS certificates in " + directory + " cannot be used: " + cause.getMessage(), cause);
    }
    var _ = watch.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  private record Contents(ByteString certificate, ByteString key, ByteString authority) {
    static Contents of(Path directory) throws IOException {
      return new Contents(
          bytes(directory, "tls.crt"), bytes(directory, "tls.key"), bytes(directory, "ca.crt"));
    }

    private static ByteString bytes(Path directory, String file) throws IOException {
      return ByteString.copyFrom(Files.readAllBytes(directory.resolve(file)));
    }

    /** Masked: it holds a key. */
    @Override
    public String toString() {
      return "Contents[***]";
    }
  }

  /** Mutual TLS with what was read last. */
  ServerCredentials credentials() {
    return TlsServerCredentials.newBuilder()
        .keyManager(keys)
        .trustManager(authorities)
        .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
        .build();
  }

  private void look() {
    try {
      Contents now = Contents.of(directory);
      if (!now.equals(read)) {
        read = now;
        use(now);
        LOG.info("the xDS certificates in {} are renewed", directory);
      }
    } catch (IOException | GeneralSecurityException | RuntimeException cause) {
      // Perhaps half of them has been renewed: the next look tells.
      LOG.warn(
          "the xDS certificates in {} cannot be used, those before stay: {}",
          directory,
          cause.getMessage());
    }
  }

  private void use(Contents contents) throws GeneralSecurityException, IOException {
    X509Certificate[] chain = CertificateUtils.getX509Certificates(contents.certificate.newInput());
    X509Certificate[] trusted = CertificateUtils.getX509Certificates(contents.authority.newInput());
    if (chain.length == 0 || trusted.length == 0) {
      throw new IllegalArgumentException("tls.crt and ca.crt need a certificate each");
    }
    PrivateKey key = CertificateUtils.getPrivateKey(contents.key.newInput());
    if (!KeyProof.belongs(key, chain[0].getPublicKey())) {
      throw new IllegalArgumentException("tls.key does not belong to tls.crt");
    }
    authorities.updateTrustCredentials(trusted);
    keys.updateIdentityCredentials(chain, key);
  }

  @Override
  public void close() {
    List<Runnable> _ = watch.shutdownNow();
  }
}
