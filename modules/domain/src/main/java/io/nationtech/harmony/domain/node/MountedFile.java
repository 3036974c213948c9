package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.ResourceId;

/**
 * A file in a container, which it can only read.
 *
 * @param file the resource that makes it, of the same deployment
 * @param at where the container finds it
 */
public record MountedFile(ResourceId file, MountPath at) {}
