package io.chancery.status;

import io.chancery.model.ObjectStatus;
import java.util.Optional;

/**
 * All that is known of one object.
 *
 * @param status with the conditions {@code Programmed}
 * @param programmed empty if nothing of the object goes to an Envoy
 */
public record ObjectReport(ObjectStatus status, Optional<Programmed> programmed) {}
