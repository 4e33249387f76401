package io.chancery.it.xds;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request, in words that stand for both protocols.
 *
 * @param typeUrl empty: left out
 * @param node whether the client says who it is
 * @param nonce empty: left out
 * @param version SotW only: the version that the client claims to hold
 * @param subscribe SotW: names to add to those of the last request
 * @param unsubscribe SotW: names to take from those of the last request
 * @param held delta only: {@code initial_resource_versions}
 * @param error the text of a NACK
 */
record Ask(
    String typeUrl,
    boolean node,
    String nonce,
    String version,
    List<String> subscribe,
    List<String> unsubscribe,
    Map<String, String> held,
    Optional<String> error) {

  static Ask of(XdsType type) {
    return of(type.typeUrl());
  }

  static Ask of(String typeUrl) {
    return new Ask(typeUrl, true, "", "", List.of(), List.of(), Map.of(), Optional.empty());
  }

  Ask withoutType() {
    return new Ask("", node, nonce, version, subscribe, unsubscribe, held, error);
  }

  Ask withoutNode() {
    return new Ask(typeUrl, false, nonce, version, subscribe, unsubscribe, held, error);
  }

  Ask nonce(String nonce) {
    return new Ask(typeUrl, node, nonce, version, subscribe, unsubscribe, held, error);
  }

  Ask version(String version) {
    return new Ask(typeUrl, node, nonce, version, subscribe, unsubscribe, held, error);
  }

  Ask subscribe(String... names) {
    return new Ask(typeUrl, node, nonce, version, List.of(names), unsubscribe, held, error);
  }

  Ask unsubscribe(String... names) {
    return new Ask(typeUrl, node, nonce, version, subscribe, List.of(names), held, error);
  }

  Ask held(Map<String, String> versions) {
    return new Ask(typeUrl, node, nonce, version, subscribe, unsubscribe, versions, error);
  }

  Ask error(String text) {
    return new Ask(typeUrl, node, nonce, version, subscribe, unsubscribe, held, Optional.of(text));
  }
}
