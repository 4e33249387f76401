package io.chancery.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Policy {@code timeouts}. */
class TimeoutsTrafficTest {

  @Test
  void aRequestThatTakesTooLongEnds() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    var slow =
        com.sun.net.httpserver.HttpServer.create(
            new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0), 0);
    slow.createContext(
        "/",
        exchange -> {
          try {
            boolean _ = done.await(60, TimeUnit.SECONDS);
          } catch (InterruptedException cause) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    slow.start();
    try (RunningGateway gateway =
        new RunningGateway(
            RunningGateway.GATEWAY,
            """
            apiVersion: chancery.io/v1alpha1
            kind: Backend
            metadata: {name: slow, namespace: shop}
            spec: {static: {endpoints: [{address: 127.0.0.1, port: %d}]}}
            ---
            apiVersion: chancery.io/v1alpha1
            kind: Route
            metadata: {name: slow, namespace: shop}
            spec:
              parentRefs: [{name: edge}]
              policy: {timeouts: {request: 200ms}}
              rules: [{backendRefs: [{group: chancery.io, kind: Backend, name: slow}]}]
            """
                .formatted(slow.getAddress().getPort()))) {
      long start = System.nanoTime();
      assertThat(gateway.get("a.example", "/").status()).isEqualTo(504);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as("far from the default of 15 s")
          .isLessThan(Duration.ofSeconds(10));
    } finally {
      done.countDown();
      slow.stop(0);
    }
  }
}
