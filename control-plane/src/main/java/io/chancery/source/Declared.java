package io.chancery.source;

import io.chancery.crd.Meta;

/** An object as its author declared it, decoded: right in structure, not yet checked in meaning. */
public record Declared<S extends Record>(Meta meta, S spec) {}
