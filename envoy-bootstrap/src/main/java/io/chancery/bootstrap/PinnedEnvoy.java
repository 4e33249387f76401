package io.chancery.bootstrap;

/** The Envoy release that Chancery targets and fetches. The only place that names it. */
final class PinnedEnvoy {
  /** The release that is fetched when no Envoy is given. */
  static final String VERSION = "1.40.0";

  /** The lowest minor release (of major 1) for which configuration is compiled. */
  static final int LOWEST_MINOR = 36;

  private PinnedEnvoy() {}
}
