package io.chancery.crd.gateway;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.chancery.crd.ListKey;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step on the way of a request or response; {@code type} says which of the other fields holds
 * it.
 */
@ValidationRule(
    value =
        "(self.type == 'RequestHeaderModifier') == has(self.requestHeaderModifier)"
            + " && (self.type == 'ResponseHeaderModifier') == has(self.responseHeaderModifier)"
            + " && (self.type == 'RequestRedirect') == has(self.requestRedirect)"
            + " && (self.type == 'URLRewrite') == has(self.urlRewrite)",
    message = "the field that type names must be set, and no other")
public record HttpFilter(
    @JsonPropertyDescription("What the filter does; the field of this name, and no other, is set.")
        @Required
        Type type,
    @JsonPropertyDescription("Changes headers of the request. For type RequestHeaderModifier.")
        @Nullable HeaderModifier requestHeaderModifier,
    @JsonPropertyDescription("Changes headers of the response. For type ResponseHeaderModifier.")
        @Nullable HeaderModifier responseHeaderModifier,
    @JsonPropertyDescription(
            "Sends a copy of the request elsewhere. For type RequestMirror; not supported yet.")
        @Nullable Object requestMirror,
    @JsonPropertyDescription("Answers with a redirect. For type RequestRedirect.")
        @Nullable Redirect requestRedirect,
    @JsonPropertyDescription("Changes host and path of the request. For type URLRewrite.")
        @Nullable Rewrite urlRewrite,
    @JsonPropertyDescription(
            "Answers cross-origin requests of browsers. For type CORS; not supported yet.")
        @Nullable Object cors,
    @JsonPropertyDescription(
            "Asks a service whether the request may pass. For type ExternalAuth; not supported yet.")
        @Nullable Object externalAuth,
    @JsonPropertyDescription(
            "Names an object that holds the filter. For type ExtensionRef; not supported yet.")
        @Nullable Object extensionRef) {

  /** What the filter does. */
  public enum Type {
    RequestHeaderModifier,
    ResponseHeaderModifier,
    RequestMirror,
    RequestRedirect,
    URLRewrite,
    CORS,
    ExternalAuth,
    ExtensionRef
  }

  /** Changes headers; a name stands in one of the lists only. */
  public record HeaderModifier(
      @JsonPropertyDescription("Headers to set; values that are there are replaced.")
          @Size(max = 16)
          @ListKey("name")
          List<Header> set,
      @JsonPropertyDescription("Headers to add; values that are there stay.")
          @Size(max = 16)
          @ListKey("name")
          List<Header> add,
      @JsonPropertyDescription("Names of headers to remove, in any case.") @Size(max = 16)
          List<String> remove) {}

  /** A header and its value. */
  public record Header(
      @JsonPropertyDescription("Name of the header, in any case.")
          @Required
          @Size(min = 1, max = 256)
          @Pattern(NAME)
          String name,
      @JsonPropertyDescription("Value of the header.") @Required @Size(min = 1, max = 4096)
          String value) {

    /** A token, as RFC 9110 §5.6.2 says. */
    public static final String NAME = "^[A-Za-z0-9!#$%&'*+\\-.^_\\x60|~]+$";
  }

  /** Answers with a redirect. */
  public record Redirect(
      @JsonPropertyDescription("Scheme in the Location; that of the request by default.")
          @Nullable Scheme scheme,
      @JsonPropertyDescription("Host name in the Location; that of the request by default.")
          @Size(min = 1, max = 253)
          @Pattern(HostnamePattern.PRECISE)
          @Nullable String hostname,
      @JsonPropertyDescription("Path in the Location; that of the request by default.")
          @Nullable PathModifier path,
      @JsonPropertyDescription(
              "Port in the Location. By default that of the scheme if scheme is set, and that of the listener otherwise.")
          @Min(1)
          @Max(65535)
          @Nullable Integer port,
      @JsonPropertyDescription("Status of the answer: 301, 302, 303, 307 or 308. Default 302.")
          @Default("302")
          @ValidationRule(
              value = "self in [301, 302, 303, 307, 308]",
              message = "301, 302, 303, 307 and 308 are redirects")
          Integer statusCode) {}

  /** Scheme of a redirect. */
  public enum Scheme {
    http,
    https
  }

  /** Changes the request on its way to the backend. */
  public record Rewrite(
      @JsonPropertyDescription("Host name that the backend gets; that of the request by default.")
          @Size(min = 1, max = 253)
          @Pattern(HostnamePattern.PRECISE)
          @Nullable String hostname,
      @JsonPropertyDescription("Path that the backend gets; that of the request by default.")
          @Nullable PathModifier path) {}

  /** Changes the path: the whole, or the prefix that the rule matched. */
  @ValidationRule(
      value =
          "(self.type == 'ReplaceFullPath') == has(self.replaceFullPath)"
              + " && (self.type == 'ReplacePrefixMatch') == has(self.replacePrefixMatch)",
      message = "the field that type names must be set, and no other")
  public record PathModifier(
      @JsonPropertyDescription(
              "What of the path is replaced; the field of this name, and no other, is set.")
          @Required
          PathModifierType type,
      @JsonPropertyDescription("The new path. For type ReplaceFullPath.") @Size(max = 1024)
          @Nullable String replaceFullPath,
      @JsonPropertyDescription(
              "What takes the place of the prefix that the rule matched. For type ReplacePrefixMatch.")
          @Size(max = 1024)
          @Nullable String replacePrefixMatch) {}

  /** What of the path is replaced. */
  public enum PathModifierType {
    ReplaceFullPath,
    ReplacePrefixMatch
  }
}
