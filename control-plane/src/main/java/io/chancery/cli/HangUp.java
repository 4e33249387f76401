package io.chancery.cli;

import io.chancery.source.file.FileSource;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP of a server means: read the files again. By reflection, since the JDK's only way to hear
 * of signals is not part of its specification; where it is missing, the signal keeps its meaning.
 */
final class HangUp {
  private static final Logger LOG = LoggerFactory.getLogger(HangUp.class);

  private HangUp() {}

  static void rescans(FileSource files) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object rescan =
          Proxy.newProxyInstance(
              HangUp.class.getClassLoader(),
              new Class<?>[] {handler},
              (_, _, _) -> {
                files.rescan();
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), rescan);
    } catch (ReflectiveOperationException cause) {
      LOG.debug("SIGHUP will not read the files again", cause);
    }
  }
}
