package io.chancery.policy.jwt;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.chancery.crd.IdentityProviderSpec.Jwks;
import io.chancery.model.Checked;
import io.chancery.model.IdentityProvider.KeySet;
import io.chancery.model.Problem;
import io.chancery.model.Reason;
import io.chancery.model.Ref;
import io.chancery.policy.Durations;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.ParseException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks where public keys come from. */
final class KeySets {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private KeySets() {}

  static Checked<KeySet> check(Jwks jwks, Ref on) {
    return jwks.inline() != null ? inline(jwks.inline(), on) : remote(jwks, on);
  }

  private static Checked<KeySet> inline(String json, Ref on) {
    try {
      JWKSet keys = JWKSet.parse(json);
      if (keys.isEmpty()) {
        return rejected(on, "spec.jwks.inline", "the key set has no key; at least one is wanted");
      }
      if (keys.getKeys().stream().anyMatch(JWK::isPrivate)) {
        return rejected(
            on, "spec.jwks.inline", "the key set holds a private key; public keys only");
      }
      return Checked.ok(new KeySet.Inline(json));
    } catch (ParseException cause) {
      return rejected(on, "spec.jwks.inline", "not a JSON Web Key Set: " + cause.getMessage());
    }
  }

  private static Checked<KeySet> remote(Jwks jwks, Ref on) {
    URI uri = parse(jwks.uri());
    if (uri == null
        || uri.getHost() == null
        || uri.getUserInfo() != null
        || uri.getFragment() != null) {
      return rejected(
          on, "spec.jwks.uri", "\"" + jwks.uri() + "\" is not a URL such as https://host/path");
    }
    boolean tls = "https".equals(uri.getScheme());
    if (!tls && !("http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost()))) {
      return rejected(
          on,
          "spec.jwks.uri",
          "\"" + jwks.uri() + "\" must start with https://; http is for a loopback host only");
    }
    long refresh = Durations.millis(jwks.refresh());
    int port = uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80;
    return Checked.ok(new KeySet.Remote(tls, uri.getHost(), port, uri.toString(), refresh));
  }

  private static @Nullable URI parse(@Nullable String text) {
    try {
      return text == null ? null : new URI(text);
    } catch (URISyntaxException cause) {
      return null;
    }
  }

  private static Checked<KeySet> rejected(Ref on, String path, String message) {
    return Checked.rejected(new Problem(on, path, Reason.INVALID, message));
  }
}
