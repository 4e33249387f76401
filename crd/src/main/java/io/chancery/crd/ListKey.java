package io.chancery.crd;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that no two members of a list of records have the same values in these fields. Kubernetes
 * then merges the list member by member, whoever applies them ({@code x-kubernetes-list-map-keys}).
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD})
public @interface ListKey {
  /** Names of the fields; each is required, or has a default. */
  String[] value();
}
