package io.chancery.status.kubernetes;

import io.chancery.crd.ObjectKind;
import io.chancery.crd.ObjectKind.Scope;
import io.chancery.model.Ref;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Map;
import java.util.Optional;

/** Reads an object and writes its status, as a field manager of its own. */
final class ObjectAccess {
  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("chancery-status")
          .withForce(true)
          .build();

  private final KubernetesClient client;

  ObjectAccess(KubernetesClient client) {
    this.client = client;
  }

  /** The object as it is now; empty if there is none. */
  Optional<GenericKubernetesResource> read(ObjectKind<?> kind, Ref ref) {
    var all = client.genericKubernetesResources(context(kind));
    Resource<GenericKubernetesResource> one =
        kind.scope() == Scope.CLUSTER
            ? all.withName(ref.name())
            : all.inNamespace(ref.namespace()).withName(ref.name());
    return Optional.ofNullable(one.get());
  }

  /**
   * Writes.
   *
   * @param read what was read; if it changed since, the write fails with code 409
   */
  void write(ObjectKind<?> kind, GenericKubernetesResource read, Map<String, Object> status) {
    GenericKubernetesResource applied = new GenericKubernetesResource();
    applied.setApiVersion(kind.apiVersion());
    applied.setKind(kind.name());
    applied.setMetadata(
        new ObjectMetaBuilder()
            .withName(read.getMetadata().getName())
            .withNamespace(read.getMetadata().getNamespace())
            .withResourceVersion(read.getMetadata().getResourceVersion())
            .build());
    applied.setAdditionalProperty("status", status);
    GenericKubernetesResource _ =
        client
            .genericKubernetesResources(context(kind))
            .resource(applied)
            .subresource("status")
            .patch(APPLY, applied);
  }

  private static ResourceDefinitionContext context(ObjectKind<?> kind) {
    return new ResourceDefinitionContext.Builder()
        .withGroup(kind.group())
        .withVersion(kind.versions().getFirst())
        .withKind(kind.name())
        .withPlural(kind.plural())
        .withNamespaced(kind.scope() == Scope.NAMESPACED)
        .build();
  }
}
