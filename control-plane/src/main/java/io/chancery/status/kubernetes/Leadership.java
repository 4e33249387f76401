package io.chancery.status.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this replica is the one that writes. Held by a Lease: who cannot renew it stops to lead
 * before another can begin. Who lost it, for example because the API server was away, stands again.
 */
public final class Leadership implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
  private static final String LEASE = "chancery";
  private static final Duration LEASE_DURATION = Duration.ofSeconds(15);
  private static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);
  private static final Duration RETRY_PERIOD = Duration.ofSeconds(2);

  private final ExecutorService executor =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("leader-", 0).factory());
  private final KubernetesClient client;
  private final String namespace;
  private final String identity;
  private volatile boolean leads;
  private volatile boolean closed;
  private volatile CompletableFuture<?> standing = CompletableFuture.completedFuture(null);

  /**
   * Stands for election.
   *
   * @param namespace of the Lease
   * @param identity of this replica, unique among all
   */
  public Leadership(KubernetesClient client, String namespace, String identity) {
    this.client = client;
    this.namespace = namespace;
    this.identity = identity;
    executor.execute(this::standAgainAndAgain);
  }

  /** Whether this replica leads now. */
  public boolean leads() {
    return leads;
  }

  private void standAgainAndAgain() {
    try {
      while (!closed) {
        standing = new LeaderElector(client, config(), executor).start();
        try {
          standing.get();
        } catch (java.util.concurrent.ExecutionException
            | java.util.concurrent.CancellationException cause) {
          LOG.debug("the election ended", cause);
        }
        leads = false;
        TimeUnit.SECONDS.sleep(1);
      }
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
    }
  }

  private LeaderElectionConfig config() {
    return new LeaderElectionConfigBuilder()
        .withName(LEASE)
        .withLock(new LeaseLock(namespace, LEASE, identity))
        .withLeaseDuration(LEASE_DURATION)
        .withRenewDeadline(RENEW_DEADLINE)
        .withRetryPeriod(RETRY_PERIOD)
        .withReleaseOnCancel(true)
        .withLeaderCallbacks(
            new LeaderCallbacks(
                () -> turn(true), () -> turn(false), leader -> LOG.info("{} leads", leader)))
        .build();
  }

  private void turn(boolean now) {
    leads = now;
    LOG.info("this replica {}", now ? "leads: it writes statuses" : "does not lead any more");
  }

  @Override
  public void close() {
    closed = true;
    leads = false;
    standing.cancel(true);
    executor.shutdownNow();
  }
}
