package io.chancery.policy.jwt;

import com.google.protobuf.UInt32Value;
import io.chancery.crd.IdentityProviderSpec;
import io.chancery.crd.Kinds;
import io.chancery.model.Checked;
import io.chancery.model.IdentityProvider;
import io.chancery.model.IdentityProvider.ClaimHeader;
import io.chancery.model.IdentityProvider.KeySet;
import io.chancery.model.Problem;
import io.chancery.model.Reason;
import io.chancery.model.Ref;
import io.chancery.policy.Durations;
import io.chancery.policy.PolicyPlace;
import io.chancery.source.Declared;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.HttpUri;
import io.envoyproxy.envoy.config.core.v3.RetryPolicy;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwksAsyncFetch;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtClaimToHeader;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtHeader;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtProvider;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.RemoteJwks;
import java.util.List;

/** IdentityProviders: checked, and as Envoy has them. */
public final class Providers {
  /** Where verified claims stand in the metadata of a request, whichever provider they are from. */
  static final String PAYLOAD_METADATA = "payload";

  private static final int CLOCK_SKEW_SECONDS = 60;
  private static final int FETCH_TIMEOUT_MILLIS = 5_000;
  private static final int FETCH_RETRIES = 3;

  private Providers() {}

  /** Checks an IdentityProvider by itself; the problems are on the IdentityProvider. */
  public static Checked<IdentityProvider> check(Declared<IdentityProviderSpec> declared) {
    IdentityProviderSpec spec = declared.spec();
    Ref ref =
        new Ref(
            Kinds.IDENTITY_PROVIDER.name(), declared.meta().namespace(), declared.meta().name());
    return switch (KeySets.check(spec.jwks(), ref)) {
      case Checked.Rejected<KeySet>(var problems) -> new Checked.Rejected<>(problems);
      case Checked.Ok<KeySet>(var keys) ->
          Checked.ok(
              new IdentityProvider(ref, spec.issuer(), spec.audiences(), keys, claimHeaders(spec)));
    };
  }

  /** Checks an IdentityProvider that a policy names; the problem is on the policy. */
  static Checked<IdentityProvider> check(
      Declared<IdentityProviderSpec> declared, PolicyPlace place, String field) {
    return switch (check(declared)) {
      case Checked.Ok<IdentityProvider> ok -> ok;
      case Checked.Rejected<IdentityProvider>(var problems) -> {
        Problem first = problems.getFirst();
        yield Checked.rejected(
            place.problem(
                field,
                Reason.INVALID,
                first.on() + " cannot be used: " + first.path() + ": " + first.message()));
      }
    };
  }

  private static List<ClaimHeader> claimHeaders(IdentityProviderSpec spec) {
    return spec.claimsToHeaders().stream()
        .map(c -> new ClaimHeader(c.claim(), c.header()))
        .toList();
  }

  /** Name of a provider within Envoy. */
  static String name(IdentityProvider provider) {
    return provider.ref().namespace() + "/" + provider.ref().name();
  }

  static JwtProvider message(IdentityProvider provider) {
    JwtProvider.Builder message =
        JwtProvider.newBuilder()
            .setIssuer(provider.issuer())
            .addAllAudiences(provider.audiences())
            .setRequireExpiration(true)
            .setForward(false)
            .setClockSkewSeconds(CLOCK_SKEW_SECONDS)
            .setPayloadInMetadata(PAYLOAD_METADATA)
            // Scopes come as one string or as a list; afterwards they are a list.
            .setNormalizePayloadInMetadata(
                JwtProvider.NormalizePayload.newBuilder().addSpaceDelimitedClaims("scope"))
            // Only from the header: by default Envoy reads a query parameter too, which ends up in
            // logs.
            .addFromHeaders(
                JwtHeader.newBuilder().setName("Authorization").setValuePrefix("Bearer "));
    provider
        .claimHeaders()
        .forEach(c ->
            message.addClaimToHeaders(
                JwtClaimToHeader.newBuilder().setClaimName(c.claim()).setHeaderName(c.header())));
    return switch (provider.keys()) {
      case KeySet.Inline(var json) ->
          message.setLocalJwks(DataSource.newBuilder().setInlineString(json)).build();
      case KeySet.Remote remote ->
          message.setRemoteJwks(remoteJwks(provider.ref(), remote)).build();
    };
  }

  private static RemoteJwks remoteJwks(Ref provider, KeySet.Remote remote) {
    return RemoteJwks.newBuilder()
        .setHttpUri(
            HttpUri.newBuilder()
                .setUri(remote.uri())
                .setCluster(KeyServers.clusterName(provider))
                .setTimeout(Durations.ofMillis(FETCH_TIMEOUT_MILLIS)))
        .setCacheDuration(Durations.ofMillis(remote.refreshMillis()))
        // Without it every worker fetches for itself, when the first request arrives.
        .setAsyncFetch(JwksAsyncFetch.newBuilder().setFastListener(false))
        .setRetryPolicy(RetryPolicy.newBuilder().setNumRetries(UInt32Value.of(FETCH_RETRIES)))
        .build();
  }
}
