package io.chancery.bootstrap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The TCP ports on which a process listens, as Linux tells it. */
final class TcpListeners {
  private static final String LISTEN = "0A";

  private TcpListeners() {}

  /** Lines of {@code /proc/<pid>/net/tcp}. */
  static List<String> of(long pid) throws IOException {
    Set<String> sockets = socketsOf(pid);
    return Stream.of("tcp", "tcp6")
        .map(name -> Path.of("/proc", Long.toString(pid), "net", name))
        .filter(Files::exists)
        .flatMap(TcpListeners::lines)
        .filter(line -> isListenerOf(sockets, line.strip().split("\\s+")))
        .toList();
  }

  private static boolean isListenerOf(Set<String> sockets, String[] columns) {
    return columns[3].equals(LISTEN) && sockets.contains("socket:[" + columns[9] + "]");
  }

  private static Set<String> socketsOf(long pid) throws IOException {
    Set<String> sockets = new HashSet<>();
    try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      for (Path file : files.toList()) {
        target(file).ifPresent(sockets::add);
      }
    }
    return sockets;
  }

  /** Empty for a descriptor that was closed since it was listed: nothing listens there. */
  private static Optional<String> target(Path descriptor) throws IOException {
    try {
      return Optional.of(Files.readSymbolicLink(descriptor).toString());
    } catch (NoSuchFileException closed) {
      return Optional.empty();
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream().skip(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
