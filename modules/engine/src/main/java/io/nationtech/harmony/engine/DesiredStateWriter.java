package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.node.Claim;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.DesiredStateForm;
import io.nationtech.harmony.domain.node.Maintenance;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.rollout.Rollout.Pace;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.ConditionalTelling;
import io.nationtech.harmony.fleet.Decoded;
import io.nationtech.harmony.fleet.DesiredStateUpdate;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.FleetReading;
import io.nationtech.harmony.fleet.NodeReading;
import io.nationtech.harmony.graph.DriverException;
import io.nationtech.harmony.graph.DriverException.Persistence;
import io.nationtech.harmony.mesh.Leases;
import io.nationtech.harmony.mesh.Written;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What nodes are told of one deployment, from one reading of the mesh on. Whatever is written is written on the condition that the node
 * was told nothing by anybody since; what was told meanwhile is read, and heeded, before the next try. Where the mesh cannot compare so
 * much, what takes more of a node than the deployment has there is written under the lease of placement only.
 */
final class DesiredStateWriter {
    /** Others tell this node something at the same moment: more than so many times in a row hardly happens. */
    private static final int TRIES = 20;

    private final Fleet fleet;
    private final DeploymentName deployment;
    private final PlacementLock lock;
    private final Optional<Pace> rollback;
    private final Map<NodeId, NodeReading> nodes = new ConcurrentHashMap<>();
    private final Set<NodeId> inMaintenance;
    private final Map<NodeId, Versioned<DesiredState>> told = new ConcurrentHashMap<>();

    /**
     * @param rollback on what terms a node goes back by itself from what is new to it; empty when it does not
     */
    DesiredStateWriter(
            Fleet fleet, DeploymentName deployment, PlacementLock lock, FleetReading reading, Optional<Pace> rollback) {
        this.fleet = fleet;
        this.deployment = deployment;
        this.lock = lock;
        this.rollback = rollback;
        nodes.putAll(reading.nodes());
        nodes.forEach((id, node) -> own(node).ifPresent(one -> told.put(id, one)));
        this.inMaintenance = reading.nodes().values().stream()
                .map(NodeReading::status)
                .filter(node -> node.maintenance().isPresent())
                .map(node -> node.info().id())
                .collect(Collectors.toUnmodifiableSet());
    }

    private Optional<Versioned<DesiredState>> own(NodeReading node) {
        return Optional.ofNullable(node.status().desired().get(deployment));
    }

    /** What the node is told, as far as is known here. */
    Optional<Versioned<DesiredState>> told(NodeId node) {
        return Optional.ofNullable(told.get(node));
    }

    /** Takes note of what a node was told since the reading. */
    void adopt(NodeId node, Versioned<DesiredState> newer) {
        told.put(node, newer);
        nodes.computeIfPresent(
                node, (_, known) -> known.with(known.status(), Math.max(known.newest(), newer.revision())));
    }

    /** Tells once, if nobody told the node anything since the reading. */
    Written tellAtOnce(ConditionalTelling mesh, NodeId node, NodeSpec share) {
        return write(mesh, desired(node, share));
    }

    /**
     * Tells what was planned while the lease was held.
     *
     * @return whether it was told; when not, a step of its own will do it or say why not
     */
    boolean tellAtOnce(Leases.Lease lease, NodeId node, NodeSpec share) {
        return written(lease, desired(node, share))
                .filter(Written.At.class::isInstance)
                .isPresent();
    }

    /**
     * Tells a node, unless it was told the same resources already.
     *
     * @return the revision under which it was told
     * @throws DriverException when others have by now what is wanted, or told the node something else
     */
    long tell(NodeId node, NodeSpec share) throws DriverException {
        return tell(desired(node, share));
    }

    /** The same with what the node had before: from there it never goes back. */
    long tellBack(NodeId node, NodeSpec share) throws DriverException {
        return tell(new DesiredState(node, deployment, share.resources()));
    }

    private long tell(DesiredState desired) throws DriverException {
        Optional<Versioned<DesiredState>> before = told(desired.node());
        if (before.isPresent() && before.get().value().resources().equals(desired.resources())) {
            return before.get().revision();
        }
        Optional<ConditionalTelling> mesh = fleet.desiredStates().conditionally();
        return mesh.isPresent() ? tell(mesh.get(), desired) : tellUnderLease(desired);
    }

    private long tell(ConditionalTelling mesh, DesiredState desired) throws DriverException {
        NodeId node = desired.node();
        if (isUnreadable(node)) {
            return whatIsThere(desired);
        }
        for (int tried = 0; tried < TRIES; tried++) {
            requireRoom(desired);
            switch (write(mesh, desired)) {
                case Written.At(long revision) -> {
                    return revision;
                }
                case Written.Conflict() -> {
                    NodeReading now = fleet.reading(node)
                            .orElseThrow(() -> new DriverException(overtaken(node), Persistence.PERMANENT));
                    // The revision, too: told something else and the same again, the node was told by somebody all the
                    // same.
                    if (!own(now).equals(told(node))) {
                        return whatIsThere(desired);
                    }
                    nodes.put(node, now);
                }
            }
        }
        throw new DriverException(contended(node), Persistence.TRANSIENT);
    }

    /** Tells a node what it was told, so that it tries at once; returns the revision that it is to answer. */
    long tellAgain(NodeId node) {
        Versioned<DesiredState> same = told(node).orElseThrow();
        Written written = fleet.desiredStates()
                .conditionally()
                .map(mesh -> {
                    fleet.reading(node).ifPresent(now -> nodes.put(node, now));
                    return write(mesh, same.value());
                })
                .orElseGet(() -> write(same.value()));
        return written instanceof Written.At(long revision) ? revision : same.revision();
    }

    /** What a newer version told the node is in no plan, and not written over. */
    boolean isUnreadable(NodeId node) {
        return reading(node).unreadable().contains(deployment);
    }

    private void requireRoom(DesiredState desired) throws DriverException {
        NodeId node = desired.node();
        List<NodeResource> before =
                told(node).map(one -> one.value().resources()).orElse(List.of());
        NodeStatus now = reading(node).status();
        Optional<Cause> obstacle = Claim.of(desired.resources()).isWithin(Claim.of(before))
                ? Optional.empty()
                : Headroom.of(now, others(now)).against(Claim.of(before), Claim.of(desired.resources()));
        if (obstacle.isEmpty() && adds(before, desired.resources()) && !inMaintenance.contains(node)) {
            obstacle = now.maintenance().map(since -> closed(node, since));
        }
        if (obstacle.isPresent()) {
            throw new DriverException(obstacle.get(), Persistence.PERMANENT);
        }
    }

    private static boolean adds(List<NodeResource> before, List<NodeResource> later) {
        return !before.stream()
                .map(NodeResource::label)
                .toList()
                .containsAll(later.stream().map(NodeResource::label).toList());
    }

    private Map<DeploymentName, Claim> others(NodeStatus node) {
        return node.desired().entrySet().stream()
                .filter(other -> !other.getKey().equals(deployment))
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        other -> Claim.of(other.getValue().value().resources())));
    }

    private Written write(ConditionalTelling mesh, DesiredState desired) {
        Written written = mesh.tell(desired, reading(desired.node()).newest());
        if (written instanceof Written.At(long revision)) {
            adopt(desired.node(), new Versioned<>(revision, desired));
        }
        return written;
    }

    private NodeReading reading(NodeId node) {
        return Optional.ofNullable(nodes.get(node)).orElseThrow();
    }

    private long tellUnderLease(DesiredState desired) throws DriverException {
        NodeId node = desired.node();
        Claim now = told(node).map(one -> Claim.of(one.value().resources())).orElse(Claim.NOTHING);
        Claim later = Claim.of(desired.resources());
        return later.isWithin(now)
                ? revision(desired, write(desired))
                : underLease(lease -> {
                    Optional<Cause> full = room(node).against(now, later);
                    if (full.isPresent()) {
                        throw new DriverException(full.get(), Persistence.PERMANENT);
                    }
                    return revision(
                            desired,
                            written(lease, desired)
                                    .orElseThrow(() -> new DriverException(late(node), Persistence.TRANSIENT)));
                });
    }

    private DesiredState desired(NodeId node, NodeSpec share) {
        boolean canRollBack = !share.resources().isEmpty()
                && reading(node).status().info().agent().desiredState().includes(DesiredStateForm.WITH_ROLLBACK);
        // An agent that does not know it would refuse all: it goes back when it is told to, and not by itself.
        return new DesiredState(node, deployment, share.resources(), canRollBack ? rollback : Optional.empty());
    }

    private Headroom room(NodeId node) {
        return Headroom.of(
                reading(node).status(),
                fleet.desiredStates().of(node).entrySet().stream()
                        .filter(other -> !other.getKey().equals(deployment))
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                other -> Claim.of(other.getValue().resources()))));
    }

    private long underLease(PlacementLock.Work<Long, DriverException> work) throws DriverException {
        try {
            return switch (lock.take(work)) {
                case PlacementLock.Result.Had<Long>(Long revision) -> revision;
                case PlacementLock.Result.Missed<Long>(Cause why) ->
                    throw new DriverException(why, Persistence.PERMANENT);
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DriverException(
                    new Cause("interrupted", "deployment '%s'".formatted(deployment), "apply again"),
                    Persistence.PERMANENT);
        }
    }

    /** Empty when the lease was over before the mesh had it: it is put back then, as others may have counted on the room. */
    private Optional<Written> written(Leases.Lease lease, DesiredState desired) {
        if (!lease.isHeld()) {
            return Optional.empty();
        }
        Optional<Versioned<DesiredState>> before = told(desired.node());
        Written written = write(desired);
        if (written instanceof Written.At && !lease.renew()) {
            write(before.map(Versioned::value).orElseGet(() -> DesiredState.withdrawn(desired.node(), deployment)));
            return Optional.empty();
        }
        return Optional.of(written);
    }

    private Written write(DesiredState desired) {
        Written written =
                fleet.desiredStates().tell(desired, told(desired.node()).map(Versioned::revision));
        if (written instanceof Written.At(long revision)) {
            told.put(desired.node(), new Versioned<>(revision, desired));
        }
        return written;
    }

    private long revision(DesiredState desired, Written written) throws DriverException {
        return switch (written) {
            case Written.At(long revision) -> revision;
            case Written.Conflict() -> whatIsThere(desired);
        };
    }

    /** A write whose answer was lost is found when it is tried again. */
    private long whatIsThere(DesiredState desired) throws DriverException {
        Optional<DesiredStateUpdate> now = fleet.desiredStates().of(desired.node(), deployment);
        if (now.isPresent()
                && now.get().desired() instanceof Decoded.Value<DesiredState>(var state)
                && state.resources().equals(desired.resources())) {
            told.put(desired.node(), new Versioned<>(now.get().revision(), state));
            return now.get().revision();
        }
        throw new DriverException(
                now.flatMap(one -> one.desired() instanceof Decoded.Unreadable<DesiredState>(Cause cause)
                                ? Optional.of(unreadable(desired.node(), cause))
                                : Optional.empty())
                        .orElseGet(() -> overtaken(desired.node())),
                Persistence.PERMANENT);
    }

    /** What a newer version told, or nobody whom one believes, is in no inventory, so a plan made here cannot know of it; and must not write over it. */
    private Cause unreadable(NodeId node, Cause cause) {
        return new Cause(
                "node '%s' is told something about deployment '%s' that is not overwritten: %s"
                        .formatted(node, deployment, cause.what()),
                "mesh, bucket desired-state, key %s.%s".formatted(node, deployment),
                "%s; or, when nobody needs what is there, `harmony mesh words --clear %s.%s`, and deploy again"
                        .formatted(cause.next(), node, deployment));
    }

    private Cause overtaken(NodeId node) {
        return new Cause(
                "node '%s' was told something else about deployment '%s' since this plan was made"
                        .formatted(node, deployment),
                "mesh, desired state",
                "somebody else deploys at the same time: look at `harmony status`, then plan again");
    }

    private Cause closed(NodeId node, Maintenance since) {
        return new Cause(
                "node '%s' is %s, and takes no new work".formatted(node, since),
                "deployment '%s'".formatted(deployment),
                "deploy again: that finds another node; or wait until `harmony node uncordon %s`".formatted(node));
    }

    private Cause contended(NodeId node) {
        return new Cause(
                "others told node '%s' something %d times while it was to be told of deployment '%s'"
                        .formatted(node, TRIES, deployment),
                "mesh, bucket desired-state, keys %s.>".formatted(node),
                "look who else deploys or operates, then deploy again");
    }

    private Cause late(NodeId node) {
        return new Cause(
                "node '%s' could not be told in time, so others may have taken its room".formatted(node),
                "mesh, bucket leases, key " + PlacementLock.LEASE,
                "deploy again");
    }
}
