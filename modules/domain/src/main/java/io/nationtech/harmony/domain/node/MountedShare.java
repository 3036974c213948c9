package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.ShareName;
import java.util.Set;

/**
 * A share in a container. It is there before the container's process, and is never made: a container does not start on a node where it is
 * missing.
 *
 * @param at where the container finds it
 */
public record MountedShare(ShareName share, MountPath at, ShareAccess access) {
    /** Where container engines make files of their own, which would then lie in the share. */
    private static final Set<String> ENGINES = Set.of("/etc", "/run", "/var/run");

    public MountedShare {
        requireNotAmongFilesOfEngines("share '%s'".formatted(share), at);
    }

    static void requireNotAmongFilesOfEngines(String what, MountPath at) {
        if (ENGINES.contains(at.value())) {
            throw new InvalidValueException(
                            "%s cannot be at %s: the container engine makes files there, which would then lie in it; mount it below, or elsewhere"
                                    .formatted(what, at))
                    .about(at);
        }
    }

    /** One that a container can only read. */
    public static MountedShare readOnly(ShareName share, MountPath at) {
        return new MountedShare(share, at, ShareAccess.READ_ONLY);
    }

    /** One that a container can write into. */
    public static MountedShare writable(ShareName share, MountPath at) {
        return new MountedShare(share, at, ShareAccess.READ_WRITE);
    }

    /** Which one is meant, in a refusal. */
    String label() {
        return "share '%s' at %s".formatted(share, at);
    }

    /** As plans show it, where a change of access must be seen. */
    @Override
    public String toString() {
        return "%s at %s (%s)".formatted(share, at, access.text());
    }
}
