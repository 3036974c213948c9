package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.Maintenance;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.mesh.UnlessChanged;
import io.nationtech.harmony.mesh.Written;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What nodes are told: what to have of each deployment, and that somebody works on them, which stands beside it so that both are compared
 * at once. Every method throws {@link io.nationtech.harmony.mesh.MeshUnavailableException} when the mesh cannot be asked.
 */
public final class DesiredStates {
    private final Documents<DesiredState> states;
    private final NodeDeployments index;
    private final FleetCodec codec;
    private final SignedStates signed;
    private final NodeReports reports;
    private final Revocations revocations;

    DesiredStates(Mesh mesh, FleetCodec codec, Signatures signatures, NodeReports reports) {
        this.signed = new SignedStates(codec, signatures);
        this.states = new Documents<>(
                mesh, FleetBucket.DESIRED_STATE, signed::read, state -> FleetKeys.of(state.node(), state.deployment()));
        this.index = new NodeDeployments(mesh);
        this.codec = codec;
        this.reports = reports;
        this.revocations = new Revocations(mesh, signatures);
    }

    /**
     * Tells a node what to have, if what it is told now is what the caller believes.
     *
     * @param expected the revision that the caller read; empty when there was none
     */
    public Written tell(DesiredState desired, Optional<Long> expected) {
        Key key = FleetKeys.of(desired.node(), desired.deployment());
        index.add(desired.node(), desired.deployment());
        Bucket bucket = states.bucket();
        return Named.share(desired.node(), desired.deployment()).write(() -> {
            Payload payload = payload(desired);
            return expected.map(revision -> bucket.update(key, payload, revision))
                    .orElseGet(() -> bucket.create(key, payload));
        });
    }

    /**
     * Telling on a condition; empty when the mesh cannot compare all that a node is told at once: then who takes more of a node than
     * they have holds the lease of placement meanwhile.
     */
    public Optional<ConditionalTelling> conditionally() {
        return states.bucket().conditionalWrites().map(writes -> new ConditionalTelling() {
            @Override
            public Written tell(DesiredState desired, long newest) {
                index.add(desired.node(), desired.deployment());
                return Named.share(desired.node(), desired.deployment())
                        .write(() -> put(FleetKeys.of(desired.node(), desired.deployment()), payload(desired), newest));
            }

            @Override
            public Written begin(Maintenance maintenance, long newest) {
                return put(FleetKeys.maintenance(maintenance.node()), codec.encode(maintenance), newest);
            }

            @Override
            public Written endMaintenance(NodeId node, long newest) {
                return put(FleetKeys.maintenance(node), Payload.empty(), newest);
            }

            private Written put(Key key, Payload payload, long newest) {
                Key node = Key.of(key.parts().getFirst());
                return writes.put(key, payload, new UnlessChanged(KeyPattern.under(node), newest));
            }
        });
    }

    private Payload payload(DesiredState desired) {
        return signed.write(desired, () -> after(desired.node(), desired.deployment()));
    }

    /**
     * Also what the node refuses counts, as the server may have lost the word that it follows, which may have been signed by a clock
     * that was ahead. What an operator said who was revoked counts only where the node follows it: they could have chosen any time before the end of
     * their login, beyond that of others.
     */
    Optional<Instant> after(NodeId node, DeploymentName deployment) {
        Optional<Instant> there = states.bucket()
                .get(FleetKeys.of(node, deployment))
                .map(signed::find)
                .filter(found -> found.revoked().isEmpty())
                .flatMap(SignedStates.Found::serial)
                .map(Serial::asOf);
        Optional<Instant> refused = reports.state(node, deployment).flatMap(NodeState::notBefore);
        return Stream.concat(there.stream(), refused.stream()).max(Comparator.naturalOrder());
    }

    /** Somebody says that they work on a node, under the lease of placement. */
    public void begin(Maintenance maintenance) {
        states.bucket().put(FleetKeys.maintenance(maintenance.node()), codec.encode(maintenance));
    }

    /** Nobody works on the node any more, under the lease of placement. */
    public void endMaintenance(NodeId node) {
        states.bucket().put(FleetKeys.maintenance(node), Payload.empty());
    }

    /** What a node is told about a deployment, readable or not. */
    public Optional<DesiredStateUpdate> of(NodeId node, DeploymentName deployment) {
        return states.bucket().get(FleetKeys.of(node, deployment)).map(entry -> update(deployment, entry));
    }

    /** All that a node is told, by deployment; what cannot be read is left out, and logged. */
    public Map<DeploymentName, DesiredState> of(NodeId node) {
        return states.all(KeyPattern.exactly(Key.of(node.value())).thenAny()).stream()
                .collect(Collectors.toMap(DesiredState::deployment, Function.identity()));
    }

    /**
     * Tells a node what it should have, now and whenever it changes. A deployment without word stays as it is, also when its
     * key is deleted: only a {@link DesiredState} without resources withdraws it, so that a lost bucket stops no work. Who was revoked is read before
     * what they may have said.
     */
    public Subscription watch(NodeId node, Consumer<DesiredStateUpdate> listener) {
        Revocations.Following revoked = revocations.following();
        Subscription told = states.bucket()
                .watchKeys(KeyPattern.exactly(Key.of(node.value())).thenAny(), () -> keys(node, revoked), change -> {
                    if (change instanceof Bucket.Change.Put(Entry entry)) {
                        FleetKeys.deployment(entry.key())
                                .ifPresent(deployment -> listener.accept(update(deployment, entry)));
                    }
                });
        return () -> {
            told.close();
            revoked.close();
        };
    }

    private Set<Key> keys(NodeId node, Revocations.Following revoked) {
        revoked.read();
        return index.of(node).stream()
                .map(deployment -> FleetKeys.of(node, deployment))
                .collect(Collectors.toSet());
    }

    /** Clears away what a node is told of a deployment. */
    void forget(NodeId node, DeploymentName deployment) {
        states.bucket().delete(FleetKeys.of(node, deployment));
        index.remove(node, deployment);
    }

    private DesiredStateUpdate update(DeploymentName deployment, Entry entry) {
        SignedStates.Found found = signed.find(entry);
        return new DesiredStateUpdate(
                deployment,
                entry.revision(),
                Documents.decode(entry, _ -> found.desired(), states.own()),
                found.serial(),
                found.revoked());
    }
}
