package io.chancery.source.kubernetes;

/**
 * How far a source is with one kind, for metrics, logs and the question why nothing is served yet.
 *
 * @param what the kind, with its namespace or name if only a part is read
 * @param objects that are known
 * @param held objects that are gone, and kept until that is certain
 * @param lists complete lists that were read
 * @param watches that were opened
 * @param drifts objects that were found to differ from what the watch had told
 */
public record KindState(
    String what, Phase phase, int objects, int held, long lists, long watches, long drifts) {

  /** What a source knows of a kind. */
  public enum Phase {
    /** Not read yet. */
    PENDING,
    /** Read, and followed. */
    SYNCED,
    /** The API server has no such kind, and had none since the start. */
    NOT_INSTALLED,
    /** The API server had the kind, and has it no more; its objects stay. */
    LOST,
    /** The API server does not let it be read; what was read before stays. */
    REFUSED;

    /** Whether all is as it should be: what there is, is read. */
    public boolean isFollowed() {
      return this == SYNCED || this == NOT_INSTALLED;
    }

    /** Whether a first snapshot may be made without waiting any longer. */
    public boolean isSettled() {
      return isFollowed() || this == LOST;
    }
  }
}
