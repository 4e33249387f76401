package io.chancery.engine;

/** A rule threw. That is a bug; the row keeps its last good value until the rule succeeds again. */
public record RuleFailure(String table, Object key, RuntimeException cause) {}
