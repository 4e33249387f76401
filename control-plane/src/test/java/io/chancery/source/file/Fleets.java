package io.chancery.source.file;

/** The smallest objects that can be told apart. */
final class Fleets {
  private Fleets() {}

  static String text(String name, int hops) {
    return """
    apiVersion: chancery.io/v1alpha1
    kind: Fleet
    metadata: {name: %s}
    spec:
      trustedHops: %d
    """
        .formatted(name, hops);
  }
}
