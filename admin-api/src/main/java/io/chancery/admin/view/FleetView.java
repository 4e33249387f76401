package io.chancery.admin.view;

/**
 * A set of Envoys that share a snapshot.
 *
 * @param revision of its snapshot; 0 if nothing was published for it
 * @param nodes connected now
 * @param resources in its snapshot
 */
public record FleetView(String name, long revision, int nodes, int resources) {}
