package io.chancery.admin.view;

import java.util.Map;

/**
 * What a fleet is told to run.
 *
 * @param resources how many there are, by type
 */
public record SnapshotView(String fleet, long revision, Map<String, Integer> resources) {}
