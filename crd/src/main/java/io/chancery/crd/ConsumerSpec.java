package io.chancery.crd;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A caller, known by its credentials. */
public record ConsumerSpec(
    @JsonPropertyDescription("Groups of callers that it belongs to, which policies may name.")
        @Size(max = 32)
        List<@Pattern(WORD) String> groups,
    @JsonPropertyDescription("The plan that it is on, which policies may name.") @Pattern(WORD)
        @Nullable String plan,
    @JsonPropertyDescription("Keys that it may call with; any of them will do.")
        @Size(max = 16)
        @ValidationRule(
            value =
                "self.all(k, self.exists_one(o, o.secretRef.name == k.secretRef.name"
                    + " && o.secretRef.key == k.secretRef.key))",
            message = "a key of a Secret stands once at most",
            reason = "FieldValueDuplicate")
        List<ApiKey> apiKeys) {

  /** A word that policies refer to: at most 63 letters, digits, dashes, dots and underscores. */
  public static final String WORD = "^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$";

  /** A key; it is never in the object itself. */
  public record ApiKey(
      @JsonPropertyDescription("The Secret that holds the key.") @Required SecretKey secretRef) {}

  /** A value in a Secret of the same namespace. */
  public record SecretKey(
      @JsonPropertyDescription("Name of the Secret.") @Required @Size(min = 1, max = 253)
          String name,
      @JsonPropertyDescription("Key of the value in the Secret's data. Default apiKey.")
          @Default("apiKey")
          @Size(min = 1, max = 253)
          String key) {}
}
