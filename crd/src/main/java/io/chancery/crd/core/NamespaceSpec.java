package io.chancery.crd.core;

/** A Kubernetes Namespace; only its labels matter, for selectors. */
public record NamespaceSpec() {}
