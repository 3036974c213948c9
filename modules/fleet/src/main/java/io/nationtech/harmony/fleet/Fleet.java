package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.hardware.HardwareReport;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.Liveness;
import io.nationtech.harmony.domain.node.Maintenance;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Leases;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.Omissions;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Seen;
import io.nationtech.harmony.mesh.Snapshot;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.mesh.UnlessChanged;
import io.nationtech.harmony.mesh.Written;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The mesh's buckets in domain terms. Every method throws {@link io.nationtech.harmony.mesh.MeshUnavailableException} when the
 * mesh cannot be asked. What cannot be read is left out of lists, and logged.
 */
public final class Fleet {
    private static final Logger LOG = System.getLogger(Fleet.class.getName());

    private final Mesh mesh;
    private final FleetCodec codec;
    private final Sharing sharing = new Sharing();

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
        return reading().inventory();
    }

    /** The same, to decide upon and to write on the condition that it is still so. */
    public FleetReading reading() {
        return FleetReading.of(readings(KeyPattern.any(), KeyPattern.all()));
    }

    /** One node, if it ever registered; nothing of the others is read. */
    public Optional<NodeReading> reading(NodeId node) {
        Key key = Key.of(node.value());
        return readings(KeyPattern.exactly(key), KeyPattern.under(key)).stream().findFirst();
    }

    /**
     * @param nodes the nodes' own keys
     * @param told what they are told
     */
    private List<NodeReading> readings(KeyPattern nodes, KeyPattern told) {
        FleetIndex index = new FleetIndex(codec, sharing);
        // Before all else: what a node is told later than it was read is refused, so it may be newer than this, and
        // never older.
        Seen desired = read(index, FleetBucket.DESIRED_STATE, told);
        read(index, FleetBucket.NODE_HARDWARE, nodes);
        read(index, FleetBucket.NODE_INFO, nodes);
        warn(index.faults());
        return index.readings(liveness(nodes), newest(desired));
    }

    private Seen read(FleetIndex index, FleetBucket bucket, KeyPattern pattern) {
        return in(bucket).read(pattern, change -> index.accept(bucket, change));
    }

    private static void warn(List<FleetFault> faults) {
        Map<BucketName, Omissions> omissions = new HashMap<>();
        faults.forEach(fault -> omissions
                .computeIfAbsent(fault.bucket(), _ -> new Omissions())
                .add(fault.key().toString(), fault.why()));
        omissions.forEach(Fleet::warn);
    }

    /**
     * The fleet read once and watched from then on, for whoever looks again and again. To be closed.
     *
     * @param nanos monotonic, in nanoseconds
     */
    public FleetView view(LongSupplier nanos) {
        return new FleetView(mesh, this, new FleetIndex(codec, sharing), nanos);
    }

    /** Whether these nodes live. */
    public Map<NodeId, Liveness> liveness(Collection<NodeId> nodes) {
        Map<Key, Liveness> known = liveness(KeyPattern.any());
        return nodes.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        node -> known.getOrDefault(Key.of(node.value()), new Liveness.NeverSeen())));
    }

    Map<Key, Liveness> liveness(KeyPattern nodes) {
        Snapshot beats = in(FleetBucket.NODE_HEARTBEAT).entries(nodes);
        return beats.entries().stream()
                .collect(Collectors.toMap(
                        Entry::key, beat -> Liveness.after(Duration.between(beat.written(), beats.asOf()))));
    }

    /** Of deleted keys and of what cannot be read, too. */
    private static Map<String, Long> newest(Seen desired) {
        Map<String, Long> newest = new HashMap<>();
        desired.revisions().forEach((key, revision) -> newest.merge(key.split("\\.", 2)[0], revision, Math::max));
        return newest;
    }

    /**
     * Telling on a condition; empty when the mesh cannot compare all that a node is told at once: then who takes more of a node than
     * they have holds the lease of placement meanwhile.
     */
    public Optional<ConditionalTelling> conditionalTelling() {
        return in(FleetBucket.DESIRED_STATE).conditionalWrites().map(writes -> new ConditionalTelling() {
            @Override
            public Written tell(DesiredState desired, long newest) {
                return put(FleetKeys.of(desired.node(), desired.deployment()), codec.encode(desired), newest);
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

    /** How far every node is with every deployment that it was told of. */
    public List<NodeState> nodeStates() {
        return read(FleetBucket.NODE_STATE, codec::nodeState, state -> FleetKeys.of(state.node(), state.deployment()))
                .map(Versioned::value)
                .toList();
    }

    /** How far every node is with one deployment. */
    public List<NodeState> nodeStates(DeploymentName deployment) {
        return read(
                        FleetBucket.NODE_STATE,
                        KeyPattern.any().then(deployment.value()),
                        codec::nodeState,
                        state -> FleetKeys.of(state.node(), state.deployment()))
                .map(Versioned::value)
                .toList();
    }

    /** How far one node is with everything. */
    public List<NodeState> nodeStates(NodeId node) {
        return read(
                        FleetBucket.NODE_STATE,
                        KeyPattern.under(Key.of(node.value())),
                        codec::nodeState,
                        state -> FleetKeys.of(state.node(), state.deployment()))
                .map(Versioned::value)
                .toList();
    }

    /** How far one node is with one deployment. */
    public Optional<NodeState> nodeState(NodeId node, DeploymentName deployment) {
        return in(FleetBucket.NODE_STATE).get(FleetKeys.of(node, deployment)).flatMap(this::nodeState);
    }

    private Optional<NodeState> nodeState(Entry entry) {
        return value(
                FleetBucket.NODE_STATE,
                entry,
                codec::nodeState,
                state -> FleetKeys.of(state.node(), state.deployment()));
    }

    /** Tells every change of how far any node is with the deployment, the newest first. */
    public Subscription watchNodeStates(DeploymentName deployment, Consumer<NodeState> listener) {
        return in(FleetBucket.NODE_STATE).watch(KeyPattern.any().then(deployment.value()), change -> {
            if (change instanceof Bucket.Change.Put(Entry entry)) {
                nodeState(entry).ifPresent(listener);
            }
        });
    }

    /**
     * Tells a node what to have, if what it is told now is what the caller believes.
     *
     * @param expected the revision that the caller read; empty when there was none
     */
    public Written tell(DesiredState desired, Optional<Long> expected) {
        Key key = FleetKeys.of(desired.node(), desired.deployment());
        Payload payload = codec.encode(desired);
        Bucket bucket = in(FleetBucket.DESIRED_STATE);
        return expected.map(revision -> bucket.update(key, payload, revision))
                .orElseGet(() -> bucket.create(key, payload));
    }

    /** All that a node is told, by deployment; what cannot be read is left out. */
    public Map<DeploymentName, DesiredState> toldTo(NodeId node) {
        return read(
                        FleetBucket.DESIRED_STATE,
                        KeyPattern.exactly(Key.of(node.value())).thenAny(),
                        codec::desiredState,
                        state -> FleetKeys.of(state.node(), state.deployment()))
                .map(Versioned::value)
                .collect(Collectors.toMap(DesiredState::deployment, Function.identity()));
    }

    /**
     * The leases of the mesh, for one who contends for them.
     *
     * @param holder unlike every other's; without blanks
     * @param nanoClock monotonic, in nanoseconds
     */
    public Leases leases(String holder, LongSupplier nanoClock) {
        return new Leases(in(FleetBucket.LEASES), holder, Leases.SHORTEST_TERM, nanoClock);
    }

    /** Puts a secret where its node finds it, in place of what was there. */
    public void seal(SealedForNode secret) {
        in(FleetBucket.SEALED_SECRETS)
                .put(
                        FleetKeys.of(
                                secret.node(),
                                secret.deployment(),
                                secret.secret().ref()),
                        codec.encode(secret));
    }

    /** The sealed secret that is there for a node; what cannot be read counts as none. */
    public Optional<SealedForNode> sealedFor(NodeId node, DeploymentName deployment, SecretRef secret) {
        return in(FleetBucket.SEALED_SECRETS)
                .get(FleetKeys.of(node, deployment, secret))
                .flatMap(this::sealed);
    }

    /** Tells of a secret that is sealed for a node, now and whenever another is. */
    public Subscription watchSealed(
            NodeId node, DeploymentName deployment, SecretRef secret, Consumer<SealedForNode> listener) {
        return in(FleetBucket.SEALED_SECRETS)
                .watch(KeyPattern.exactly(FleetKeys.of(node, deployment, secret)), change -> {
                    if (change instanceof Bucket.Change.Put(Entry entry)) {
                        sealed(entry).ifPresent(listener);
                    }
                });
    }

    private Optional<SealedForNode> sealed(Entry entry) {
        return value(
                FleetBucket.SEALED_SECRETS,
                entry,
                codec::sealedForNode,
                found -> FleetKeys.of(
                        found.node(), found.deployment(), found.secret().ref()));
    }

    /** Deletes the sealed secrets of a deployment, on all nodes, but for those that are to stay. */
    public void forgetSealed(DeploymentName deployment, Map<NodeId, Set<SecretRef>> stay) {
        Bucket bucket = in(FleetBucket.SEALED_SECRETS);
        Set<Key> kept = stay.entrySet().stream()
                .flatMap(
                        node -> node.getValue().stream().map(secret -> FleetKeys.of(node.getKey(), deployment, secret)))
                .collect(Collectors.toSet());
        bucket.entries(KeyPattern.any().then(deployment.value()).thenAny()).entries().stream()
                .map(Entry::key)
                .filter(key -> !kept.contains(key))
                .forEach(bucket::delete);
    }

    /** Clears away what is kept of a deployment for a node that has nothing left of it, and said so. */
    public void forget(NodeId node, DeploymentName deployment) {
        in(FleetBucket.DESIRED_STATE).delete(FleetKeys.of(node, deployment));
        in(FleetBucket.NODE_STATE).delete(FleetKeys.of(node, deployment));
    }

    /** What a node is told about a deployment, readable or not. */
    public Optional<DesiredStateUpdate> told(NodeId node, DeploymentName deployment) {
        return in(FleetBucket.DESIRED_STATE).get(FleetKeys.of(node, deployment)).map(entry -> told(deployment, entry));
    }

    /**
     * Tells a node what it should have, now and whenever it changes. A deployment without word stays as it is, also when its
     * key is deleted: only a {@link DesiredState} without resources withdraws it, so that a lost bucket stops no work.
     */
    public Subscription watchDesired(NodeId node, Consumer<DesiredStateUpdate> listener) {
        return in(FleetBucket.DESIRED_STATE)
                .watch(KeyPattern.exactly(Key.of(node.value())).thenAny(), change -> {
                    if (change instanceof Bucket.Change.Put(Entry entry)) {
                        FleetKeys.deployment(entry.key())
                                .ifPresent(deployment -> listener.accept(told(deployment, entry)));
                    }
                });
    }

    private DesiredStateUpdate told(DeploymentName deployment, Entry entry) {
        return new DesiredStateUpdate(
                deployment,
                entry.revision(),
                switch (codec.desiredState(entry.value())) {
                    case Decoded.Value<DesiredState>(DesiredState state)
                    when !FleetKeys.of(state.node(), state.deployment()).equals(entry.key()) ->
                        new Decoded.Unreadable<>(
                                FleetKeys.misplaced(entry.key(), FleetKeys.of(state.node(), state.deployment())));
                    case Decoded<DesiredState> decoded -> decoded;
                });
    }

    /** A node says what it is. */
    public void register(NodeInfo info) {
        in(FleetBucket.NODE_INFO).put(Key.of(info.id().value()), codec.encode(info));
    }

    /** Somebody says that they work on a node, under the lease of placement. */
    public void begin(Maintenance maintenance) {
        in(FleetBucket.DESIRED_STATE).put(FleetKeys.maintenance(maintenance.node()), codec.encode(maintenance));
    }

    /** Nobody works on the node any more, under the lease of placement. */
    public void endMaintenance(NodeId node) {
        in(FleetBucket.DESIRED_STATE).put(FleetKeys.maintenance(node), Payload.empty());
    }

    /** A node says that it is there; the mesh notes when. */
    public void beat(NodeId node, long sequence) {
        in(FleetBucket.NODE_HEARTBEAT).put(Key.of(node.value()), Payload.of(Long.toString(sequence)));
    }

    /** A node says what hardware it has. Nothing is written when it said so before, so that what is kept to compare differs. */
    public void report(HardwareReport report) {
        Key key = Key.of(report.node().value());
        Payload payload = codec.encode(report);
        Bucket bucket = in(FleetBucket.NODE_HARDWARE);
        if (bucket.get(key).map(Entry::value).filter(payload::equals).isEmpty()) {
            bucket.put(key, payload);
        }
    }

    /** What a node said of its hardware, oldest first, as far back as the mesh keeps it. */
    public List<Reported> hardwareReports(NodeId node) {
        Omissions omissions = new Omissions();
        List<Reported> reports = in(FleetBucket.NODE_HARDWARE).history(Key.of(node.value())).stream()
                .flatMap(entry ->
                        value(
                                        entry,
                                        codec::hardwareReport,
                                        report -> Key.of(report.node().value()),
                                        omissions)
                                .stream()
                                .map(report -> new Reported(report, entry.written())))
                .toList();
        warn(FleetBucket.NODE_HARDWARE.bucket(), omissions);
        return reports;
    }

    /** A node says how far it is with a deployment. */
    public void report(NodeState state) {
        in(FleetBucket.NODE_STATE).put(FleetKeys.of(state.node(), state.deployment()), codec.encode(state));
    }

    /** The rollouts of all deployments. */
    public Rollouts rollouts() {
        return new Rollouts(in(FleetBucket.ROLLOUTS), in(FleetBucket.ROLLOUT_CHANGES), codec);
    }

    /** The commands that nodes answer. */
    public NodeCommands commands() {
        return new NodeCommands(mesh, codec);
    }

    private Bucket in(FleetBucket bucket) {
        return mesh.bucket(bucket.bucket());
    }

    private <T> Stream<Versioned<T>> read(
            FleetBucket bucket, Function<Payload, Decoded<T>> decoder, Function<T, Key> key) {
        return read(bucket, KeyPattern.all(), decoder, key);
    }

    private <T> Stream<Versioned<T>> read(
            FleetBucket bucket, KeyPattern pattern, Function<Payload, Decoded<T>> decoder, Function<T, Key> key) {
        return readable(bucket, in(bucket).entries(pattern).entries().stream(), decoder, key);
    }

    private <T> Stream<Versioned<T>> readable(
            FleetBucket bucket, Stream<Entry> entries, Function<Payload, Decoded<T>> decoder, Function<T, Key> key) {
        Omissions omissions = new Omissions();
        List<Versioned<T>> readable = entries.flatMap(entry -> value(entry, decoder, key, omissions).stream()
                        .map(value -> new Versioned<>(entry.revision(), value)))
                .toList();
        warn(bucket.bucket(), omissions);
        return readable.stream();
    }

    private static <T> Optional<T> value(
            FleetBucket bucket, Entry entry, Function<Payload, Decoded<T>> decoder, Function<T, Key> key) {
        Omissions omissions = new Omissions();
        Optional<T> value = value(entry, decoder, key, omissions);
        warn(bucket.bucket(), omissions);
        return value;
    }

    /** What cannot be read is left out, and what is written in another's name, as it would otherwise count as that other's. */
    private static <T> Optional<T> value(
            Entry entry, Function<Payload, Decoded<T>> decoder, Function<T, Key> key, Omissions omissions) {
        return switch (decoder.apply(entry.value())) {
            case Decoded.Value<T>(T value) when key.apply(value).equals(entry.key()) -> Optional.of(value);
            case Decoded.Value<T>(T value) -> {
                omissions.add(
                        entry.key().toString(),
                        FleetKeys.misplaced(entry.key(), key.apply(value)).what());
                yield Optional.empty();
            }
            case Decoded.Unreadable<T>(var cause) -> {
                omissions.add(entry.key().toString(), cause.what());
                yield Optional.empty();
            }
        };
    }

    private static void warn(BucketName bucket, Omissions omissions) {
        omissions
                .summary()
                .ifPresent(summary -> LOG.log(
                        Level.WARNING, "Left out of bucket ''{0}'', as it cannot be read: {1}", bucket, summary));
    }
}
