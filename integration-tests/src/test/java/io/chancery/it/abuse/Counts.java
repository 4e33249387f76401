package io.chancery.it.abuse;

import io.chancery.stream.XdsMetrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the server has counted. */
final class Counts implements XdsMetrics {
  final AtomicInteger opened = new AtomicInteger();
  final AtomicInteger closed = new AtomicInteger();
  private final Map<String, AtomicLong> bytes = new ConcurrentHashMap<>();

  @Override
  public void opened(String fleet) {
    opened.incrementAndGet();
  }

  @Override
  public void closed(String fleet) {
    closed.incrementAndGet();
  }

  @Override
  public void pushed(String fleet, String kind, int resources, int removed, int size) {
    bytes.computeIfAbsent(fleet, _ -> new AtomicLong()).addAndGet(size);
  }

  /** How much was handed to gRPC for a fleet, read by a client or not. */
  long bytes(String fleet) {
    return bytes.getOrDefault(fleet, new AtomicLong()).get();
  }
}
