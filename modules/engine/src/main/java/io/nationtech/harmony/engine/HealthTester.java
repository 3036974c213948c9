package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.HealthSmokeTest;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.fleet.NodeReports;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Hears from the mesh whether replicas are as they should be, and stay so. */
record HealthTester(NodeReports reports) {

    /**
     * What a node was told to run.
     *
     * @param revision under which it was told
     */
    record Replica(NodeId node, long revision, List<ResourceId> resources) {
        static Replica of(NodeId node, long revision, List<? extends NodeResource> resources) {
            return new Replica(
                    node, revision, resources.stream().map(NodeResource::id).toList());
        }
    }

    /** What changes when something is started again. */
    private record Start(NodeId node, ResourceId resource, int restarts, Optional<Instant> since) {}

    private sealed interface Look {
        record AsWanted(List<Start> starts) implements Look {}

        record Amiss(Cause cause) implements Look {}
    }

    /** Why they are not steady; waits for that until the deadline of {@link System#nanoTime}. */
    Optional<Cause> ask(HealthSmokeTest test, DeploymentName deployment, List<Replica> replicas, long deadline)
            throws InterruptedException {
        try (NodeStateWatch watch = NodeStateWatch.open(reports, deployment)) {
            Optional<List<Start>> before = Optional.empty();
            long steadySince = System.nanoTime();
            while (true) {
                Look look = look(watch, test, replicas);
                long now = System.nanoTime();
                Optional<List<Start>> starts =
                        look instanceof Look.AsWanted(List<Start> all) ? Optional.of(all) : Optional.empty();
                if (starts.isEmpty() || !starts.equals(before)) {
                    steadySince = now;
                }
                before = starts;
                long steady = now - steadySince;
                if (starts.isPresent() && steady >= test.steady().toNanos()) {
                    return Optional.empty();
                }
                if (now >= deadline) {
                    return Optional.of(failed(test, look));
                }
                long left = deadline - now;
                watch.awaitNews(Duration.ofNanos(
                        starts.isPresent() ? Math.min(left, test.steady().toNanos() - steady) : left));
            }
        }
    }

    private static Look look(NodeStateWatch watch, HealthSmokeTest test, List<Replica> replicas) {
        List<Start> starts = new ArrayList<>();
        for (Replica replica : replicas) {
            Optional<NodeState> said = watch.of(replica.node(), replica.revision());
            for (ResourceId resource : replica.resources()) {
                Optional<ResourceStatus> status = said.stream()
                        .flatMap(state -> state.resources().stream())
                        .filter(one -> one.id().equals(resource))
                        .findFirst();
                if (status.filter(ResourceStatus::isAsWanted).isEmpty()) {
                    return new Look.Amiss(amiss(test, replica, resource, status));
                }
                status.ifPresent(one -> starts.add(new Start(replica.node(), resource, one.restarts(), one.since())));
            }
        }
        return new Look.AsWanted(starts);
    }

    private static Cause amiss(
            HealthSmokeTest test, Replica replica, ResourceId resource, Optional<ResourceStatus> status) {
        return new Cause(
                status.map(ResourceStatus::words).orElse("%s is not there".formatted(resource)),
                "service '%s' on node '%s'".formatted(test.service(), replica.node()),
                "`harmony logs` shows what it wrote, `harmony status` how it goes on");
    }

    private static Cause failed(HealthSmokeTest test, Look look) {
        return switch (look) {
            case Look.Amiss(Cause cause) ->
                new Cause(
                        "smoke test failed for %s s: %s".formatted(SmokeTester.seconds(test.timeout()), cause.what()),
                        cause.where(),
                        cause.next());
            case Look.AsWanted _ ->
                new Cause(
                        "smoke test failed for %s s: it is as it should be, and was started again within the last %s s"
                                .formatted(SmokeTester.seconds(test.timeout()), SmokeTester.seconds(test.steady())),
                        "service '%s'".formatted(test.service()),
                        "`harmony logs` shows what it wrote; a service that takes long to settle needs a longer timeout: within(…)");
        };
    }
}
