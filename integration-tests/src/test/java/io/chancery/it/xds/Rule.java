package io.chancery.it.xds;

import java.util.List;
import java.util.Set;

/**
 * A rule of the protocol, with all that tests it.
 *
 * @param id as in the design of the delivery engine: {@code P11}
 * @param what one sentence
 * @param source title of a section of "xDS transport protocol", or where else it is written
 */
record Rule(String id, String what, String source, List<Scenario> scenarios) {

  /**
   * One thing that a server has to do.
   *
   * @param name unique within the rule
   * @param variants over which it can be asked
   */
  record Scenario(String name, Set<Variant> variants, Body body) {
    static Scenario of(String name, Body body) {
      return new Scenario(name, Variant.ALL, body);
    }

    static Scenario of(String name, Set<Variant> variants, Body body) {
      return new Scenario(name, variants, body);
    }
  }

  /** Throws if the server does not conform. */
  @FunctionalInterface
  interface Body {
    void run(Scene scene);
  }

  /** The id of one test: {@code P11.bornLater/DELTA/ADS}. */
  String test(Scenario scenario, Variant variant) {
    return id + "." + scenario.name() + "/" + variant;
  }
}
