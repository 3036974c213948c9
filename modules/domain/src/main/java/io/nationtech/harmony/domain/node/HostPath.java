package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.FolderPath;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.Reason;
import java.util.Set;

/**
 * A folder or a file of the node itself in a container, for what watches or serves its node. It is there before the container's process, and is
 * never made. What a household keeps is a share instead, which its site can move: {@link MountedShare}.
 *
 * @param path on the node; nothing of Harmony's or of the container engine's
 * @param at where the container finds it
 * @param because shown in plans
 */
@Since(7)
public record HostPath(FolderPath path, MountPath at, ShareAccess access, Reason because) {
    /** Keys, secrets, the data of others and what gives orders to the container engine; {@code /var/run} is {@code /run}. */
    private static final Set<String> KEPT = Set.of(
            "/etc/harmony",
            "/run/credentials",
            "/run/harmony",
            "/run/podman",
            "/var/lib/containers",
            "/var/lib/harmony",
            "/var/run/credentials",
            "/var/run/docker.sock",
            "/var/run/harmony",
            "/var/run/podman",
            "/run/docker.sock");

    public HostPath {
        for (String kept : KEPT) {
            if (isIn(path.value(), kept)) {
                throw new InvalidValueException(
                                "%s of the node cannot be in a container: it is Harmony's or the container engine's own"
                                        .formatted(path))
                        .about(path);
            }
        }
    }

    /** One that the container can only read. */
    public static HostPath readOnly(FolderPath path, MountPath at, Reason because) {
        return new HostPath(path, at, ShareAccess.READ_ONLY, because);
    }

    /** One that the container can write into. */
    public static HostPath writable(FolderPath path, MountPath at, Reason because) {
        return new HostPath(path, at, ShareAccess.READ_WRITE, because);
    }

    /** Whether keys of the node lie below, so that who has it can become the node's root. */
    boolean holdsKeys() {
        return KEPT.stream().anyMatch(kept -> isIn(kept, path.value()));
    }

    private static boolean isIn(String inner, String outer) {
        return outer.equals("/") || inner.equals(outer) || inner.startsWith(outer + "/");
    }

    /** As plans show it. */
    @Override
    public String toString() {
        return "%s at %s (%s): %s".formatted(path, at, access.text(), because);
    }
}
