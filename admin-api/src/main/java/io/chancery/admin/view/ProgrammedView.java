package io.chancery.admin.view;

/**
 * How far an object is on its way to the Envoys.
 *
 * @param revision the newest one that changed what is made of the object
 * @param nodes connected nodes of its fleets
 * @param acked those that run this revision
 * @param rejected those that refused it
 */
public record ProgrammedView(long revision, int nodes, int acked, int rejected) {}
