package io.chancery.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.Test;

/** Policy {@code jwt}. */
class JwtTrafficTest {
  private static final String ISSUER = "https://login.shop.example";

  static ECKey key() throws JOSEException {
    return new ECKeyGenerator(Curve.P_256).keyID("1").generate();
  }

  static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience("shop")
        .subject("ada")
        .expirationTime(Date.from(Instant.now().plusSeconds(3_600)));
  }

  static String signed(ECKey key, JWTClaimsSet claims) throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
    token.sign(new ECDSASigner(key));
    return "Authorization: Bearer " + token.serialize();
  }

  private static String objects(String inline, String uri) {
    return """
    apiVersion: chancery.io/v1alpha1
    kind: IdentityProvider
    metadata: {name: inline, namespace: shop}
    spec:
      issuer: https://login.shop.example
      audiences: [shop]
      jwks: {inline: '%s'}
      claimsToHeaders: [{claim: sub, header: X-User}]
    ---
    apiVersion: chancery.io/v1alpha1
    kind: IdentityProvider
    metadata: {name: remote, namespace: shop}
    spec:
      issuer: https://login.shop.example
      audiences: [shop]
      jwks: {uri: "%s", refresh: 1s}
    ---
    apiVersion: chancery.io/v1alpha1
    kind: Route
    metadata: {name: orders, namespace: shop}
    spec:
      parentRefs: [{name: edge}]
      rules:
      - name: closed
        matches: [{path: {value: /closed}}]
        backendRefs: [{name: orders, port: 80}]
        policy: {jwt: {providers: [{name: inline}]}}
      - name: optional
        matches: [{path: {value: /optional}}]
        backendRefs: [{name: orders, port: 80}]
        policy: {jwt: {providers: [{name: inline}], optional: true}}
      - name: remote
        matches: [{path: {value: /remote}}]
        backendRefs: [{name: orders, port: 80}]
        policy: {jwt: {providers: [{name: remote}]}}
      - name: unknown
        matches: [{path: {value: /unknown}}]
        backendRefs: [{name: orders, port: 80}]
        policy: {jwt: {providers: [{name: nobody}]}}
      - name: public
        matches: [{path: {value: /public}}]
        backendRefs: [{name: orders, port: 80}]
    """
        .formatted(inline, uri);
  }

  @Test
  void onlyGoodTokensPass() throws Exception {
    ECKey key = key();
    ECKey foreign = key();
    try (Upstream orders = new Upstream("orders");
        Upstream login = new Upstream("login")) {
      String keys = new JWKSet(key.toPublicJWK()).toString();
      login.alwaysAnswer(keys);
      try (RunningGateway gateway =
          new RunningGateway(
              RunningGateway.GATEWAY,
              objects(keys, "http://127.0.0.1:" + login.port() + "/jwks.json"),
              orders.asService("orders"))) {
        String good = signed(key, claims().build());
        assertThat(gateway.get("a.example", "/closed").status()).as("no token").isEqualTo(401);
        RawHttp.Response passed = gateway.get("a.example", "/closed", good, "x-user: mallory");
        assertThat(passed.status()).isEqualTo(200);
        assertThat(passed.body().lines())
            .contains("x-user: ada")
            .noneMatch(l -> l.startsWith("authorization"));

        badTokensAreRefused(gateway, key, foreign);
        otherRequirements(gateway, good, signed(foreign, claims().build()));
        gateway.assertNothingRefused();
      }
    }
  }

  private static void badTokensAreRefused(RunningGateway gateway, ECKey key, ECKey foreign)
      throws JOSEException {
    assertRefused(gateway, "another key", signed(foreign, claims().build()));
    assertRefused(
        gateway,
        "expired",
        signed(key, claims().expirationTime(Date.from(Instant.now().minusSeconds(600))).build()));
    assertRefused(gateway, "never expires", signed(key, claims().expirationTime(null).build()));
    assertRefused(
        gateway, "another issuer", signed(key, claims().issuer("https://evil.example").build()));
    assertRefused(
        gateway,
        "not signed",
        "Authorization: Bearer " + new PlainJWT(claims().build()).serialize());
    assertRefused(gateway, "no token at all", "Authorization: Bearer x.y.z");
    assertThat(
            gateway
                .get("a.example", "/closed", signed(key, claims().audience("other").build()))
                .status())
        .as("another audience")
        .isEqualTo(403);
  }

  private static void otherRequirements(RunningGateway gateway, String good, String forged) {
    assertThat(gateway.get("a.example", "/optional").status()).isEqualTo(200);
    assertThat(gateway.get("a.example", "/optional", good).status()).isEqualTo(200);
    assertThat(gateway.get("a.example", "/optional", forged).status()).isEqualTo(401);

    gateway.awaitStatus(200, "a.example", "/remote", good);
    assertThat(gateway.get("a.example", "/remote").status()).isEqualTo(401);

    assertThat(gateway.get("a.example", "/unknown", good).status())
        .as("closed, never open")
        .isEqualTo(500);
    RawHttp.Response open = gateway.get("a.example", "/public", "X-User: mallory");
    assertThat(open.status()).isEqualTo(200);
    assertThat(open.body().lines())
        .as("a forged identity")
        .noneMatch(line -> line.startsWith("x-user"));
  }

  private static void assertRefused(RunningGateway gateway, String what, String token) {
    assertThat(gateway.get("a.example", "/closed", token).status()).as(what).isEqualTo(401);
  }
}
