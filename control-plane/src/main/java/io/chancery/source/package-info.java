/**
 * Where objects come from: adapters, each behind {@link io.chancery.source.Source}, and the tables
 * that they write.
 */
@NullMarked
package io.chancery.source;

import org.jspecify.annotations.NullMarked;
