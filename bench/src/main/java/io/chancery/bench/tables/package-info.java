/** What a real Envoy pays for a changed route. */
@NullMarked
package io.chancery.bench.tables;

import org.jspecify.annotations.NullMarked;
