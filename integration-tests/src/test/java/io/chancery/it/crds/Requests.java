package io.chancery.it.crds;

import io.chancery.crd.ObjectKind;
import io.chancery.crd.ObjectKind.Scope;
import io.chancery.it.kubernetes.ApiServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Asks an API server what it makes of an object, and leaves nothing there. */
final class Requests {
  private final ApiServer server;
  private final HttpClient client;

  /** The answer to one request. */
  record Answer(int status, String body) {
    boolean taken() {
      return status == 201;
    }
  }

  private Requests(ApiServer server, HttpClient client) {
    this.server = server;
    this.client = client;
  }

  static Requests of(ApiServer server) throws IOException {
    return new Requests(server, HttpClient.newBuilder().sslContext(trusting(server)).build());
  }

  /** Creates an object as {@code kubectl apply --validate=strict --dry-run=server} would. */
  Answer create(ObjectKind<?> kind, String document) throws IOException {
    String namespace = kind.scope() == Scope.CLUSTER ? "" : "namespaces/default/";
    URI uri =
        URI.create(
            "%s/apis/%s/%s%s?dryRun=All&fieldValidation=Strict"
                .formatted(server.url(), kind.apiVersion(), namespace, plural(kind)));
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + server.token())
            .header("Content-Type", "application/yaml")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(document))
            .build();
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (InterruptedException cause) {
      throw new IllegalStateException("interrupted while a request was under way", cause);
    }
  }

  private static String plural(ObjectKind<?> kind) {
    String name = kind.name().toLowerCase(Locale.ROOT);
    return name.endsWith("y") ? name.substring(0, name.length() - 1) + "ies" : name + "s";
  }

  private static SSLContext trusting(ApiServer server) throws IOException {
    try (InputStream pem = Files.newInputStream(server.certificates())) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        trusted.setCertificateEntry(String.valueOf(trusted.size()), certificate);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException cause) {
      throw new IllegalStateException("the server's certificates cannot be trusted", cause);
    }
  }
}
