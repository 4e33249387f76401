package io.chancery.policy.jwt;

import com.google.protobuf.Empty;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtRequirement;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtRequirementOrList;
import java.util.ArrayList;
import java.util.List;

/** Requirements as Envoy has them. */
final class Requirements {
  private Requirements() {}

  static JwtRequirement message(Jwt.Requirement requirement) {
    List<JwtRequirement> any = new ArrayList<>();
    requirement
        .providers()
        .forEach(
            p -> any.add(JwtRequirement.newBuilder().setProviderName(Providers.name(p)).build()));
    if (requirement.optional()) {
      // Never allow_missing_or_failed: a token that is there must be valid.
      any.add(JwtRequirement.newBuilder().setAllowMissing(Empty.getDefaultInstance()).build());
    }
    return any.size() == 1
        ? any.getFirst() // Envoy's lists need two members.
        : JwtRequirement.newBuilder()
            .setRequiresAny(JwtRequirementOrList.newBuilder().addAllRequirements(any))
            .build();
  }
}
