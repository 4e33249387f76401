/** What the control plane counts of itself. */
@NullMarked
package io.chancery.telemetry;

import org.jspecify.annotations.NullMarked;
