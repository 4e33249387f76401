package io.chancery.it.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Asks without a pause until it is closed, and remembers the answers. */
final class Traffic implements AutoCloseable {
  private final Client client;
  private final List<String> answers = new ArrayList<>();
  private final Thread thread;
  private volatile boolean stopped;

  Traffic(Client client) {
    this.client = client;
    this.thread = Thread.startVirtualThread(this::run);
  }

  private void run() {
    while (!stopped) {
      String answer = client.ask();
      synchronized (answers) {
        answers.add(answer);
      }
    }
  }

  private synchronized List<String> answers() {
    synchronized (answers) {
      return List.copyOf(answers);
    }
  }

  /** Some more requests are answered, by whomever. */
  void goesOn() {
    int before = answers().size();
    await().atMost(Duration.ofSeconds(30)).until(() -> answers().size() > before + 20);
  }

  /** All requests until now were answered by these. */
  void answeredOnlyBy(String... names) {
    assertThat(Set.copyOf(answers())).isSubsetOf(Set.of(names));
  }

  @Override
  public void close() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
    }
  }
}
