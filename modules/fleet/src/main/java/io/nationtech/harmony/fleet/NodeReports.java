package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.hardware.HardwareReport;
import io.nationtech.harmony.domain.node.Liveness;
import io.nationtech.harmony.domain.node.NodeEndpoints;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Snapshot;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.mesh.Watcher;
import io.nationtech.harmony.mesh.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What nodes say of themselves: that they are there, what they are and have, and how far they are with deployments. Every method throws
 * {@link io.nationtech.harmony.mesh.MeshUnavailableException} when the mesh cannot be asked. What cannot be read is left out of lists,
 * and logged.
 */
public final class NodeReports {
    /**
     * How often a node says that it is there while it stays connected. That it is connected, the mesh knows; this is for how long ago that was,
     * should the mesh be started anew while the node is away.
     */
    public static final Duration HEARTBEAT_PERIOD = Duration.ofMinutes(5);

    private final Mesh mesh;
    private final FleetCodec codec;
    private final SignedInfos infos;
    private final Documents<HardwareReport> hardware;
    private final Documents<NodeState> states;
    private final Documents<NodeEndpoints> endpoints;

    NodeReports(Mesh mesh, FleetCodec codec, Signatures signatures) {
        this.mesh = mesh;
        this.codec = codec;
        this.infos = new SignedInfos(codec, signatures);
        this.hardware = Documents.plain(
                mesh,
                FleetBucket.NODE_HARDWARE,
                codec::hardwareReport,
                report -> Key.of(report.node().value()));
        this.states = Documents.plain(
                mesh,
                FleetBucket.NODE_STATE,
                codec::nodeState,
                state -> FleetKeys.of(state.node(), state.deployment()));
        this.endpoints = Documents.plain(
                mesh,
                FleetBucket.ENDPOINTS,
                codec::nodeEndpoints,
                one -> FleetKeys.endpoints(one.deployment(), one.node()));
    }

    /** A node says what it is. */
    public void register(NodeInfo info) {
        new Named("what node '%s' says of itself".formatted(info.id()))
                .write(() -> mesh.bucket(FleetBucket.NODE_INFO.bucket())
                        .put(Key.of(info.id().value()), infos.write(info)));
    }

    /**
     * The same, if what is kept under the name is what the caller believes.
     *
     * @param expected {@link NameHolder#revision}
     */
    public Written register(NodeInfo info, long expected) {
        Key key = Key.of(info.id().value());
        Bucket bucket = mesh.bucket(FleetBucket.NODE_INFO.bucket());
        return new Named("what node '%s' says of itself".formatted(info.id()))
                .write(() -> expected == 0
                        ? bucket.create(key, infos.write(info))
                        : bucket.update(key, infos.write(info), expected));
    }

    /** Who has the name of one that says this of itself. */
    public NameHolder holder(NodeInfo own) {
        Key key = Key.of(own.id().value());
        Optional<Entry> kept = mesh.bucket(FleetBucket.NODE_INFO.bucket()).get(key);
        if (kept.isEmpty()) {
            return new NameHolder.Nobody(0);
        }
        long revision = kept.get().revision();
        return infos.readUnchecked(kept.get()) instanceof Decoded.Value<NodeInfo>(NodeInfo info)
                        && info.run().isPresent()
                ? info.run().equals(own.run()) ? new NameHolder.Own(revision) : new NameHolder.Other(info, revision)
                : new NameHolder.Nobody(revision);
    }

    /** One who has a name that another had first says that it is there. */
    public void registerAsRival(NodeInfo info) {
        info.run()
                .ifPresent(run -> mesh.bucket(FleetBucket.NODE_INFO.bucket())
                        .put(Key.of(info.id().value(), run.machine()), codec.encode(info)));
    }

    /** Those who have a name that another had first, and were heard of lately. */
    public List<NodeInfo> rivals() {
        return rivals(KeyPattern.any().thenAny());
    }

    /** Those of one node. */
    public List<NodeInfo> rivals(NodeId node) {
        return rivals(KeyPattern.under(Key.of(node.value())));
    }

    private List<NodeInfo> rivals(KeyPattern pattern) {
        Snapshot found = mesh.bucket(FleetBucket.NODE_INFO.bucket()).entries(pattern);
        return found.entries().stream()
                .filter(entry ->
                        Liveness.after(Duration.between(entry.written(), found.asOf())) instanceof Liveness.Alive)
                .flatMap(entry -> codec.nodeInfo(entry.value()) instanceof Decoded.Value<NodeInfo>(NodeInfo info)
                                && entry.key()
                                        .parts()
                                        .getFirst()
                                        .equals(info.id().value())
                        ? Stream.of(info)
                        : Stream.of())
                .toList();
    }

    /** Why it is not known whether a node said what is kept of it, so that nothing is sealed for the key that stands there. */
    public Optional<Cause> doubt(NodeId node) {
        return mesh.bucket(FleetBucket.NODE_INFO.bucket())
                .get(Key.of(node.value()))
                .flatMap(entry -> infos.doubt(node, entry));
    }

    /** Puts back what a node said that was forgotten, unless it said it itself by now. */
    public void registerAgain(Entry said) {
        Written _ = mesh.bucket(FleetBucket.NODE_INFO.bucket()).create(said.key(), said.value());
    }

    /**
     * Nobody is of this name any more.
     *
     * @return what it said of itself
     */
    public Optional<Entry> unregister(NodeId node) {
        Bucket bucket = mesh.bucket(FleetBucket.NODE_INFO.bucket());
        Key key = Key.of(node.value());
        Optional<Entry> said = bucket.get(key);
        Documents.clear(bucket, KeyPattern.under(key));
        bucket.delete(key);
        return said;
    }

    /** Clears away what a node said of its hardware and its work. */
    public void forgetWork(NodeId node) {
        Key key = Key.of(node.value());
        hardware.bucket().delete(key);
        Documents.clear(states.bucket(), KeyPattern.under(key));
        Documents.clear(endpoints.bucket(), KeyPattern.any().then(node.value()));
    }

    /** The revision of a node's newest heartbeat; 0 when there is none. */
    public long lastBeat(NodeId node) {
        return mesh.bucket(FleetBucket.NODE_HEARTBEAT.bucket())
                .get(Key.of(node.value()))
                .map(Entry::revision)
                .orElse(0L);
    }

    /** Clears away that a node was there. */
    public void forgetBeat(NodeId node) {
        mesh.bucket(FleetBucket.NODE_HEARTBEAT.bucket()).delete(Key.of(node.value()));
    }

    /** A node says that it is there, and by which connection; the mesh notes when. */
    public void beat(NodeId node, String connection) {
        mesh.bucket(FleetBucket.NODE_HEARTBEAT.bucket()).put(Key.of(node.value()), Payload.of(connection));
    }

    /** A node says what hardware it has. Nothing is written when it said so before, so that what is kept to compare differs. */
    public void report(HardwareReport report) {
        Key key = Key.of(report.node().value());
        new Named("what node '%s' says of its hardware".formatted(report.node())).write(() -> {
            Payload payload = codec.encode(report);
            Optional<Entry> before =
                    hardware.bucket().get(key).filter(entry -> entry.value().equals(payload));
            return before.map(Entry::revision).orElseGet(() -> hardware.bucket().put(key, payload));
        });
    }

    /** A node says how far it is with a deployment, and where it takes connections for it. */
    public void report(NodeState state) {
        new Named("what node '%s' says of deployment '%s'".formatted(state.node(), state.deployment()))
                .write(() -> states.bucket().put(FleetKeys.of(state.node(), state.deployment()), codec.encode(state)));
        serve(
                FleetKeys.endpoints(state.deployment(), state.node()),
                NodeEndpoints.of(state).map(codec::encode));
    }

    private void serve(Key key, Optional<Payload> now) {
        Bucket bucket = endpoints.bucket();
        if (!now.equals(bucket.get(key).map(Entry::value))) {
            now.ifPresentOrElse(value -> bucket.put(key, value), () -> bucket.delete(key));
        }
    }

    /** A node says where it takes connections for what is no deployment; nothing is written when it said so before. */
    public void serve(NodeEndpoints own) {
        new Named("where node '%s' takes connections for '%s'".formatted(own.node(), own.deployment())).write(() -> {
            serve(FleetKeys.endpoints(own.deployment(), own.node()), Optional.of(codec.encode(own)));
            return own;
        });
    }

    /** Clears away what a node said of a deployment. */
    void forget(NodeId node, DeploymentName deployment) {
        states.bucket().delete(FleetKeys.of(node, deployment));
        endpoints.bucket().delete(FleetKeys.endpoints(deployment, node));
    }

    /** What a node said of its hardware, oldest first, as far back as the mesh keeps it. */
    public List<Reported> hardware(NodeId node) {
        return hardware.history(Key.of(node.value()), (entry, report) -> new Reported(report, entry.written()));
    }

    /** How far every node is with every deployment that it was told of. */
    public List<NodeState> states() {
        return states.all(KeyPattern.all());
    }

    /** How far every node is with one deployment. */
    public List<NodeState> states(DeploymentName deployment) {
        return states.all(KeyPattern.any().then(deployment.value()));
    }

    /** How far one node is with everything. */
    public List<NodeState> states(NodeId node) {
        return states.all(KeyPattern.under(Key.of(node.value())));
    }

    /** How far one node is with one deployment. */
    public Optional<NodeState> state(NodeId node, DeploymentName deployment) {
        return states.get(FleetKeys.of(node, deployment));
    }

    /**
     * Tells where all nodes take connections for the deployment, by node: once that is known whole, and again with every change. What was known
     * before the mesh was away stays so until it tells otherwise.
     */
    public Subscription watchEndpoints(DeploymentName deployment, Consumer<List<NodeEndpoints>> listener) {
        return endpoints.bucket().watch(KeyPattern.under(Key.of(deployment.value())), new Watcher() {
            private final SortedMap<Key, NodeEndpoints> known = new TreeMap<>();
            private boolean isWhole;

            @Override
            public void changed(Bucket.Change change) {
                switch (change) {
                    case Bucket.Change.Put(Entry entry) ->
                        endpoints.read(entry).ifPresent(one -> known.put(entry.key(), one));
                    case Bucket.Change.Deleted(Key key, long _) -> known.remove(key);
                }
                tell();
            }

            @Override
            public void current(Instant asOf) {
                isWhole = true;
                tell();
            }

            private void tell() {
                if (isWhole) {
                    listener.accept(List.copyOf(known.values()));
                }
            }
        });
    }

    /** Tells every change of how far any node is with the deployment, the newest first. */
    public Subscription watchStates(DeploymentName deployment, Consumer<NodeState> listener) {
        return states.watch(KeyPattern.any().then(deployment.value()), listener);
    }
}
