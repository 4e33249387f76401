package io.chancery.bench.fleet;

/** What all nodes sent and got. Confined to the loop of the fleet. */
final class Traffic {
  private long bytesSent;
  private long bytesReceived;
  private long responses;
  private long resources;
  private long repeated;
  private long refused;

  /**
   * Sums since the fleet was made.
   *
   * @param bytesSent of messages, without the framing of gRPC, HTTP/2 and TCP
   * @param bytesReceived the same
   * @param repeated resources that a node got although it had them in that content
   * @param refused resources that a node said no to, each time it was offered
   */
  record Total(
      long bytesSent,
      long bytesReceived,
      long responses,
      long resources,
      long repeated,
      long refused) {

    Total since(Total before) {
      return new Total(
          bytesSent - before.bytesSent,
          bytesReceived - before.bytesReceived,
          responses - before.responses,
          resources - before.resources,
          repeated - before.repeated,
          refused - before.refused);
    }
  }

  void sent(int bytes) {
    bytesSent += bytes;
  }

  void received(int bytes, int withResources) {
    bytesReceived += bytes;
    responses++;
    resources += withResources;
  }

  void repeated() {
    repeated++;
  }

  void refused() {
    refused++;
  }

  Total total() {
    return new Total(bytesSent, bytesReceived, responses, resources, repeated, refused);
  }
}
