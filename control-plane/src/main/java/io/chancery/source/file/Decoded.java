package io.chancery.source.file;

import io.chancery.crd.ObjectKind;
import io.chancery.model.Ref;
import io.chancery.source.Declared;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One object of a file, as far as it could be decoded.
 *
 * @param declared null if there are problems that keep the object from being used
 * @param position where the file holds it, for another look
 * @param location where the object starts
 */
record Decoded(
    ObjectKind<?> kind,
    Ref ref,
    @Nullable Declared<?> declared,
    List<Located> problems,
    Position position,
    Location location) {

  /**
   * A place among the documents of a file.
   *
   * @param document counted from 0
   * @param item in the items of a List; -1 if the document is the object
   */
  record Position(int document, int item) {}
}
