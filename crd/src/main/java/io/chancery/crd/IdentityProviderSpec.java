package io.chancery.crd;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.chancery.crd.gateway.HttpFilter;
import io.chancery.crd.policy.DurationPattern;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An issuer of tokens, and how its tokens are verified. */
public record IdentityProviderSpec(
    @JsonPropertyDescription("The iss claim that tokens must carry.")
        @Required
        @Size(min = 1, max = 253)
        String issuer,
    @JsonPropertyDescription("A token must be for one of these (aud claim).")
        @Required
        @Size(min = 1, max = 16)
        List<String> audiences,
    @JsonPropertyDescription("Where the issuer's public keys come from.") @Required Jwks jwks,
    @JsonPropertyDescription(
            "Claims that the backend gets as headers. A client that sends such a header is ignored: it is removed.")
        @Size(max = 32)
        @ListKey("header")
        List<ClaimToHeader> claimsToHeaders) {

  /**
   * A JSON Web Key Set. Exactly one of the fields is set, apart from {@code refresh}, which goes
   * with {@code uri}.
   */
  @ValidationRule(
      value = "has(self.uri) != has(self.inline)",
      message = "exactly one of uri and inline must be set")
  public record Jwks(
      @JsonPropertyDescription("An https URL that Envoy fetches; http only for a loopback address.")
          @Size(min = 1, max = 2048)
          @Nullable String uri,
      @JsonPropertyDescription("How often Envoy fetches again. Default 10m.")
          @Pattern(DurationPattern.DURATION)
          @Size(max = DurationPattern.MAX_LENGTH)
          @Default("10m")
          @ValidationRule(value = DurationPattern.SECOND, message = DurationPattern.SECOND_MESSAGE)
          String refresh,
      @JsonPropertyDescription("The key set itself, as JSON.") @Size(min = 2, max = 65536)
          @Nullable String inline) {}

  /** A claim and the header that carries it. */
  public record ClaimToHeader(
      @JsonPropertyDescription("Name of the claim; a dot leads into a nested object.")
          @Required
          @Size(min = 1, max = 256)
          String claim,
      @JsonPropertyDescription("Name of the header.")
          @Required
          @Size(min = 1, max = 256)
          @Pattern(HttpFilter.Header.NAME)
          String header) {}
}
