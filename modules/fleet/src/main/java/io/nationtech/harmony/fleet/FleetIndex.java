package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.hardware.HardwareReport;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.Liveness;
import io.nationtech.harmony.domain.node.Maintenance;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.mesh.Bucket.Change;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.Payload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The fleet's entries, decoded and put together by node, one at a time and each in the place of what was under its key: whoever reads
 * buckets and whoever watches them comes to the same. Values are decoded once and their bytes let go. Safe for use by several threads.
 */
final class FleetIndex {
    /** More are left out just so, and not named: a hostile client may write any number. */
    private static final int MOST_FAULTS = 1_000;

    private final FleetCodec codec;
    private final SignedStates signed;
    private final SignedInfos infos;
    private final Sharing sharing;
    private final Map<String, Node> nodes = new HashMap<>();
    private final Map<At, FleetFault> faults =
            new TreeMap<>(Comparator.comparing(At::bucket).thenComparing(At::key));

    /** Where an entry is. */
    private record At(FleetBucket bucket, Key key) {}

    /**
     * What is there by now.
     *
     * @param cause why what is there is left out
     */
    private record Found<T>(At at, Optional<T> value, Optional<Cause> cause) {
        static <T> Found<T> nothing(At at) {
            return new Found<>(at, Optional.empty(), Optional.empty());
        }

        static <T> Found<T> leftOut(At at, Cause cause) {
            return new Found<>(at, Optional.empty(), Optional.of(cause));
        }

        Found<T> map(UnaryOperator<T> operator) {
            return new Found<>(at, value.map(operator), cause);
        }
    }

    /** What is known of a node, whose key's first part is its name. */
    private static final class Node {
        private Optional<NodeInfo> info = Optional.empty();
        private Optional<HardwareReport> hardware = Optional.empty();
        private Optional<Maintenance> maintenance = Optional.empty();
        private Map<DeploymentName, Versioned<DesiredState>> desired = Map.of();
        private Set<DeploymentName> unreadable = Set.of();
        private Map<DeploymentName, NodeState> states = Map.of();
        /** Of all that it was told; not counted as something that is known of it. */
        private long newest;

        void isToldAt(long revision) {
            newest = Math.max(newest, revision);
        }

        boolean isEmpty() {
            return info.isEmpty()
                    && hardware.isEmpty()
                    && maintenance.isEmpty()
                    && desired.isEmpty()
                    && unreadable.isEmpty()
                    && states.isEmpty();
        }

        private NodeReading reading(NodeInfo registered, Liveness liveness, long newest) {
            return new NodeReading(
                    new NodeStatus(registered, liveness, hardware, desired, maintenance), newest, unreadable);
        }
    }

    FleetIndex(FleetCodec codec, Signatures signatures, Sharing sharing) {
        this.codec = codec;
        this.signed = new SignedStates(codec, signatures);
        this.infos = new SignedInfos(codec, signatures);
        this.sharing = sharing;
    }

    /** Takes up what is under a key by now. Decodes before it takes the lock, and takes it once. */
    void accept(FleetBucket bucket, Change change) {
        switch (bucket) {
            case NODE_INFO ->
                keep(
                        read(bucket, change, infos::read, one -> Key.of(one.id().value())),
                        (node, info) -> node.info = info);
            case NODE_HARDWARE ->
                keep(
                        read(
                                        bucket,
                                        change,
                                        Documents.plain(codec::hardwareReport),
                                        one -> Key.of(one.node().value()))
                                .map(sharing::in),
                        (node, report) -> node.hardware = report);
            case DESIRED_STATE -> {
                if (FleetKeys.isMaintenance(change.key())) {
                    maintenance(change);
                } else {
                    desired(change);
                }
            }
            case NODE_STATE -> state(change);
            case NODE_DEPLOYMENTS,
                    NODE_LOGINS,
                    SEALED_SECRETS,
                    REVOCATIONS,
                    ENDPOINTS,
                    NODE_HEARTBEAT,
                    ROLLOUTS,
                    ROLLOUT_CHANGES,
                    LEASES,
                    AUDIT -> throw new IllegalArgumentException("bucket %s is not indexed".formatted(bucket.bucket()));
        }
    }

    private void maintenance(Change change) {
        FleetBucket bucket = FleetBucket.DESIRED_STATE;
        Found<Maintenance> found = isEnd(change)
                ? Found.nothing(new At(bucket, change.key()))
                : read(bucket, change, Documents.plain(codec::maintenance), one -> FleetKeys.maintenance(one.node()));
        keep(found, (node, maintenance) -> {
            node.isToldAt(change.revision());
            node.maintenance = maintenance;
        });
    }

    private static boolean isEnd(Change change) {
        return change instanceof Change.Put(Entry entry) && entry.value().equals(Payload.empty());
    }

    private void desired(Change change) {
        Found<DesiredState> found = read(
                        FleetBucket.DESIRED_STATE,
                        change,
                        signed::read,
                        one -> FleetKeys.of(one.node(), one.deployment()))
                .map(sharing::in);
        keep(found, (node, state) -> {
            node.isToldAt(change.revision());
            FleetKeys.deployment(change.key()).ifPresent(deployment -> {
                node.desired =
                        with(node.desired, deployment, state.map(one -> new Versioned<>(change.revision(), one)));
                Set<DeploymentName> unreadable = new HashSet<>(node.unreadable);
                if (found.cause().isPresent()) {
                    unreadable.add(deployment);
                } else {
                    unreadable.remove(deployment);
                }
                node.unreadable = Set.copyOf(unreadable);
            });
        });
    }

    private void state(Change change) {
        Found<NodeState> found = read(
                        FleetBucket.NODE_STATE,
                        change,
                        Documents.plain(codec::nodeState),
                        one -> FleetKeys.of(one.node(), one.deployment()))
                .map(sharing::in);
        keep(
                found,
                (node, state) -> FleetKeys.deployment(change.key())
                        .ifPresent(deployment -> node.states = with(node.states, deployment, state)));
    }

    private static <V> Map<DeploymentName, V> with(
            Map<DeploymentName, V> before, DeploymentName deployment, Optional<V> value) {
        Map<DeploymentName, V> after = new HashMap<>(before);
        value.ifPresentOrElse(one -> after.put(deployment, one), () -> after.remove(deployment));
        return Map.copyOf(after);
    }

    private <T> Found<T> read(
            FleetBucket bucket, Change change, Function<Entry, Decoded<T>> decoder, Function<T, Key> own) {
        At at = new At(bucket, change.key());
        return switch (change) {
            case Change.Deleted _ -> Found.nothing(at);
            case Change.Put(Entry entry) ->
                switch (Documents.decode(entry, decoder, own)) {
                    case Decoded.Value<T>(T value) -> new Found<>(at, Optional.of(value), Optional.empty());
                    case Decoded.Unreadable<T>(Cause cause) -> Found.leftOut(at, cause);
                };
        };
    }

    private synchronized <T> void keep(Found<T> found, BiConsumer<Node, Optional<T>> change) {
        found.cause().ifPresentOrElse(cause -> leaveOut(found.at(), cause), () -> faults.remove(found.at()));
        String name = found.at().key().parts().getFirst();
        Node node = nodes.computeIfAbsent(name, _ -> new Node());
        change.accept(node, found.value());
        if (node.isEmpty()) {
            nodes.remove(name);
        }
    }

    /** Under the lock. */
    private void leaveOut(At at, Cause cause) {
        if (faults.size() < MOST_FAULTS || faults.containsKey(at)) {
            faults.put(at, new FleetFault(at.bucket().bucket(), at.key(), cause.what()));
        }
    }

    /**
     * The nodes that ever registered.
     *
     * @param liveness whether they live, by their names' keys
     * @param newest of all that each was told, by their names, as far as more is known of that than was accepted here
     */
    synchronized List<NodeReading> readings(Map<Key, Liveness> liveness, Map<String, Long> newest) {
        List<NodeReading> readings = new ArrayList<>(nodes.size());
        nodes.forEach((name, node) -> node.info.ifPresent(info -> readings.add(node.reading(
                info,
                liveness.getOrDefault(Key.of(name), new Liveness.NeverSeen()),
                Math.max(node.newest, newest.getOrDefault(name, 0L))))));
        return readings;
    }

    /** How far every node is with a deployment. */
    synchronized List<NodeState> states(DeploymentName deployment) {
        return nodes.values().stream()
                .flatMap(node -> Optional.ofNullable(node.states.get(deployment)).stream())
                .sorted(Comparator.comparing(NodeState::node))
                .toList();
    }

    /** What cannot be read, the first thousand that were found, by bucket and key. */
    synchronized List<FleetFault> faults() {
        return List.copyOf(faults.values());
    }
}
