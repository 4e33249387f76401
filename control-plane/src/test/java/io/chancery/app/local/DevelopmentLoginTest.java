package io.chancery.app.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.chancery.app.local.LocalRun.Login;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevelopmentLoginTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path data;

  @Test
  void issuesATokenThatItsKeySetVerifies() throws Exception {
    try (DevelopmentLogin login = start(0, NOW)) {
      SignedJWT token = SignedJWT.parse(login.token());
      JWK key = JWKSet.load(login.keySet().toURL()).getKeyByKeyId(token.getHeader().getKeyID());
      assertThat(key.isPrivate()).isFalse();
      assertThat(token.verify(new ECDSAVerifier(key.toECKey()))).isTrue();
      JWTClaimsSet claims = token.getJWTClaimsSet();
      assertThat(claims.getIssuer()).isEqualTo("https://login.shop.example");
      assertThat(claims.getAudience()).containsExactly("shop");
      assertThat(claims.getSubject()).isEqualTo("ada");
      assertThat(claims.getStringListClaim("groups")).containsExactly("staff");
      assertThat(claims.getExpirationTime()).isEqualTo(Date.from(NOW.plus(Duration.ofHours(12))));
    }
  }

  @Test
  void keepsItsKeyAndRenewsTheToken() throws Exception {
    String keys;
    String token;
    try (DevelopmentLogin login = start(0, NOW)) {
      keys = JWKSet.load(login.keySet().toURL()).toString();
      token = login.token();
    }
    try (DevelopmentLogin login = start(0, NOW.plus(Duration.ofHours(1)))) {
      assertThat(JWKSet.load(login.keySet().toURL())).hasToString(keys);
      assertThat(login.token()).isNotEqualTo(token);
      assertThat(login.tokenFile()).hasContent(login.token());
    }
  }

  @Test
  void keepsKeyAndTokenToTheOwner() throws Exception {
    try (DevelopmentLogin login = start(0, NOW)) {
      for (Path file :
          List.of(login.tokenFile(), login.tokenFile().resolveSibling("shop-login.jwk"))) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  void saysWhichPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> start(taken.getLocalPort(), NOW))
          .isInstanceOf(LocalRunException.class)
          .hasMessageContaining("shop-login")
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
    }
  }

  private DevelopmentLogin start(int port, Instant now) throws Exception {
    Map<String, Object> claims = Map.of("groups", List.of("staff"));
    Login login =
        new Login("shop-login", port, "https://login.shop.example", "shop", "ada", claims);
    return DevelopmentLogin.start(login, DevelopmentDirectory.in(data), InstantSource.fixed(now));
  }
}
