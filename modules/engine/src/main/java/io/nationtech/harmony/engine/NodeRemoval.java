package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.node.Claim;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.ForeignResource;
import io.nationtech.harmony.domain.node.Liveness;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.system.ResetAnswer;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.fleet.ConditionalTelling;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.NodeReading;
import io.nationtech.harmony.fleet.NodeReports;
import io.nationtech.harmony.graph.Consent;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Written;
import io.nationtech.harmony.rollout.NodeProgress;
import io.nationtech.harmony.rollout.RolloutRecord;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes a node that never comes back out of the mesh. First it is told, on the condition that nobody told it anything since, to have
 * nothing of any deployment: that word stays behind, so that it stops what it ran should it come back after all. Then what is known of
 * it goes, its introduction last. Whatever interrupts this, doing it again goes on from there.
 */
public final class NodeRemoval {
    private final Fleet fleet;
    private final PlacementLock lock;

    public NodeRemoval(Fleet fleet, Author author) {
        this.fleet = fleet;
        this.lock = new PlacementLock(fleet, author);
    }

    /** What came of it. */
    public sealed interface Result {

        /**
         * Nothing is known of the node any more.
         *
         * @param withdrawn what it was told to have until now, without what was withdrawn before
         */
        record Forgotten(List<DesiredState> withdrawn) implements Result {
            public Forgotten {
                withdrawn = List.copyOf(withdrawn);
            }
        }

        /** It was heard of meanwhile: it is listed as before, and has nothing to run. */
        record CameBack() implements Result {}

        /** Nothing was changed. */
        record Refused(List<Cause> causes) implements Result {
            public Refused {
                causes = List.copyOf(causes);
            }
        }
    }

    /**
     * Forgets a node.
     *
     * @param consent to the loss of what is on its disk alone
     * @throws InterruptedException when interrupted; done again, it goes on
     */
    public Result forget(NodeId node, Consent consent) throws InterruptedException {
        while (true) {
            long beat = fleet.nodeReports().lastBeat(node);
            Optional<NodeReading> found = fleet.reading(node);
            List<Cause> obstacles = found.isEmpty() && beat == 0
                    ? List.of(NodeMaintenance.unknown(node))
                    : obstacles(node, found, consent);
            if (!obstacles.isEmpty()) {
                return new Result.Refused(obstacles);
            }
            if (found.isEmpty()) {
                fleet.nodeReports().forgetBeat(node);
                return new Result.Forgotten(List.of());
            }
            // Refused: somebody told the node something meanwhile, which is looked at first.
            if (isWithdrawn(found.get())) {
                return cleared(found.get().status(), beat);
            }
        }
    }

    /**
     * Has a node forget everything, and start over as it was flashed. It is in the mesh until it is forgotten.
     *
     * @param consent to the loss of what is on its disk
     * @return why it does not; empty once it begins
     */
    public List<Cause> reset(NodeId node, Consent consent) {
        Optional<NodeReading> found = fleet.reading(node);
        List<Cause> obstacles =
                found.isEmpty() ? List.of(NodeMaintenance.unknown(node)) : inTheWay(node, found, consent);
        if (!obstacles.isEmpty()) {
            return obstacles;
        }
        return switch (fleet.commands().reset(node)) {
            case ResetAnswer.Begun() -> List.of();
            case ResetAnswer.Refused(Cause why) -> List.of(why);
        };
    }

    private List<Cause> obstacles(NodeId node, Optional<NodeReading> found, Consent consent) {
        if (fleet.liveness(List.of(node)).get(node) instanceof Liveness.Alive(var silence)) {
            return List.of(new Cause(
                    silence.isZero()
                            ? "node '%s' is connected".formatted(node)
                            : "node '%s' was connected %d s ago, and may come back"
                                    .formatted(node, silence.toSeconds()),
                    "mesh, its connections",
                    "move its work away first, `harmony node drain %s` and `harmony deploy`; end its agent for good, `systemctl disable --now harmony` on it; forget it %d s later"
                            .formatted(node, Liveness.LOST_AFTER.toSeconds())));
        }
        return inTheWay(node, found, consent);
    }

    private List<Cause> inTheWay(NodeId node, Optional<NodeReading> found, Consent consent) {
        Stream<Cause> unread = found.stream()
                .flatMap(reading -> reading.unreadable().stream())
                .map(deployment -> unreadable(node, deployment));
        Stream<Cause> lost = found.map(NodeReading::status).stream().flatMap(known -> losses(known, consent));
        return Stream.of(unread, lost, rollouts(node)).flatMap(causes -> causes).toList();
    }

    private static Cause unreadable(NodeId node, DeploymentName deployment) {
        return new Cause(
                "what node '%s' is told of deployment '%s' cannot be read here, so nobody knows what would be lost"
                        .formatted(node, deployment),
                "mesh, bucket desired-state, key %s.%s".formatted(node, deployment),
                "use the version of Harmony that wrote it");
    }

    private static Stream<Cause> losses(NodeStatus node, Consent consent) {
        return node.desired().values().stream()
                .map(Versioned::value)
                .flatMap(told -> told.resources().stream()
                        .flatMap(resource -> data(resource)
                                .filter(data -> !consent.covers(data))
                                .map(data -> new Cause(
                                        "%s holds data of %s, and is on the disk of this node alone"
                                                .formatted(data, resource.label()),
                                        "node '%s', deployment '%s'".formatted(told.node(), told.deployment()),
                                        "if it may go or never comes back, agree to the loss by name: --accept-loss %s. Where copies are made, `harmony backup list %s` shows them"
                                                .formatted(data.path(), told.deployment())))));
    }

    /** Of a kind that is not known here nobody knows whether it holds data. */
    private static Stream<ResourceId> data(NodeResource resource) {
        return resource instanceof ForeignResource
                ? Stream.of(resource.id())
                : Claim.of(List.of(resource)).volumes().stream()
                        .map(volume -> new ResourceId(VolumeLossGuard.KIND, ResourceName.of(volume.value())));
    }

    /** One that is under way would fail at a node that it still has to change. */
    private Stream<Cause> rollouts(NodeId node) {
        return fleet.rollouts().all().stream()
                .map(Versioned::value)
                .filter(rollout -> !rollout.progress().verdict().isFinal() && isStillToChange(rollout, node))
                .map(RolloutRecord::deployment)
                .map(deployment -> new Cause(
                        "a rollout of deployment '%s' is under way, and has node '%s' to change"
                                .formatted(deployment, node),
                        "deployment '%s'".formatted(deployment),
                        "wait for its end, `harmony rollout status %s`; if nobody carries it on, `harmony rollout resume %s`"
                                .formatted(deployment, deployment)));
    }

    private boolean isStillToChange(RolloutRecord rollout, NodeId node) {
        return switch (rollout.progress().nodes().getOrDefault(node, new NodeProgress.Waiting())) {
            case NodeProgress.Waiting() ->
                fleet.rollouts().planned(rollout.deployment()).stream()
                        .anyMatch(change -> change.node().equals(node));
            case NodeProgress.Started _, NodeProgress.Healthy _, NodeProgress.Returning _ -> true;
            case NodeProgress.Done(), NodeProgress.Lost(), NodeProgress.Failed _, NodeProgress.Returned() -> false;
        };
    }

    private boolean isWithdrawn(NodeReading found) throws InterruptedException {
        Optional<ConditionalTelling> mesh = fleet.desiredStates().conditionally();
        return mesh.isPresent() ? isWithdrawn(mesh.get(), found) : isWithdrawnUnderLease(found);
    }

    private static List<Versioned<DesiredState>> work(NodeStatus node) {
        return node.desired().values().stream()
                .filter(told -> !told.value().resources().isEmpty())
                .toList();
    }

    private static boolean isWithdrawn(ConditionalTelling mesh, NodeReading found) {
        long newest = found.newest();
        NodeId node = found.status().info().id();
        for (Versioned<DesiredState> told : work(found.status())) {
            if (!(mesh.tell(nothing(told), newest) instanceof Written.At(long at))) {
                return false;
            }
            newest = at;
        }
        return found.status().maintenance().isEmpty() || mesh.endMaintenance(node, newest) instanceof Written.At;
    }

    private boolean isWithdrawnUnderLease(NodeReading found) throws InterruptedException {
        NodeId node = found.status().info().id();
        return lock.take(_ -> {
                            for (Versioned<DesiredState> told : work(found.status())) {
                                if (fleet.desiredStates().tell(nothing(told), Optional.of(told.revision()))
                                        instanceof Written.Conflict) {
                                    return false;
                                }
                            }
                            fleet.desiredStates().endMaintenance(node);
                            return true;
                        })
                        instanceof PlacementLock.Result.Had<Boolean>(Boolean isDone)
                && isDone;
    }

    private static DesiredState nothing(Versioned<DesiredState> told) {
        return DesiredState.withdrawn(told.value().node(), told.value().deployment());
    }

    private Result cleared(NodeStatus node, long beat) {
        NodeId id = node.info().id();
        NodeReports reports = fleet.nodeReports();
        fleet.rollouts().forget(id);
        fleet.sealedSecrets().forget(id);
        fleet.nodeLogins().forget(id);
        reports.forgetWork(id);
        Optional<Entry> said = reports.unregister(id);
        // A node beats before it introduces itself: had it introduced itself before this, there would be another beat.
        if (reports.lastBeat(id) != beat) {
            said.ifPresent(reports::registerAgain);
            node.hardware().ifPresent(reports::report);
            return new Result.CameBack();
        }
        reports.forgetBeat(id);
        return new Result.Forgotten(work(node).stream().map(Versioned::value).toList());
    }
}
