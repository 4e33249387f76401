package io.chancery.it.xds;

import io.chancery.it.xds.ServerUnderTest.Deviation;
import java.util.List;
import java.util.Set;

/** Where java-control-plane 1.0.49 does not conform, as measured by the kit. */
final class JavaControlPlaneDeviations {
  private static final String TYPES = "A snapshot has no resources of this type.";
  private static final String NONCE = "A nonce that is not the last one ends the stream.";
  private static final String OTHERS =
      "A change of any resource is answered with all that were asked for, changed or not.";
  private static final String STAR =
      "The name * is not understood; the wildcard is tied to the type.";
  private static final String TWICE = "A name that is asked for twice is sent twice.";
  private static final String WITHHELD = "If one name is missing, the others are withheld too.";
  private static final String REBORN = "A resource that was removed and comes again is not sent.";
  private static final String HELD = "The versions that a client holds are ignored.";
  private static final String EMPTY =
      "The first request for all resources is not answered if there are none.";
  private static final String TIMELESS = "A resource has no time to live.";
  private static final String GLOB = "Collection globs are not served.";
  private static final String ORDER = "The old cluster goes before the route is acknowledged.";

  static final List<Deviation> ALL =
      List.of(
          new Deviation("P1.runtimes", Variant.ALL, TYPES),
          new Deviation("P1.scopedRoutes", Variant.ALL, TYPES),
          new Deviation("P1.extensions", Variant.ALL, TYPES),
          new Deviation(
              "P2.nodeIsSaidOnce",
              Variant.ALL,
              "A client that says its node only once gets no updates."),
          new Deviation(
              "P2.typelessIsRefused",
              Variant.ADS,
              "The stream ends with UNKNOWN, not INVALID_ARGUMENT."),
          new Deviation(
              "P2.typelessIsUnderstood",
              Variant.PER_TYPE,
              "A request without the type ends the stream."),
          new Deviation("P3.staleStillSubscribes", Variant.DELTA, NONCE),
          new Deviation("P3.repeatedHarmsNothing", Variant.DELTA, NONCE),
          new Deviation("P3.unknownHarmsNothing", Variant.DELTA, NONCE),
          new Deviation("P3.foreignHarmsNothing", Variant.DELTA, NONCE),
          new Deviation(
              "P4.isNotAnswered", Variant.SOTW, "A NACK is answered at once with the same bytes."),
          new Deviation("P5.otherNamesAreNotSent", Variant.SOTW, OTHERS),
          new Deviation(
              "P6.leftAndSubscribedAgain",
              Variant.SOTW,
              "A name that was left and is asked for again is not sent."),
          new Deviation("P7.starMeansAll", Variant.SOTW, STAR),
          new Deviation("P7.starOfEndpoints", Variant.ALL, STAR),
          new Deviation("P7.starAndNameGrow", Variant.ALL, STAR),
          new Deviation("P7.fourSteps", Variant.ALL, STAR),
          new Deviation(
              "P7.namedClusterMeansOne",
              Variant.ALL,
              "One named cluster brings all, or is answered whenever another changes."),
          new Deviation("P9.wildcardAndName", Variant.SOTW, TWICE),
          new Deviation("P9.nameTwice", Variant.SOTW, TWICE),
          new Deviation("P10.removalIsSaid", Set.of(Variant.SOTW_ADS), WITHHELD),
          new Deviation("P10.wildcardCoversName", Variant.DELTA, STAR),
          new Deviation("P10.wildcardCoversMissingName", Variant.DELTA, STAR),
          new Deviation(
              "P11.isSaidToBeMissing", Variant.DELTA, "Nothing is said of a missing name."),
          new Deviation("P11.bornAgain", Variant.DELTA, REBORN),
          new Deviation("P11.bornAgainEqual", Variant.DELTA, REBORN),
          new Deviation("P11.harmsNoOtherName", Set.of(Variant.SOTW_ADS), WITHHELD),
          new Deviation("P12.equalIsSkipped", Variant.DELTA, HELD),
          new Deviation("P12.equalNamesAreSkipped", Variant.DELTA, HELD),
          new Deviation("P12.differentIsSent", Variant.DELTA, HELD),
          new Deviation("P12.vanishedIsRemoved", Variant.DELTA, HELD),
          new Deviation("P12.replicaAgrees", Variant.DELTA, HELD),
          new Deviation("P13.clusters", Variant.DELTA, EMPTY),
          new Deviation("P13.listeners", Variant.DELTA, EMPTY),
          new Deviation(
              "P13.unknownType", Variant.ADS, "A type that is not known ends the stream."),
          new Deviation(
              "P14.endpointsFollowCluster",
              Variant.ADS,
              "Equal endpoints are not sent after a changed cluster."),
          new Deviation("P15.routeMoves", Variant.ADS, ORDER),
          new Deviation("P15.routeMovesWhileAway", Variant.ADS, ORDER),
          new Deviation("P15.refusedRouteKeepsItsCluster", Variant.ADS, ORDER),
          new Deviation("P14.cutBetweenBoth", Set.of(Variant.DELTA_ADS), HELD),
          new Deviation("P16.saysItsTime", Variant.ALL, TIMELESS),
          new Deviation("P16.heartbeats", Variant.ALL, TIMELESS),
          new Deviation("P16.timeIsTaken", Variant.ALL, TIMELESS),
          new Deviation("P16.unaskedIsPlain", Variant.ALL, TIMELESS),
          new Deviation("P17.globOfCollection", Variant.ALL, GLOB),
          new Deviation("P17.globGrows", Variant.ALL, GLOB),
          new Deviation("P17.globOfNone", Variant.DELTA, GLOB),
          new Deviation("P17.globIsLeft", Set.of(Variant.SOTW_ADS), WITHHELD),
          new Deviation("P18.isUnset", Set.of(Variant.SOTW_ADS), WITHHELD));

  private JavaControlPlaneDeviations() {}
}
