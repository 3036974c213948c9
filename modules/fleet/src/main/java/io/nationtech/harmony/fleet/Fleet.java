package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.node.Liveness;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Leases;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Omissions;
import io.nationtech.harmony.mesh.Seen;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The nodes of a mesh, as they are read to decide upon, and the doors to all else that is kept of them. Every method throws
 * {@link io.nationtech.harmony.mesh.MeshUnavailableException} when the mesh cannot be asked. What cannot be read is left out of lists,
 * and logged.
 */
public final class Fleet {
    private final Mesh mesh;
    private final FleetCodec codec;
    private final Signatures signatures;
    private final Sharing sharing = new Sharing();
    private final Presence presence;

    /** Of a mesh without logins. */
    public Fleet(Mesh mesh, FleetCodec codec) {
        this(mesh, codec, Signatures.none());
    }

    public Fleet(Mesh mesh, FleetCodec codec, Signatures signatures) {
        this.mesh = mesh;
        this.codec = codec;
        this.signatures = signatures;
        this.presence = new Presence(mesh);
    }

    /** Makes the buckets that are missing. */
    public void ensureBuckets() {
        for (FleetBucket bucket : FleetBucket.values()) {
            bucket.ensure(mesh);
        }
    }

    /** Whether there are buckets, as far as a node can tell who may read what is its own. */
    public boolean hasBuckets(NodeId node) {
        try {
            new NodeDeployments(mesh).of(node);
            return true;
        } catch (MeshUnavailableException e) {
            return false;
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
        FleetIndex index = new FleetIndex(codec, signatures, sharing);
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
        omissions.forEach(Documents::warn);
    }

    /**
     * The fleet read once and watched from then on, for whoever looks again and again. To be closed.
     *
     * @param nanos monotonic, in nanoseconds
     */
    public FleetView view(LongSupplier nanos) {
        return new FleetView(mesh, this, new FleetIndex(codec, signatures, sharing), nanos);
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
        return presence.of(() -> in(FleetBucket.NODE_HEARTBEAT).entries(nodes));
    }

    /** Of deleted keys and of what cannot be read, too. */
    private static Map<String, Long> newest(Seen desired) {
        Map<String, Long> newest = new HashMap<>();
        desired.revisions().forEach((key, revision) -> newest.merge(key.split("\\.", 2)[0], revision, Math::max));
        return newest;
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

    /** Clears away what is kept of a deployment for a node that has nothing left of it, and said so. */
    public void forget(NodeId node, DeploymentName deployment) {
        desiredStates().forget(node, deployment);
        nodeReports().forget(node, deployment);
    }

    /** What whoever looks here may deploy, if they may at all. */
    public Grant grant() {
        return signatures.grant();
    }

    /** Why whoever looks here may deploy that on no node. */
    public Optional<Cause> beyondGrant(DeploymentName deployment) {
        return grant().covers(deployment)
                ? Optional.empty()
                : Optional.of(beyond("deployment '%s'".formatted(deployment)));
    }

    /** Why whoever looks here may not deploy that onto that node. */
    public Optional<Cause> beyondGrant(NodeId node, DeploymentName deployment) {
        return grant().covers(node, deployment)
                ? Optional.empty()
                : Optional.of(beyond("deployment '%s', node '%s'".formatted(deployment, node)));
    }

    private Cause beyond(String where) {
        return new Cause(
                "your login may deploy %s, and nothing else".formatted(grant()),
                where,
                "nothing was changed; whoever runs the mesh gives another: `harmony mesh login --operator <name> --deployments … --nodes …`");
    }

    /** What nodes are told. */
    public DesiredStates desiredStates() {
        return new DesiredStates(mesh, codec, signatures, nodeReports());
    }

    /** What nodes are told that nobody follows. */
    public UnreadStates unreadStates() {
        return new UnreadStates(mesh, new SignedStates(codec, signatures), desiredStates(), nodeReports());
    }

    /** What nodes say of themselves. */
    public NodeReports nodeReports() {
        return new NodeReports(mesh, codec, signatures);
    }

    /** Logins for which nodes ask. */
    public NodeLogins nodeLogins() {
        return new NodeLogins(mesh, signatures);
    }

    /** Who was revoked. */
    public Revocations revocations() {
        return new Revocations(mesh, signatures);
    }

    /** Secrets on their way to nodes. */
    public SealedSecrets sealedSecrets() {
        return new SealedSecrets(mesh, codec, signatures);
    }

    /** The rollouts of all deployments. */
    public Rollouts rollouts() {
        return new Rollouts(in(FleetBucket.ROLLOUTS), in(FleetBucket.ROLLOUT_CHANGES), codec, mesh::largestMessage);
    }

    /** The commands that nodes answer. */
    public NodeCommands commands() {
        return new NodeCommands(mesh, codec, signatures);
    }

    /** What nodes were asked to do. */
    public AuditTrail audit() {
        return new AuditTrail(mesh, codec, signatures);
    }

    private Bucket in(FleetBucket bucket) {
        return mesh.bucket(bucket.bucket());
    }
}
