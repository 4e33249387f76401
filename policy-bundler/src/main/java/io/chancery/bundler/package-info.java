/** Builds, tests, signs and serves OPA bundles. */
@NullMarked
package io.chancery.bundler;

import org.jspecify.annotations.NullMarked;
