package io.chancery.source.file;

import io.chancery.crd.ObjectKind;
import io.chancery.model.Problem;
import io.chancery.model.Ref;
import io.chancery.source.Declared;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One object of a document, as far as it could be decoded.
 *
 * @param declared null if there are problems that keep the object from being used
 * @param document which document of the file holds it, counted from 0
 * @param line where the object starts
 */
record Decoded(
    ObjectKind<?> kind,
    Ref ref,
    @Nullable Declared<?> declared,
    List<Problem> problems,
    int document,
    int line) {}
