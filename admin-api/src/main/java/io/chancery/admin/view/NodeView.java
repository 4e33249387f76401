package io.chancery.admin.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * One connected Envoy. What is empty is left out of the JSON.
 *
 * @param build such as {@code 1.40.0}
 * @param locality region, zone and sub-zone, joined by slashes
 * @param connectedSince an ISO 8601 instant in UTC
 * @param duplicate whether another stream says that it is the same node; both are served
 * @param types how far the node is, by type of resource
 * @param rejections what it refused and has not accepted since
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NodeView(
    String fleet,
    String id,
    String build,
    String locality,
    String connectedSince,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean duplicate,
    Map<String, Progress> types,
    List<Rejection> rejections) {

  /**
   * How far a node is with one type.
   *
   * @param acked the node runs everything up to this revision
   * @param pending whether there is something that it has not accepted yet
   * @param held whether a change waits until what it refers to is accepted
   * @param pinned removals that are withheld, since something was refused that would make them safe
   * @param indeterminate resources that were refused together, and one of them is at fault
   */
  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  public record Progress(
      @JsonInclude long acked,
      @JsonInclude boolean pending,
      boolean held,
      int pinned,
      int indeterminate) {

    /** Of a type of which nothing waits for a reason. */
    public Progress(long acked, boolean pending) {
      this(acked, pending, false, 0, 0);
    }
  }

  /**
   * A resource that the node refused.
   *
   * @param detail Envoy's words
   * @param at an ISO 8601 instant in UTC
   */
  public record Rejection(String type, String name, String version, String detail, String at) {}
}
