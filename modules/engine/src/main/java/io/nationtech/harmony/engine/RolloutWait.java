package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.rollout.NodeFact;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Waits for nodes to follow what they were told, each under its revision. */
record RolloutWait(DeploymentName deployment, NodeStateWatch states) {
    private static final String SILENT = "it said nothing";

    /**
     * Why nodes did not follow; empty when all did.
     *
     * @param nanos monotonic
     */
    SortedMap<NodeId, Cause> all(Map<NodeId, Long> revisions, Duration timeout, LongSupplier nanos)
            throws InterruptedException {
        Map<NodeId, Long> waiting = new TreeMap<>(revisions);
        SortedMap<NodeId, Cause> failed = new TreeMap<>();
        long deadline = nanos.getAsLong() + timeout.toNanos();
        while (true) {
            for (NodeId node : List.copyOf(waiting.keySet())) {
                switch (fact(node, waiting.getOrDefault(node, 0L))) {
                    case NodeFact.Converged(), NodeFact.Lost() -> waiting.remove(node);
                    case NodeFact.Failed(Cause cause) -> {
                        waiting.remove(node);
                        failed.put(node, cause);
                    }
                    case NodeFact.Following _ -> {}
                }
            }
            long left = deadline - nanos.getAsLong();
            if (waiting.isEmpty() || left <= 0) {
                waiting.forEach((node, revision) -> failed.put(node, late(node, revision, timeout)));
                return failed;
            }
            states.awaitNews(Duration.ofNanos(left));
        }
    }

    /** What a node says of what it was told under a revision. */
    NodeFact fact(NodeId node, long revision) {
        return states.of(node, revision)
                .<NodeFact>map(state -> switch (state.convergence()) {
                    case Convergence.Converged() -> new NodeFact.Converged();
                    case Convergence.Failed(Cause cause) -> new NodeFact.Failed(cause);
                    case Convergence.Converging() -> new NodeFact.Following("it is still converging" + unready(state));
                })
                .orElseGet(() -> new NodeFact.Following(SILENT));
    }

    private static String unready(NodeState state) {
        return state.resources().stream()
                .filter(resource -> !resource.isAsWanted())
                .map(resource -> ", " + resource.words())
                .collect(Collectors.joining());
    }

    private Cause late(NodeId node, long revision, Duration timeout) {
        String how = fact(node, revision) instanceof NodeFact.Following(String last) ? last : SILENT;
        return new Cause(
                "node '%s' did not follow within %d s: %s".formatted(node, timeout.toSeconds(), how),
                "node %s, deployment %s".formatted(node, deployment),
                "`harmony node show %s` and `harmony logs %s` say more; the node goes on trying"
                        .formatted(node, deployment));
    }
}
