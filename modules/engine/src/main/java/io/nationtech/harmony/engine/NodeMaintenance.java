package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.node.Liveness;
import io.nationtech.harmony.domain.node.Maintenance;
import io.nationtech.harmony.domain.node.Maintenance.Extent;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.ConditionalTelling;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.NodeReading;
import io.nationtech.harmony.mesh.Written;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Takes nodes out of service for whoever works on them, and back. It is written among what the node is told, on the condition that
 * it was told nothing since, so that no deploy that is under way puts new work on a node once this returned. What leaves a drained node does so with the next deploy or look of an operator.
 */
public final class NodeMaintenance {
    private final Fleet fleet;
    private final Author by;
    private final InstantSource clock;
    private final PlacementLock lock;

    public NodeMaintenance(Fleet fleet, Author author, InstantSource clock) {
        this.fleet = fleet;
        this.by = author;
        this.clock = clock;
        this.lock = new PlacementLock(fleet, author);
    }

    /** What came of it. */
    public sealed interface Result {

        /** The node is as it should be by now. */
        record Changed(NodeStatus node) implements Result {}

        /** The node was like that, or further. */
        record Unchanged(NodeStatus node) implements Result {}

        /** Nothing was changed. */
        record Failed(Cause why) implements Result {}
    }

    private interface Step {
        Optional<Maintenance> from(Optional<Maintenance> now);
    }

    /**
     * Lets a node take no new work. One that is drained stays so.
     *
     * @throws InterruptedException when interrupted; the node may be as it was
     */
    public Result cordon(NodeId node) throws InterruptedException {
        return change(node, now -> now.or(() -> Optional.of(maintenance(node, Extent.CORDONED))));
    }

    /**
     * Lets a node take no new work, and lose what may move.
     *
     * @throws InterruptedException when interrupted; the node may be as it was
     */
    public Result drain(NodeId node) throws InterruptedException {
        return change(
                node,
                now -> now.filter(told -> told.extent() == Extent.DRAINED)
                        .or(() -> Optional.of(maintenance(node, Extent.DRAINED))));
    }

    /**
     * Lets a node take work again. Nothing moves back by that.
     *
     * @throws InterruptedException when interrupted; the node may be as it was
     */
    public Result uncordon(NodeId node) throws InterruptedException {
        return change(node, _ -> Optional.empty());
    }

    private Maintenance maintenance(NodeId node, Extent extent) {
        return new Maintenance(node, extent, clock.instant(), by);
    }

    private Result change(NodeId node, Step step) throws InterruptedException {
        Optional<ConditionalTelling> mesh = fleet.desiredStates().conditionally();
        return mesh.isPresent() ? change(mesh.get(), node, step) : underLease(node, step);
    }

    private Result change(ConditionalTelling mesh, NodeId id, Step step) {
        while (true) {
            Optional<NodeReading> found = fleet.reading(id);
            if (found.isEmpty()) {
                return new Result.Failed(unknown(id));
            }
            long newest = found.get().newest();
            Change change = change(found.get().status(), step);
            if (change.ends().isPresent()) {
                return change.ends().get();
            }
            Written written = change.later()
                    .map(later -> mesh.begin(later, newest))
                    .orElseGet(() -> mesh.endMaintenance(id, newest));
            // Refused: somebody told the node something meanwhile, so somebody got on.
            if (written instanceof Written.At) {
                return new Result.Changed(changed(found.get().status(), change.later()));
            }
        }
    }

    private Result underLease(NodeId node, Step step) throws InterruptedException {
        return switch (lock.take(_ -> changed(node, step))) {
            case PlacementLock.Result.Had<Result>(Result result) -> result;
            case PlacementLock.Result.Missed<Result>(Cause why) -> new Result.Failed(why);
        };
    }

    private Result changed(NodeId id, Step step) {
        Optional<NodeReading> found = fleet.reading(id);
        if (found.isEmpty()) {
            return new Result.Failed(unknown(id));
        }
        NodeStatus node = found.get().status();
        Change change = change(node, step);
        if (change.ends().isPresent()) {
            return change.ends().get();
        }
        change.later()
                .ifPresentOrElse(
                        fleet.desiredStates()::begin,
                        () -> fleet.desiredStates().endMaintenance(id));
        return new Result.Changed(changed(node, change.later()));
    }

    /**
     * What is to be written.
     *
     * @param ends what came of it, when nothing is to be written
     */
    private record Change(Optional<Maintenance> later, Optional<Result> ends) {}

    private static Change change(NodeStatus node, Step step) {
        Optional<Maintenance> later = step.from(node.maintenance());
        if (later.equals(node.maintenance())) {
            return new Change(later, Optional.of(new Result.Unchanged(node)));
        }
        return later.isPresent() && node.liveness() instanceof Liveness.NeverSeen
                ? new Change(
                        later,
                        Optional.of(new Result.Failed(neverHeard(node.info().id()))))
                : new Change(later, Optional.empty());
    }

    private static NodeStatus changed(NodeStatus node, Optional<Maintenance> later) {
        return new NodeStatus(node.info(), node.liveness(), node.hardware(), node.desired(), later);
    }

    static Cause unknown(NodeId node) {
        return new Cause(
                "no node '%s' ever registered".formatted(node),
                "mesh, node info",
                "`harmony node list` shows the nodes");
    }

    private static Cause neverHeard(NodeId node) {
        return new Cause(
                "node '%s' registered and was never seen since, so it has no work to lose and gets none"
                        .formatted(node),
                "mesh, node heartbeat",
                "look whether its agent runs: `systemctl status harmony` on the node");
    }
}
