package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.system.NodeSystem;
import io.nationtech.harmony.domain.system.NodeSystem.Failed;
import io.nationtech.harmony.domain.system.UpgradeAnswer;
import io.nationtech.harmony.domain.system.UpgradeOrder;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.NodeReading;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Has nodes run another operating system, a wave at a time: the next begins once each node of the one before runs it for good, and has again what
 * it had. Ends with the first wave in which one does not.
 */
public final class NodeUpgrades {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Fleet fleet;
    private final UpgradeOrder order;
    private final Terms terms;
    private final LongSupplier nanos;

    /**
     * @param atOnce how many nodes may be away at a time, at least 1
     * @param timeout how long one node may take
     */
    public record Terms(int atOnce, Duration timeout) {}

    /** What came of one node. */
    public record Upgraded(NodeId node, Result result) {
        /** Whether the next wave may begin. */
        boolean isGood() {
            return switch (result) {
                case Result.Done(), Result.Already(), Result.Away() -> true;
                case Result.Failed _, Result.Left() -> false;
            };
        }
    }

    /** How it ended. */
    public sealed interface Result {

        /** It runs it, for good. */
        record Done() implements Result {}

        /** It did before. */
        record Already() implements Result {}

        /** It refused, or runs what it ran before, or nobody knows. */
        record Failed(Cause cause) implements Result {}

        /** It was not there when its turn came, and so was not asked. */
        record Away() implements Result {}

        /** Another failed before its turn came. */
        record Left() implements Result {}
    }

    /** Hears how it goes; called by several threads. */
    public interface Listener {
        /** A node's turn begins. */
        void begin(NodeId node);

        /** It is over. */
        void end(NodeId node, Result result);
    }

    /** @param nanos monotonic, in nanoseconds */
    public NodeUpgrades(Fleet fleet, UpgradeOrder order, Terms terms, LongSupplier nanos) {
        this.fleet = fleet;
        this.order = order;
        this.terms = terms;
        this.nanos = nanos;
    }

    /**
     * Each node, in their order.
     *
     * @throws MeshUnavailableException when a node cannot be asked
     */
    public List<Upgraded> run(List<NodeId> nodes, Listener listener) throws InterruptedException {
        List<Upgraded> all = new ArrayList<>();
        boolean isGood = true;
        for (int from = 0; from < nodes.size(); from += terms.atOnce()) {
            List<NodeId> wave = nodes.subList(from, Math.min(nodes.size(), from + terms.atOnce()));
            if (isGood) {
                List<Upgraded> done = InParallel.all(wave, node -> run(node, listener));
                isGood = done.stream().allMatch(Upgraded::isGood);
                all.addAll(done);
            } else {
                wave.forEach(node -> all.add(new Upgraded(node, new Result.Left())));
            }
        }
        return List.copyOf(all);
    }

    private Upgraded run(NodeId node, Listener listener) throws InterruptedException {
        listener.begin(node);
        Result result = upgrade(node);
        listener.end(node, result);
        return new Upgraded(node, result);
    }

    private Result upgrade(NodeId node) throws InterruptedException {
        long end = nanos.getAsLong() + terms.timeout().toNanos();
        Optional<NodeStatus> before = fleet.reading(node).map(NodeReading::status);
        if (before.filter(NodeStatus::isAlive).isEmpty()) {
            return new Result.Away();
        }
        Optional<NodeSystem> system = before.flatMap(NodeUpgrades::system);
        if (system.filter(one -> one.hasSettledOn(order.version())).isPresent()) {
            return new Result.Already();
        }
        Set<DeploymentName> had = had(node);
        return switch (fleet.commands().upgrade(node, order)) {
            case UpgradeAnswer.Refused(Cause why) -> new Result.Failed(why);
            case UpgradeAnswer.Accepted() -> await(node, system.flatMap(NodeSystem::failed), had, end);
        };
    }

    private static Optional<NodeSystem> system(NodeStatus status) {
        return status.info().machine().system();
    }

    /** What it has that it is told. */
    private Set<DeploymentName> had(NodeId node) {
        return fleet.nodeReports().states(node).stream()
                .filter(state -> state.convergence() instanceof Convergence.Converged)
                .map(NodeState::deployment)
                .collect(Collectors.toSet());
    }

    private Result await(NodeId node, Optional<Failed> failedBefore, Set<DeploymentName> had, long end)
            throws InterruptedException {
        String last = "it said nothing";
        while (nanos.getAsLong() < end) {
            try {
                Optional<NodeStatus> status = fleet.reading(node).map(NodeReading::status);
                Optional<NodeSystem> system = status.flatMap(NodeUpgrades::system);
                Optional<Failed> failed = system.flatMap(NodeSystem::failed)
                        .filter(one -> one.to().equals(order.version())
                                && !Optional.of(one).equals(failedBefore));
                if (failed.isPresent()) {
                    return new Result.Failed(failed.get().why());
                }
                if (system.filter(one -> one.hasSettledOn(order.version())).isPresent()
                        && status.filter(NodeStatus::isAlive).isPresent()) {
                    Set<DeploymentName> lacking = lacking(node, had);
                    if (lacking.isEmpty()) {
                        return new Result.Done();
                    }
                    last = "it runs that, and has not again: " + lacking;
                } else {
                    last = system.flatMap(NodeSystem::underWay)
                            .map(one -> "it said last: " + one)
                            .orElse(last);
                }
            } catch (MeshUnavailableException e) {
                // The node may be the one that the mesh's server runs on.
                last = e.why().what();
            }
            Thread.sleep(LOOK);
        }
        return new Result.Failed(new Cause(
                "it does not run %s, well, within %d s: %s"
                        .formatted(order.version(), terms.timeout().toSeconds(), last),
                "node " + node,
                "`harmony node show %s` says how it is; it goes on by itself, and asking again changes nothing"
                        .formatted(node)));
    }

    private Set<DeploymentName> lacking(NodeId node, Set<DeploymentName> had) {
        Set<DeploymentName> now = had(node);
        return had.stream().filter(one -> !now.contains(one)).collect(Collectors.toSet());
    }
}
