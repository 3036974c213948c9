package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.node.Claim;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Decoded;
import io.nationtech.harmony.fleet.DesiredStateUpdate;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.graph.DriverException;
import io.nationtech.harmony.graph.DriverException.Persistence;
import io.nationtech.harmony.mesh.Leases;
import io.nationtech.harmony.mesh.Written;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What nodes are told of one deployment: from one reading of the mesh on, each writing a compare-and-set against what was there. What
 * takes more of a node than the deployment has there is written during a turn only.
 */
final class DesiredStateWriter {
    private final Fleet fleet;
    private final DeploymentName deployment;
    private final PlacementLock turns;
    private final Map<NodeId, NodeStatus> nodes;
    private final Map<NodeId, Versioned<DesiredState>> told = new ConcurrentHashMap<>();

    DesiredStateWriter(Fleet fleet, DeploymentName deployment, PlacementLock turns, Inventory inventory) {
        this.fleet = fleet;
        this.deployment = deployment;
        this.turns = turns;
        this.nodes = inventory.nodes().stream()
                .collect(Collectors.toUnmodifiableMap(node -> node.info().id(), Function.identity()));
        inventory
                .nodes()
                .forEach(node -> Optional.ofNullable(node.desired().get(deployment))
                        .ifPresent(one -> told.put(node.info().id(), one)));
    }

    /** What the node is told, as far as is known here. */
    Optional<Versioned<DesiredState>> told(NodeId node) {
        return Optional.ofNullable(told.get(node));
    }

    /**
     * Tells what was planned during the turn that goes on.
     *
     * @return whether it was told; when not, a step of its own will do it or say why not
     */
    boolean tellAtOnce(Leases.Lease turn, NodeId node, NodeSpec share) {
        return written(turn, desired(node, share))
                .filter(Written.At.class::isInstance)
                .isPresent();
    }

    /**
     * Tells a node, unless it was told the same already.
     *
     * @return the revision under which it was told
     * @throws DriverException when others have by now what is wanted, or told the node something else
     */
    long tell(NodeId node, NodeSpec share) throws DriverException {
        DesiredState desired = desired(node, share);
        Optional<Versioned<DesiredState>> before = told(node);
        if (before.isPresent() && before.get().value().equals(desired)) {
            return before.get().revision();
        }
        Claim now = before.map(one -> Claim.of(one.value().resources())).orElse(Claim.NOTHING);
        Claim later = Claim.of(share.resources());
        return later.isWithin(now)
                ? revision(desired, write(desired))
                : inTurn(turn -> {
                    Optional<Cause> full = room(node).against(now, later);
                    if (full.isPresent()) {
                        throw new DriverException(full.get(), Persistence.PERMANENT);
                    }
                    return revision(
                            desired,
                            written(turn, desired)
                                    .orElseThrow(() -> new DriverException(late(node), Persistence.TRANSIENT)));
                });
    }

    private DesiredState desired(NodeId node, NodeSpec share) {
        return new DesiredState(node, deployment, share.resources());
    }

    private Headroom room(NodeId node) {
        return Headroom.of(
                Optional.ofNullable(nodes.get(node)).orElseThrow(),
                fleet.toldTo(node).entrySet().stream()
                        .filter(other -> !other.getKey().equals(deployment))
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                other -> Claim.of(other.getValue().resources()))));
    }

    private long inTurn(PlacementLock.Work<Long, DriverException> work) throws DriverException {
        try {
            return switch (turns.take(work)) {
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

    /** Empty when the turn was over before the mesh had it: it is put back then, as others may have counted on the room. */
    private Optional<Written> written(Leases.Lease turn, DesiredState desired) {
        if (!turn.isHeld()) {
            return Optional.empty();
        }
        Optional<Versioned<DesiredState>> before = told(desired.node());
        Written written = write(desired);
        if (written instanceof Written.At && !turn.renew()) {
            write(before.map(Versioned::value).orElseGet(() -> DesiredState.withdrawn(desired.node(), deployment)));
            return Optional.empty();
        }
        return Optional.of(written);
    }

    private Written write(DesiredState desired) {
        Written written = fleet.tell(desired, told(desired.node()).map(Versioned::revision));
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
        Optional<DesiredStateUpdate> now = fleet.told(desired.node(), deployment);
        if (now.isPresent()
                && now.get().desired() instanceof Decoded.Value<DesiredState>(var state)
                && state.equals(desired)) {
            told.put(desired.node(), new Versioned<>(now.get().revision(), desired));
            return now.get().revision();
        }
        throw new DriverException(
                now.flatMap(one -> one.desired() instanceof Decoded.Unreadable<DesiredState>(Cause cause)
                                ? Optional.of(unreadable(desired.node(), cause))
                                : Optional.empty())
                        .orElseGet(() -> overtaken(desired.node())),
                Persistence.PERMANENT);
    }

    /** What a newer version told is in no inventory, so a plan made here cannot know of it; and must not write over it. */
    private Cause unreadable(NodeId node, Cause cause) {
        return new Cause(
                "node '%s' is told something about deployment '%s' that is not overwritten: %s"
                        .formatted(node, deployment, cause.what()),
                "mesh, bucket desired-state, key %s.%s".formatted(node, deployment),
                "deploy with the version of Harmony that wrote it; when nobody needs it, delete the key and deploy again");
    }

    private Cause overtaken(NodeId node) {
        return new Cause(
                "node '%s' was told something else about deployment '%s' since this plan was made"
                        .formatted(node, deployment),
                "mesh, desired state",
                "somebody else deploys at the same time: look at `harmony status`, then plan again");
    }

    private Cause late(NodeId node) {
        return new Cause(
                "node '%s' could not be told in time, so others may have taken its room".formatted(node),
                "mesh, bucket leases, key " + PlacementLock.LEASE,
                "deploy again");
    }
}
