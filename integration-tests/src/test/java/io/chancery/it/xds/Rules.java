package io.chancery.it.xds;

import java.util.List;

/** All rules in the order of the report, each as the test that asks it. */
final class Rules {
  static final List<ConformanceTest> ALL =
      List.of(
          new P1ServicesTest(),
          new P2NodeTest(),
          new P3NonceTest(),
          new P4NackTest(),
          new P5SilenceTest(),
          new P6NewNameTest(),
          new P7WildcardTest(),
          new P8GroupingTest(),
          new P9DuplicateNameTest(),
          new P10RemovalTest(),
          new P11MissingNameTest(),
          new P12ReconnectTest(),
          new P13EmptyTest(),
          new P14EndpointsFollowTest(),
          new P15MakeBeforeBreakTest(),
          new P16TtlTest(),
          new P17OpaqueNameTest(),
          new P18ResourceErrorsTest(),
          new P19FetchTest());

  private Rules() {}
}
