package io.chancery.crd.gateway;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions on a request; all must hold. */
public record HttpMatch(
    @Nullable Path path,
    @Size(max = 16) List<Header> headers,
    @Size(max = 16) List<Query> queryParams,
    @Nullable Method method) {

  /** On the path. */
  public record Path(
      @Default("PathPrefix") PathType type, @Default("/") @Size(max = 1024) String value) {}

  /** How a path is compared. */
  public enum PathType {
    Exact,
    PathPrefix,
    RegularExpression
  }

  /** On a header; names compare without case. */
  public record Header(
      @Default("Exact") ValueType type,
      @Required @Size(min = 1, max = 256) String name,
      @Required @Size(min = 1, max = 4096) String value) {}

  /** On a query parameter. */
  public record Query(
      @Default("Exact") ValueType type,
      @Required @Size(min = 1, max = 256) String name,
      @Required @Size(min = 1, max = 1024) String value) {}

  /** How a value is compared. */
  public enum ValueType {
    Exact,
    RegularExpression
  }

  /** An HTTP method. */
  public enum Method {
    GET,
    HEAD,
    POST,
    PUT,
    DELETE,
    CONNECT,
    OPTIONS,
    TRACE,
    PATCH
  }
}
