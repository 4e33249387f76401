package io.chancery.app.local;

/** A server that stands in for a real upstream. */
sealed interface RunningUpstream extends AutoCloseable permits HttpUpstream, GrpcUpstream {
  /** Where it listens on loopback. */
  int port();

  @Override
  void close();
}
