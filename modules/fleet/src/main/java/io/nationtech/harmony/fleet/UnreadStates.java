package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Written;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What nodes are told that cannot be read, or that nobody signed who is believed: nobody follows it, and nobody writes over it by themselves, as it
 * is not known what is there. Also what was signed by one who was revoked since, which goes on where it is followed, and nowhere else. For people who
 * say what becomes of it. Every method throws
 * {@link io.nationtech.harmony.mesh.MeshUnavailableException} when the mesh cannot be asked.
 */
public final class UnreadStates {
    private final Bucket bucket;
    private final SignedStates signed;
    private final DesiredStates states;
    private final NodeReports reports;

    UnreadStates(Mesh mesh, SignedStates signed, DesiredStates states, NodeReports reports) {
        this.bucket = mesh.bucket(FleetBucket.DESIRED_STATE.bucket());
        this.signed = signed;
        this.states = states;
        this.reports = reports;
    }

    /** Who follows it. */
    public enum Standing {
        /** Nobody. */
        UNBELIEVED,
        /** Whoever signed it was revoked since, and its node says that it followed it before. */
        STILL_FOLLOWED,
        /** Whoever signed it was revoked, and its node does not say that it follows it: it may have been signed since. */
        REVOKED
    }

    /**
     * One of them.
     *
     * @param why it does not count
     * @param signable what it says, where all that it lacks is the signature of one who may sign
     */
    public record Unread(
            NodeId node,
            DeploymentName deployment,
            long revision,
            Cause why,
            Standing standing,
            Optional<DesiredState> signable) {}

    /** All, by node and deployment. */
    public List<Unread> all() {
        Map<Key, Instant> followed = followed();
        return bucket.entries(KeyPattern.any().thenAny()).entries().stream()
                .flatMap(entry -> unread(entry, Optional.ofNullable(followed.get(entry.key()))))
                .toList();
    }

    /** Of what was signed that which was followed last, as each node says. */
    private Map<Key, Instant> followed() {
        Map<Key, Instant> followed = new HashMap<>();
        reports.states()
                .forEach(state -> state.notBefore()
                        .ifPresent(time -> followed.put(FleetKeys.of(state.node(), state.deployment()), time)));
        return followed;
    }

    private Stream<Unread> unread(Entry entry, Optional<Instant> followed) {
        return FleetKeys.node(entry.key()).stream()
                .flatMap(node -> FleetKeys.deployment(entry.key()).stream()
                        .flatMap(deployment -> unread(node, deployment, entry, followed).stream()));
    }

    private Optional<Unread> unread(NodeId node, DeploymentName deployment, Entry entry, Optional<Instant> followed) {
        SignedStates.Found found = signed.find(entry);
        if (found.desired() instanceof Decoded.Unreadable<DesiredState>(Cause why)) {
            return Optional.of(unread(node, deployment, entry, why, Standing.UNBELIEVED));
        }
        Standing standing =
                found.serial().map(Serial::asOf).equals(followed) ? Standing.STILL_FOLLOWED : Standing.REVOKED;
        return found.revoked().map(why -> unread(node, deployment, entry, why, standing));
    }

    private Unread unread(NodeId node, DeploymentName deployment, Entry entry, Cause why, Standing standing) {
        return new Unread(node, deployment, entry.revision(), why, standing, signed.signable(entry));
    }

    /**
     * Signs what lacks nothing but a signature, as it stands; refused when it is another by now.
     *
     * @throws IllegalArgumentException when that cannot be signed
     */
    public Written sign(Unread one) {
        DesiredState state = one.signable()
                .orElseThrow(() -> new IllegalArgumentException("%s lacks more than a signature".formatted(key(one))));
        return bucket.get(key(one))
                .filter(entry -> entry.revision() == one.revision())
                .map(entry -> bucket.update(
                        entry.key(),
                        signed.sign(state, entry.value(), () -> states.after(one.node(), one.deployment())),
                        entry.revision()))
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
