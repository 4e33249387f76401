package io.chancery.policy;

import io.chancery.crd.ObjectKind;
import io.chancery.model.Checked;
import io.chancery.source.Declared;
import org.jspecify.annotations.Nullable;

/**
 * How a policy sees the objects that its specification names. There is one resolver; it lives in
 * {@code check}.
 */
public interface References {

  /**
   * The object that a reference names, if it exists and the reference is granted.
   *
   * @param namespace null for the namespace of the referring object
   * @param path where the reference stands, for the problem
   */
  <S extends Record> Checked<Declared<S>> resolve(
      ObjectKind<S> kind, @Nullable String namespace, String name, String path);
}
