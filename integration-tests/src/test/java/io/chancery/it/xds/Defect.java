package io.chancery.it.xds;

import com.google.common.collect.ImmutableList;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;

/**
 * A defect that an xDS server was seen to have, with the tests of the kit that have to find it.
 *
 * <p>What a stream costs in memory is no conversation, so it is not here: that a client which does
 * not read is sent no more is a test of its own.
 */
enum Defect {
  REBORN_IS_NOT_SENT("P11.bornAgain/DELTA/ADS") {
    @Override
    Distortion<DeltaDiscoveryRequest, DeltaDiscoveryResponse> delta() {
      return new DeltaDefects.RebornIsNotSent();
    }
  },
  NACK_IS_ANSWERED("P4.isNotAnswered/SOTW/ADS") {
    @Override
    Distortion<DiscoveryRequest, DiscoveryResponse> sotw() {
      return new SotwDefects.NackIsAnswered();
    }
  },
  HELD_IS_IGNORED("P12.equalIsSkipped/DELTA/ADS", "P12.vanishedIsRemoved/DELTA/ADS") {
    @Override
    Distortion<DeltaDiscoveryRequest, DeltaDiscoveryResponse> delta() {
      return new DeltaDefects.HeldIsIgnored();
    }
  },
  ONE_MISSING_WITHHOLDS_ALL("P11.harmsNoOtherName/SOTW/ADS") {
    @Override
    Distortion<DiscoveryRequest, DiscoveryResponse> sotw() {
      return new SotwDefects.OneMissingWithholdsAll();
    }
  },
  WILDCARD_BY_TYPE("P7.namedClusterMeansOne/DELTA/ADS", "P7.starOfEndpoints/DELTA/ADS") {
    @Override
    Distortion<DeltaDiscoveryRequest, DeltaDiscoveryResponse> delta() {
      return new DeltaDefects.WildcardByType();
    }
  },
  NOTHING_IS_SILENCE("P11.isSaidToBeMissing/DELTA/ADS", "P13.clusters/DELTA/ADS") {
    @Override
    Distortion<DeltaDiscoveryRequest, DeltaDiscoveryResponse> delta() {
      return new DeltaDefects.NothingIsSilence();
    }
  },
  NODE_HAS_TO_BE_REPEATED("P2.nodeIsSaidOnce/DELTA/ADS") {
    @Override
    Distortion<DeltaDiscoveryRequest, DeltaDiscoveryResponse> delta() {
      return new DeltaDefects.NodeHasToBeRepeated();
    }
  },
  SURPRISES_END_THE_STREAM(
      "P3.unknownHarmsNothing/DELTA/ADS",
      "P3.repeatedHarmsNothing/DELTA/ADS",
      "P13.unknownType/DELTA/ADS") {
    @Override
    Distortion<DeltaDiscoveryRequest, DeltaDiscoveryResponse> delta() {
      return new DeltaDefects.SurprisesEndTheStream();
    }
  },
  BREAK_BEFORE_MAKE("P15.routeMoves/DELTA/ADS") {
    @Override
    Distortion<DeltaDiscoveryRequest, DeltaDiscoveryResponse> delta() {
      return new DeltaDefects.BreakBeforeMake();
    }
  };

  private final ImmutableList<String> foundBy;

  Defect(String... foundBy) {
    this.foundBy = ImmutableList.copyOf(foundBy);
  }

  /** Ids of the tests that have to fail. */
  ImmutableList<String> foundBy() {
    return foundBy;
  }

  /** What it does to one aggregated stream of the incremental form. */
  Distortion<DeltaDiscoveryRequest, DeltaDiscoveryResponse> delta() {
    return new Distortion<>();
  }

  /** What it does to one aggregated stream of the state-of-the-world form. */
  Distortion<DiscoveryRequest, DiscoveryResponse> sotw() {
    return new Distortion<>();
  }
}
