package io.chancery.stream;

import io.chancery.xds.Version;
import java.util.Map;

/**
 * What a refusal is laid on.
 *
 * @param versions by name
 * @param sure whether each is at fault; if not, at least one is
 */
record Blame(Map<String, Version> versions, boolean sure) {}
