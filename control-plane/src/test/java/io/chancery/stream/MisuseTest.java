package io.chancery.stream;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class MisuseTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(Misuse.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private long now;
  private final Misuse misuse = new Misuse(() -> now);

  @BeforeEach
  void start() {
    log.start();
    logger.addAppender(log);
    logger.setAdditive(false);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(log);
    logger.setAdditive(true);
  }

  private List<String> lines() {
    return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void tellsOnceAMinuteOfEachKindAndHowOftenItWas() {
    misuse.happened("A", "host-1", "first");
    misuse.happened("A", "host-2", "second");
    misuse.happened("B", null, "other");
    now += Duration.ofSeconds(59).toNanos();
    misuse.happened("A", "host-3", "third");
    now += Duration.ofSeconds(2).toNanos();
    misuse.happened("A", "host-4", "fourth");
    assertThat(lines())
        .containsExactly(
            "xDS client host-1: A: first (0 more like it before)",
            "xDS client unknown: B: other (0 more like it before)",
            "xDS client host-4: A: fourth (2 more like it before)");
  }

  @Test
  void isOneShortLineWhateverTheClientSays() {
    misuse.happened("A", "host", "a\r\nb" + "x".repeat(10_000));
    assertThat(lines()).singleElement().asString().contains("A: a??b").hasSizeLessThan(400);
  }
}
