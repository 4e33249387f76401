package io.chancery.crd.policy;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Demands a valid JSON Web Token. */
public record JwtSpec(
    @JsonPropertyDescription(
            "IdentityProviders whose tokens are accepted; a token of any of them will do.")
        @Required
        @Size(min = 1, max = 16)
        List<ProviderReference> providers,
    @JsonPropertyDescription(
            "Whether a request without a token passes. A token that is present must be valid all the same."
                + " Default false.")
        @Default("false")
        Boolean optional) {

  /** Names an IdentityProvider. */
  public record ProviderReference(
      @JsonPropertyDescription("Name of the IdentityProvider.") @Required @Size(min = 1, max = 253)
          String name,
      @JsonPropertyDescription(
              "Namespace of the IdentityProvider; the referring object's own by default.")
          @Nullable String namespace) {}
}
