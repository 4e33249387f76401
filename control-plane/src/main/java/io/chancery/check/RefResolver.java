package io.chancery.check;

import io.chancery.crd.Kinds;
import io.chancery.crd.ObjectKind;
import io.chancery.crd.gateway.ReferenceGrantSpec;
import io.chancery.engine.Index;
import io.chancery.engine.Reads;
import io.chancery.model.Checked;
import io.chancery.model.Problem;
import io.chancery.model.Reason;
import io.chancery.model.Ref;
import io.chancery.policy.References;
import io.chancery.source.Declared;
import io.chancery.source.ObjectTables;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The one place where references are followed. A reference that leaves its namespace needs a
 * ReferenceGrant in the namespace of its target; without one it is refused, whether the target
 * exists or not.
 */
public final class RefResolver {
  private final ObjectTables objects;
  private final Index<String, Ref, Declared<ReferenceGrantSpec>> grantsByNamespace;

  public RefResolver(ObjectTables objects) {
    this.objects = objects;
    grantsByNamespace =
        objects.of(Kinds.REFERENCE_GRANT).indexBy((ref, _) -> Set.of(ref.namespace()));
  }

  /** Follows a reference from {@code on}; {@code path} says where it stands, for the problem. */
  <S extends Record> Checked<Declared<S>> resolve(
      Reads reads, Ref on, String path, ObjectKind<S> kind, Ref target) {
    Optional<Problem> refused = refusal(reads, on, path, target);
    if (refused.isPresent()) {
      return Checked.rejected(refused.get());
    }
    return reads
        .find(objects.of(kind), target)
        .map(Checked::ok)
        .orElseGet(() ->
            Checked.rejected(
                new Problem(on, path, Reason.REF_NOT_FOUND, target + " does not exist")));
  }

  /** The problem of a reference that is not granted; empty if it may be followed. */
  public Optional<Problem> refusal(Reads reads, Ref on, String path, Ref target) {
    if (on.namespace().equals(target.namespace()) || granted(reads, on, target)) {
      return Optional.empty();
    }
    String message =
        "%s is in another namespace; a ReferenceGrant in %s must allow %s of %s to refer to it"
            .formatted(target, target.namespace(), on.kind(), on.namespace());
    return Optional.of(new Problem(on, path, Reason.REF_NOT_PERMITTED, message));
  }

  /** The form in which policies see it. */
  References from(Reads reads, Ref on) {
    return new References() {
      @Override
      public <S extends Record> Checked<Declared<S>> resolve(
          ObjectKind<S> kind, @Nullable String namespace, String name, String path) {
        Ref target = new Ref(kind.name(), namespace == null ? on.namespace() : namespace, name);
        return RefResolver.this.resolve(reads, on, path, kind, target);
      }
    };
  }

  private boolean granted(Reads reads, Ref on, Ref target) {
    return reads.group(grantsByNamespace, target.namespace()).values().stream()
        .map(Declared::spec)
        .anyMatch(grant -> allowsFrom(grant, on) && allowsTo(grant, target));
  }

  private static boolean allowsFrom(ReferenceGrantSpec grant, Ref on) {
    return grant.from().stream()
        .anyMatch(from ->
            from.kind().equals(on.kind())
                && from.group().equals(groupOf(on))
                && from.namespace().equals(on.namespace()));
  }

  private static boolean allowsTo(ReferenceGrantSpec grant, Ref target) {
    return grant.to().stream()
        .anyMatch(to ->
            to.kind().equals(target.kind())
                && to.group().equals(groupOf(target))
                && (to.name() == null || to.name().isEmpty() || to.name().equals(target.name())));
  }

  private static String groupOf(Ref ref) {
    return Kinds.named(ref.kind()).map(ObjectKind::group).orElse("");
  }
}
