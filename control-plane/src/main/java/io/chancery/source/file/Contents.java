package io.chancery.source.file;

import io.chancery.model.Problem;
import io.chancery.model.Reason;
import io.chancery.model.Ref;
import io.chancery.source.decode.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a file holds.
 *
 * @param objects in the order of the file
 * @param problems of the file, and of documents that name no object
 */
record Contents(List<Decoded> objects, List<Located> problems) {
  static final Contents NONE = new Contents(List.of(), List.of());

  Contents {
    objects = List.copyOf(objects);
    problems = List.copyOf(problems);
  }

  /**
   * Reads a file. What cannot be read does not delete: a file that is no YAML keeps all objects
   * that it held before, and a document that does not say which object it is may be any of them.
   */
  static Contents read(Path path, Contents before) throws IOException {
    String file = path.toString();
    try {
      Decoder decoder = new Decoder(file);
      decoder.decode(YamlReader.read(path));
      return decoder.doubtful() ? decoder.contents().with(before) : decoder.contents();
    } catch (UnreadableException cause) {
      return before.unreadable(file, cause.line(), cause.reason(), cause.text());
    }
  }

  /** These objects, of a file that can no longer be read. */
  Contents unreadable(Path file, IOException cause) {
    String message = "cannot be read: " + Text.printable(String.valueOf(cause.getMessage()));
    return unreadable(file.toString(), 1, Reason.INVALID, message);
  }

  /** These objects and those of before that are not among them. */
  private Contents with(Contents before) {
    Set<Ref> named = new HashSet<>();
    objects.forEach(object -> named.add(object.ref()));
    List<Decoded> all = new ArrayList<>(objects);
    before.objects.stream().filter(object -> !named.contains(object.ref())).forEach(all::add);
    return new Contents(all, problems);
  }

  private Contents unreadable(String file, int line, Reason reason, String message) {
    String all = objects.isEmpty() ? message : message + "; its earlier objects stay";
    Problem problem = new Problem(FileObjects.fileRef(file), "", reason, all);
    return new Contents(objects, List.of(new Located(new Location(file, line), problem)));
  }
}
