package io.chancery.source.kubernetes;

import io.chancery.engine.Write;
import java.util.List;

/** What a watch tells of its target. */
interface Watching {

  /** Objects changed. */
  void changed(Target target, List<Write<?, ?>> writes);

  /** The phase, or what is wrong, is another than before; the rows of the phase came before. */
  void phase(Target target, KindState.Phase phase);
}
