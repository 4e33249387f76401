package io.chancery.app.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.chancery.app.local.LocalRun.Login;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;

/**
 * An issuer of tokens on loopback, with one user who is always logged in. Its key is kept, so that
 * proxies which have fetched the key set go on accepting its tokens after a restart; the token is
 * new at each start and is valid for twelve hours.
 */
public final class DevelopmentLogin implements AutoCloseable {
  private static final Duration TOKEN_LIFE = Duration.ofHours(12);
  private static final String KEY_SET_PATH = "/jwks.json";
  private static final int DEFAULT_BACKLOG = 0;
  private static final int OK = 200;

  private final HttpServer server;
  private final String token;
  private final Path tokenFile;

  private DevelopmentLogin(HttpServer server, String token, Path tokenFile) {
    this.server = server;
    this.token = token;
    this.tokenFile = tokenFile;
  }

  /**
   * Issues the token and serves the key set.
   *
   * @throws LocalRunException if the port is taken or the directory cannot be written
   */
  public static DevelopmentLogin start(
      Login login, DevelopmentDirectory directory, InstantSource clock) throws LocalRunException {
    try {
      ECKey key = key(login, directory);
      String token = token(login, key, clock.instant());
      Path tokenFile = directory.write(login.name() + ".token", token);
      return new DevelopmentLogin(serve(login, new JWKSet(key.toPublicJWK())), token, tokenFile);
    } catch (IOException | JOSEException e) {
      throw new LocalRunException(
          "login %s: cannot serve on 127.0.0.1:%d: %s"
              .formatted(login.name(), login.port(), e.getMessage()),
          e);
    }
  }

  private static ECKey key(Login login, DevelopmentDirectory directory)
      throws IOException, JOSEException {
    String name = login.name() + ".jwk";
    Path file = directory.file(name);
    if (Files.exists(file)) {
      try {
        return ECKey.parse(Files.readString(file));
      } catch (ParseException _) {
        // Made anew below: a development key is worth no error.
      }
    }
    ECKey key =
        new ECKeyGenerator(Curve.P_256)
            .keyUse(KeyUse.SIGNATURE)
            .algorithm(JWSAlgorithm.ES256)
            .keyIDFromThumbprint(true)
            .generate();
    directory.write(name, key.toJSONString());
    return key;
  }

  private static String token(Login login, ECKey key, Instant now) throws JOSEException {
    JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder();
    login.claims().forEach(claims::claim);
    claims
        .issuer(login.issuer())
        .audience(login.audience())
        .subject(login.subject())
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plus(TOKEN_LIFE)));
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
            claims.build());
    token.sign(new ECDSASigner(key));
    return token.serialize();
  }

  private static HttpServer serve(Login login, JWKSet keys) throws IOException {
    byte[] answer = keys.toString(true).getBytes(UTF_8);
    HttpServer server = HttpServer.create(LocalUpstreams.loopback(login.port()), DEFAULT_BACKLOG);
    server.createContext(KEY_SET_PATH, exchange -> answer(exchange, answer));
    server.start();
    return server;
  }

  private static void answer(HttpExchange exchange, byte[] answer) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("content-type", "application/jwk-set+json");
      exchange.sendResponseHeaders(OK, answer.length);
      try (OutputStream body = exchange.getResponseBody()) {
        body.write(answer);
      }
    }
  }

  /** Where the key set is served. */
  public URI keySet() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + KEY_SET_PATH);
  }

  /** A token of the user, ready for {@code authorization: Bearer}. */
  public String token() {
    return token;
  }

  /** A file that holds the token and nothing else. */
  public Path tokenFile() {
    return tokenFile;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
