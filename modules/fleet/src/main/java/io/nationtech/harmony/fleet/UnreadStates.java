package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Written;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What nodes are told that cannot be read, or that nobody signed who is believed: nobody follows it, and nobody writes over it by themselves, as it
 * is not known what is there. For people who say what becomes of it. Every method throws
 * {@link io.nationtech.harmony.mesh.MeshUnavailableException} when the mesh cannot be asked.
 */
public final class UnreadStates {
    private final Bucket bucket;
    private final SignedStates signed;

    UnreadStates(Mesh mesh, SignedStates signed) {
        this.bucket = mesh.bucket(FleetBucket.DESIRED_STATE.bucket());
        this.signed = signed;
    }

    /**
     * One of them.
     *
     * @param why it does not count
     * @param unsigned what it says, where all that it lacks is a signature
     */
    public record Unread(
            NodeId node, DeploymentName deployment, long revision, Cause why, Optional<DesiredState> unsigned) {}

    /** All, by node and deployment. */
    public List<Unread> all() {
        return bucket.entries(KeyPattern.any().thenAny()).entries().stream()
                .flatMap(this::unread)
                .toList();
    }

    private Stream<Unread> unread(Entry entry) {
        try {
            NodeId node = NodeId.of(entry.key().parts().getFirst());
            return FleetKeys.deployment(entry.key()).stream()
                    .flatMap(deployment -> signed.find(entry).desired()
                                    instanceof Decoded.Unreadable<DesiredState>(var why)
                            ? Stream.of(new Unread(node, deployment, entry.revision(), why, signed.unsigned(entry)))
                            : Stream.of());
        } catch (InvalidValueException e) {
            return Stream.of();
        }
    }

    /**
     * Signs what lacks nothing but a signature, as it stands; refused when it is another by now.
     *
     * @throws IllegalArgumentException when that cannot be signed
     */
    public Written sign(Unread one) {
        if (one.unsigned().isEmpty()) {
            throw new IllegalArgumentException("%s lacks more than a signature".formatted(key(one)));
        }
        return bucket.get(key(one))
                .filter(entry -> entry.revision() == one.revision())
                .map(entry -> bucket.update(entry.key(), signed.sign(entry), entry.revision()))
                .orElseGet(Written.Conflict::new);
    }

    /** Takes away what a node is told, so that a deploy can tell it anew; what runs there goes on. Refused when it is another by now. */
    public Written clear(Unread one) {
        Written written = bucket.update(key(one), Payload.empty(), one.revision());
        if (written instanceof Written.At) {
            bucket.delete(key(one));
        }
        return written;
    }

    private static Key key(Unread one) {
        return FleetKeys.of(one.node(), one.deployment());
    }
}
