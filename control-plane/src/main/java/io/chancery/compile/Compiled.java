package io.chancery.compile;

import io.chancery.engine.Outcome;
import io.chancery.model.ObjectStatus;
import io.chancery.model.Ref;
import io.chancery.xds.ResourceChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one batch changed.
 *
 * @param changes resources that came, changed or went, in no particular order
 * @param statuses objects whose status changed; empty: the object went
 * @param outcome the cost of the batch, and rules that failed
 */
public record Compiled(
    List<ResourceChange> changes, Map<Ref, Optional<ObjectStatus>> statuses, Outcome outcome) {}
