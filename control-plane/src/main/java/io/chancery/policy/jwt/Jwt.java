package io.chancery.policy.jwt;

import com.google.protobuf.Message;
import io.chancery.crd.Kinds;
import io.chancery.crd.policy.JwtSpec;
import io.chancery.crd.policy.PolicySpec;
import io.chancery.model.Checked;
import io.chancery.model.IdentityProvider;
import io.chancery.model.Problem;
import io.chancery.policy.ChainEntry;
import io.chancery.policy.Contribution;
import io.chancery.policy.FilterId;
import io.chancery.policy.FilterSlot;
import io.chancery.policy.HttpPolicy;
import io.chancery.policy.PolicyPlace;
import io.chancery.xds.Resource;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtProvider;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtRequirement;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.PerRouteConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Demands a token of one of the named IdentityProviders: 401 without one that is valid. */
public final class Jwt implements HttpPolicy<JwtSpec, Jwt.Requirement> {
  /** The filter. Without entries it lets everything pass. */
  public static final FilterSlot SLOT =
      new FilterSlot(new FilterId("jwt_authn"), Jwt::configuration);

  /**
   * The checked form.
   *
   * @param providers whose tokens are accepted, in order
   * @param optional whether a request without a token passes
   */
  public record Requirement(List<IdentityProvider> providers, boolean optional) {

    /** Equal requirements have equal names, so routes share them. */
    String name() {
      String names = String.join("|", providers.stream().map(Providers::name).toList());
      return optional ? names + "|none" : names;
    }
  }

  @Override
  public String field() {
    return "jwt";
  }

  @Override
  public @Nullable JwtSpec in(PolicySpec policies) {
    return policies.jwt();
  }

  @Override
  public Checked<Requirement> check(JwtSpec spec, PolicyPlace place) {
    List<IdentityProvider> providers = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < spec.providers().size(); i++) {
      switch (provider(spec.providers().get(i), "providers[" + i + "]", place)) {
        case Checked.Ok<IdentityProvider>(var provider) -> providers.add(provider);
        case Checked.Rejected<IdentityProvider>(var reasons) -> problems.addAll(reasons);
      }
    }
    List<IdentityProvider> distinct = providers.stream().distinct().toList();
    return Checked.of(new Requirement(distinct, spec.optional()), problems);
  }

  private static Checked<IdentityProvider> provider(
      JwtSpec.ProviderReference reference, String field, PolicyPlace place) {
    var found =
        place
            .references()
            .resolve(
                Kinds.IDENTITY_PROVIDER,
                reference.namespace(),
                reference.name(),
                place.path() + "." + field);
    return switch (found) {
      case Checked.Rejected<?>(var problems) -> new Checked.Rejected<>(problems);
      case Checked.Ok<io.chancery.source.Declared<io.chancery.crd.IdentityProviderSpec>>(
              var declared) ->
          Providers.check(declared, place, field);
    };
  }

  @Override
  public Contribution onRoute(Requirement requirement) {
    NavigableMap<String, ChainEntry> entries = new TreeMap<>();
    requirement
        .providers()
        .forEach(p ->
            entries.put(
                "provider/" + Providers.name(p), new ChainEntry(Providers.message(p), p.ref())));
    entries.put(
        "requirement/" + requirement.name(),
        new ChainEntry(
            Requirements.message(requirement), requirement.providers().getFirst().ref()));
    List<Resource> clusters =
        requirement.providers().stream()
            .map(KeyServers::cluster)
            .flatMap(Optional::stream)
            .toList();
    return new Contribution(
        Optional.empty(),
        Map.of(
            SLOT.id(), PerRouteConfig.newBuilder().setRequirementName(requirement.name()).build()),
        Map.of(
            SLOT.id(),
            entries,
            IdentityHeaders.SLOT.id(),
            IdentityHeaders.entries(requirement.providers())),
        clusters);
  }

  private static Message configuration(NavigableMap<String, Message> entries) {
    JwtAuthentication.Builder filter = JwtAuthentication.newBuilder();
    entries.forEach((key, entry) -> {
      switch (entry) {
        case JwtProvider provider -> filter.putProviders(nameIn(key), provider);
        case JwtRequirement requirement -> filter.putRequirementMap(nameIn(key), requirement);
        default ->
            throw new IllegalArgumentException("not an entry of jwt_authn: " + entry.getClass());
      }
    });
    return filter.build();
  }

  /** A provider and a requirement may have one name, so that keys say which is meant. */
  private static String nameIn(String key) {
    return key.substring(key.indexOf('/') + 1);
  }
}
