package io.chancery.crd.gateway;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step on the way of a request or response; {@code type} says which of the other fields holds
 * it.
 */
public record HttpFilter(
    @Required Type type,
    @Nullable HeaderModifier requestHeaderModifier,
    @Nullable HeaderModifier responseHeaderModifier,
    @Nullable Object requestMirror,
    @Nullable Redirect requestRedirect,
    @Nullable Rewrite urlRewrite,
    @Nullable Object cors,
    @Nullable Object externalAuth,
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
      @Size(max = 16) List<Header> set,
      @Size(max = 16) List<Header> add,
      @Size(max = 16) List<String> remove) {}

  /** A header and its value. */
  public record Header(
      @Required @Size(min = 1, max = 256) @Pattern(NAME) String name,
      @Required @Size(min = 1, max = 4096) String value) {

    /** A token, as RFC 9110 §5.6.2 says. */
    public static final String NAME = "^[A-Za-z0-9!#$%&'*+\\-.^_\\x60|~]+$";
  }

  /**
   * Answers with a redirect.
   *
   * @param port the port in the Location; chosen as the Gateway API says if null
   */
  public record Redirect(
      @Nullable Scheme scheme,
      @Size(min = 1, max = 253) @Pattern(HostnamePattern.PRECISE) @Nullable String hostname,
      @Nullable PathModifier path,
      @Min(1) @Max(65535) @Nullable Integer port,
      @Default("302") Integer statusCode) {}

  /** Scheme of a redirect. */
  public enum Scheme {
    http,
    https
  }

  /** Changes the request on its way to the backend. */
  public record Rewrite(
      @Size(min = 1, max = 253) @Pattern(HostnamePattern.PRECISE) @Nullable String hostname,
      @Nullable PathModifier path) {}

  /** Changes the path: the whole, or the prefix that the rule matched. */
  public record PathModifier(
      @Required PathModifierType type,
      @Size(max = 1024) @Nullable String replaceFullPath,
      @Size(max = 1024) @Nullable String replacePrefixMatch) {}

  /** What of the path is replaced. */
  public enum PathModifierType {
    ReplaceFullPath,
    ReplacePrefixMatch
  }
}
