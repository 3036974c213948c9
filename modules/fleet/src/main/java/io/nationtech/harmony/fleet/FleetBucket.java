package io.nationtech.harmony.fleet;

import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Durability;
import io.nationtech.harmony.mesh.Mesh;
import java.time.Duration;

/** The buckets of the fleet. The node in a key says who may write or read what. What nodes say again whenever they come back need not be synced. */
public enum FleetBucket {
    /**
     * {@code <node>.<deployment>}, written by whoever deploys, read by that node; {@code <node>.node.maintenance}, written by people: that
     * they work on the node, or nothing when nobody does any more.
     */
    DESIRED_STATE("desired-state", 1),
    /** {@code <node>}, written by whoever deploys, read by that node: the names under which it finds what it is told. */
    NODE_DEPLOYMENTS("node-deployments", 1),
    /**
     * {@code <node>}, written by the node, and on a condition where agents tell their runs apart; {@code <node>.<machine>}, written by a
     * machine that has the name of one which was there first.
     */
    NODE_INFO("node-info", 1),
    /** {@code <node>}, written by the node when its hardware differs; so many of its reports can be compared. */
    NODE_HARDWARE("node-hardware", 8),
    /**
     * {@code <node>.asked}, written by the node: a key for which it wants a login; {@code <node>.issued}, written by whoever runs the
     * mesh, read by that node.
     */
    NODE_LOGINS("node-logins", 1),
    /** {@code <node>.<deployment>.<secret>}, written by whoever deploys, read by that node. */
    SEALED_SECRETS("sealed-secrets", 1),
    /** {@code account}, written by whoever runs the mesh, read by all: who was revoked, as servers are told it. */
    REVOCATIONS("revocations", 1),
    /** {@code <node>.<deployment>}, written by the node. */
    NODE_STATE("node-state", 1, Durability.SOON),
    /** {@code <deployment>.<node>}, written by the node, read by all nodes: where it takes connections for the deployment. */
    ENDPOINTS("endpoints", 1, Durability.SOON),
    /** {@code <node>}, written by the node; less than 96 bytes. */
    NODE_HEARTBEAT("node-heartbeat", 1, Durability.SOON),
    /** {@code <deployment>}, written by whoever runs the rollout, and by people who want it to pause or go on. */
    ROLLOUTS("rollouts", 1),
    /** {@code <deployment>.<number>}, written by whoever begins a rollout: what nodes are to be told, and had before. */
    ROLLOUT_CHANGES("rollout-changes", 1),
    /** {@code <name>}, written by contenders. */
    LEASES("leases", 1),
    /**
     * {@code <node>}, added to by the node: what it was asked to do, by whom, and how that ended. Last, as a mesh of which a server is away may have to do
     * without for a while.
     */
    AUDIT("audit", 1_000) {
        @Override
        void ensure(Mesh mesh) {
            mesh.ensureRecords(bucket(), history(), RECORDS_KEPT);
        }
    };

    /** How long what nodes record is kept. */
    public static final Duration RECORDS_KEPT = Duration.ofDays(180);

    private final String text;
    private final int history;
    private final Durability durability;

    FleetBucket(String name, int history) {
        this(name, history, Durability.AT_ONCE);
    }

    FleetBucket(String name, int history, Durability durability) {
        this.text = name;
        this.history = history;
        this.durability = durability;
    }

    /** Its name in the mesh. */
    public BucketName bucket() {
        return new BucketName(text);
    }

    /** Makes it where there is none. */
    void ensure(Mesh mesh) {
        mesh.ensureBucket(bucket(), history, durability);
    }

    /** How many revisions of a key are kept. */
    public int history() {
        return history;
    }

    /** When what is written outlives a power cut of the server. */
    public Durability durability() {
        return durability;
    }
}
