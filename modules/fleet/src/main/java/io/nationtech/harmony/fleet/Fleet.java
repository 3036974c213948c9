package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.Liveness;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPrefix;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Snapshot;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.mesh.Written;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The mesh's buckets in domain terms. Every method throws {@link io.nationtech.harmony.mesh.MeshUnavailableException} when the
 * mesh cannot be asked. What cannot be read is left out of lists, and logged.
 */
public final class Fleet {
    private static final Logger LOG = System.getLogger(Fleet.class.getName());

    private final Mesh mesh;
    private final FleetCodec codec;

    public Fleet(Mesh mesh, FleetCodec codec) {
        this.mesh = mesh;
        this.codec = codec;
    }

    /** Makes the buckets that are missing. */
    public void ensureBuckets() {
        for (FleetBucket bucket : FleetBucket.values()) {
            mesh.ensureBucket(bucket.bucket(), bucket.history());
        }
    }

    /** All nodes that ever registered, with what they are told to have. */
    public Inventory inventory() {
        Map<NodeId, Map<DeploymentName, Versioned<DesiredState>>> desired = desiredByNode();
        Snapshot beats = in(FleetBucket.NODE_HEARTBEAT).entries(KeyPrefix.all());
        Map<Key, Liveness> liveness = beats.entries().stream()
                .collect(Collectors.toMap(
                        Entry::key, beat -> Liveness.after(Duration.between(beat.written(), beats.asOf()))));
        return new Inventory(read(FleetBucket.NODE_INFO, KeyPrefix.all(), codec::nodeInfo)
                .map(info -> new NodeStatus(
                        info.value(),
                        liveness.getOrDefault(Key.of(info.value().id().value()), new Liveness.NeverHeard()),
                        desired.getOrDefault(info.value().id(), Map.of())))
                .toList());
    }

    private Map<NodeId, Map<DeploymentName, Versioned<DesiredState>>> desiredByNode() {
        Map<NodeId, Map<DeploymentName, Versioned<DesiredState>>> byNode = new HashMap<>();
        read(FleetBucket.DESIRED_STATE, KeyPrefix.all(), codec::desiredState)
                .forEach(told -> byNode.computeIfAbsent(told.value().node(), _ -> new HashMap<>())
                        .put(told.value().deployment(), told));
        return byNode;
    }

    /** How far every node is with every deployment that it was told of. */
    public List<NodeState> nodeStates() {
        return read(FleetBucket.NODE_STATE, KeyPrefix.all(), codec::nodeState)
                .map(Versioned::value)
                .toList();
    }

    /** How far one node is with one deployment. */
    public Optional<NodeState> nodeState(NodeId node, DeploymentName deployment) {
        return in(FleetBucket.NODE_STATE).get(key(node, deployment)).flatMap(entry -> value(entry, codec::nodeState));
    }

    /** Tells every change of how far the node is with the deployment, the newest first. */
    public Subscription watchNodeState(NodeId node, DeploymentName deployment, Consumer<NodeState> listener) {
        return in(FleetBucket.NODE_STATE).watch(KeyPrefix.of(node.value(), deployment.value()), change -> {
            if (change instanceof Bucket.Change.Put(Entry entry)) {
                value(entry, codec::nodeState).ifPresent(listener);
            }
        });
    }

    /**
     * Tells a node what to have, if what it is told now is what the caller believes.
     *
     * @param expected the revision that the caller read; empty when there was none
     */
    public Written tell(DesiredState desired, Optional<Long> expected) {
        Key key = key(desired.node(), desired.deployment());
        Payload payload = codec.encode(desired);
        Bucket bucket = in(FleetBucket.DESIRED_STATE);
        return expected.map(revision -> bucket.update(key, payload, revision))
                .orElseGet(() -> bucket.create(key, payload));
    }

    /** Tells a node what it should have, now and whenever it changes. A deployment without word stays as it is. */
    public Subscription watchDesired(NodeId node, Consumer<Told> listener) {
        return in(FleetBucket.DESIRED_STATE).watch(KeyPrefix.of(node.value()), change -> {
            if (change instanceof Bucket.Change.Put(Entry entry)) {
                DeploymentName deployment =
                        DeploymentName.of(entry.key().parts().getLast());
                listener.accept(new Told(deployment, entry.revision(), codec.desiredState(entry.value())));
            }
        });
    }

    /** A node says what it is. */
    public void register(NodeInfo info) {
        in(FleetBucket.NODE_INFO).put(Key.of(info.id().value()), codec.encode(info));
    }

    /** A node says that it is there; the mesh notes when. */
    public void beat(NodeId node, long sequence) {
        in(FleetBucket.NODE_HEARTBEAT).put(Key.of(node.value()), Payload.of(Long.toString(sequence)));
    }

    /** A node says how far it is with a deployment. */
    public void report(NodeState state) {
        in(FleetBucket.NODE_STATE).put(key(state.node(), state.deployment()), codec.encode(state));
    }

    /** The commands that nodes answer. */
    public NodeCommands commands() {
        return new NodeCommands(mesh, codec);
    }

    private Bucket in(FleetBucket bucket) {
        return mesh.bucket(bucket.bucket());
    }

    private <T> java.util.stream.Stream<Versioned<T>> read(
            FleetBucket bucket, KeyPrefix prefix, Function<Payload, Decoded<T>> decoder) {
        return in(bucket).entries(prefix).entries().stream()
                .flatMap(
                        entry -> value(entry, decoder).stream().map(value -> new Versioned<>(entry.revision(), value)));
    }

    private static <T> Optional<T> value(Entry entry, Function<Payload, Decoded<T>> decoder) {
        return switch (decoder.apply(entry.value())) {
            case Decoded.Value<T>(T value) -> Optional.of(value);
            case Decoded.Unreadable<T>(var cause) -> {
                LOG.log(Level.WARNING, "Cannot read {0}: {1}", entry.key(), cause);
                yield Optional.empty();
            }
        };
    }

    private static Key key(NodeId node, DeploymentName deployment) {
        return Key.of(node.value(), deployment.value());
    }
}
