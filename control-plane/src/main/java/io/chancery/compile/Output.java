package io.chancery.compile;

import io.chancery.engine.Table;
import io.chancery.model.FleetName;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import java.util.function.Function;

/**
 * A table whose rows are resources.
 *
 * @param kind of all its resources
 * @param nameOf the name of the resource of a key, also where the row is gone
 */
record Output<K extends Comparable<K>>(
    ResourceKind kind, Table<K, Resource> table, Function<K, FleetName> nameOf) {}
