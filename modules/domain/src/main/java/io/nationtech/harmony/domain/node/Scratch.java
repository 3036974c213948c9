package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.MountPath;

/**
 * A folder of a container in memory, empty whenever it starts. What lies in it counts against the container's memory limit.
 *
 * @param most what it can hold
 */
public record Scratch(MountPath at, Memory most) {}
