package io.chancery.model;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Why something is a problem, in the words of the Gateway API where it has one. The text form is
 * PascalCase, as in a status condition.
 */
public enum Reason {
  /** The file is not YAML or JSON, or not UTF-8. */
  SYNTAX_ERROR,
  /** A file, a document or a value exceeds a limit. */
  TOO_LARGE,
  /** The kind, or its API version, is not one that Chancery reads. */
  UNKNOWN_KIND,
  /** The kind has no field of this name. */
  UNKNOWN_FIELD,
  /** A required field is absent or null. */
  REQUIRED,
  /** The value has another type than the field. */
  WRONG_TYPE,
  /** The value is outside of what the field allows. */
  INVALID,
  /** A kind cannot be read from its source; what was read of it before stays. */
  UNREADABLE,
  /** Two objects have one name. */
  DUPLICATE,
  /** Valid, but this release cannot do it; what asks for it is closed. */
  UNSUPPORTED_VALUE,
  /** Valid, but this release does nothing with objects of the kind. */
  UNSUPPORTED,
  /** Another object or listener already has this place. */
  CONFLICTED,
  HOSTNAME_CONFLICT,
  PROTOCOL_CONFLICT,
  UNSUPPORTED_PROTOCOL,
  UNSUPPORTED_ADDRESS,
  /** A certificate is absent, unreadable, or does not match its key. */
  INVALID_CERTIFICATE_REF,
  INVALID_ROUTE_KINDS,
  /** A reference leaves its namespace and no ReferenceGrant allows it. */
  REF_NOT_PERMITTED,
  /** The referenced kind cannot be used here. */
  INVALID_KIND,
  BACKEND_NOT_FOUND,
  /** Something other than a backend that is referred to does not exist. */
  REF_NOT_FOUND,
  NO_MATCHING_PARENT,
  NO_MATCHING_LISTENER_HOSTNAME,
  NOT_ALLOWED_BY_LISTENERS,
  INCOMPATIBLE_FILTERS,
  /** An Envoy refused what was made of the object. */
  REJECTED,
  /** A rule of the control plane failed; a bug of ours. */
  INTERNAL;

  private final String text =
      Arrays.stream(name().split("_", -1))
          .map(word -> word.charAt(0) + word.substring(1).toLowerCase(java.util.Locale.ROOT))
          .collect(Collectors.joining());

  @Override
  public String toString() {
    return text;
  }
}
