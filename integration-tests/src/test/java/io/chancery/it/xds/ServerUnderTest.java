package io.chancery.it.xds;

import com.google.protobuf.Message;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An xDS server, as the kit drives it. It serves one fleet: the nodes whose {@code cluster} is
 * {@link #FLEET}.
 */
interface ServerUnderTest extends AutoCloseable {
  String FLEET = "edge";

  /** As it stands in the report. */
  String name();

  /** The variants that it claims to serve. That it serves no other one is a test. */
  Set<Variant> variants();

  /** Where it is known not to conform. That it does not is a test. */
  List<Deviation> deviations();

  /** Listens on a free port of the loopback interface, with nothing to serve. */
  void start();

  /** The port, once started. */
  int port();

  /** Changes the draft: a resource is added, or replaced. */
  void set(XdsType type, String name, Message message);

  /** Changes the draft: a resource is added or replaced that a client drops after a time. */
  void set(XdsType type, String name, Message message, Duration timeToLive);

  /** Changes the draft: a resource is gone. */
  void remove(XdsType type, String name);

  /** Makes all changes of the draft visible at once. */
  void commit();

  @Override
  void close();

  /**
   * Scenarios that fail on this server.
   *
   * @param scenario id of the scenario: {@code P11.bornLater}
   * @param variants where it fails
   * @param reason one sentence for the report
   */
  record Deviation(String scenario, Set<Variant> variants, String reason) {

    /** The ids of the tests that fail: {@code P11.bornLater/DELTA/ADS}. */
    Stream<String> tests() {
      return variants.stream().map(variant -> scenario + "/" + variant);
    }
  }
}
