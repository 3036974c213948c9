package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.hardware.HardwareReport;
import java.time.Instant;

/**
 * What a node said of its hardware once.
 *
 * @param written when it reached the mesh, by the mesh's clock
 */
public record Reported(HardwareReport report, Instant written) {}
