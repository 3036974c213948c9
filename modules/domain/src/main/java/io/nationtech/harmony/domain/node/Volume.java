package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.value.MountPath;

/**
 * Data on the disk of the node where a container runs, which outlives the container. It is known by its deployment and name, so
 * that it goes on under another path, and when its service is renamed.
 *
 * @param at where the container finds it
 */
public record Volume(DataName name, MountPath at) {

    /** A volume of that name, at that path of the container. */
    public static Volume of(DataName name, MountPath at) {
        return new Volume(name, at);
    }

    @Override
    public String toString() {
        return "%s at %s".formatted(name, at);
    }
}
