package io.chancery.admin.view;

import java.util.Map;

/**
 * What a fleet is told to run.
 *
 * @param stale it was stored by an earlier process, and the sources have not been read since
 * @param resources how many there are, by type
 */
public record SnapshotView(
    String fleet, long revision, boolean stale, Map<String, Integer> resources) {}
