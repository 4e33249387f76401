package io.chancery.source.kubernetes;

import io.chancery.source.decode.Tree;
import java.io.IOException;

/**
 * Whether the definition of a kind stands. Who deletes a definition deletes all objects of the
 * kind, one by one, before the kind itself goes: that looks like a wish, and hardly ever is one.
 */
final class Definitions {
  private static final String PATH = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/";

  private final Api api;
  private final Target target;

  Definitions(Api api, Target target) {
    this.api = api;
    this.target = target;
  }

  /** False if the definition is gone, is going, or cannot be looked at just now. */
  boolean stand() {
    if (!target.isCustom()) {
      return true;
    }
    try {
      return Tree.member(api.get(PATH + target.definition()), "metadata")
          .flatMap(metadata -> Tree.member(metadata, "deletionTimestamp"))
          .isEmpty();
    } catch (ApiException cause) {
      // Who may not look goes by what the lists say.
      return cause.isRefused();
    } catch (IOException cause) {
      return false;
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
