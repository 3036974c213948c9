package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.ResourceId;

/**
 * A folder of somebody else's in a container, as a volume of another deployment. It is there before the container's process, and is never made: a
 * container does not start while it is missing.
 *
 * @param data the resource that leads there, of the same deployment
 * @param at where the container finds it
 */
@Since(9)
public record MountedData(ResourceId data, MountPath at, ShareAccess access) {
    public MountedData {
        MountedShare.requireNotAmongFilesOfEngines("somebody else's data", at);
    }

    /** As what is found at a path of the node, whether file or folder. */
    public MountedFile file() {
        return new MountedFile(data, at);
    }

    /** Which one is meant, in a refusal. */
    String label() {
        return "borrowed data '%s' at %s".formatted(data.name(), at);
    }

    /** As plans show it, where a change of access must be seen. */
    @Override
    public String toString() {
        return "%s at %s (%s)".formatted(data.name(), at, access.text());
    }
}
