package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.ChaosEvent.Word;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.DesiredStateUpdate;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A fleet, what breaks in it by a schedule, and what came of it. */
final class ChaosRun {
    /** Whatever broke, all is well again by then. */
    private static final Duration DEADLINE = Duration.ofSeconds(120);

    /** A rollout that was begun has an end by then. */
    private static final Duration LAST_DEPLOY = Duration.ofSeconds(60);

    private static final Duration BEGINNING = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(200);

    private final ChaosFleet chaos;
    private final Fleet fleet;
    private final List<String> violations = new ArrayList<>();

    /** What is to come to be, and what is not so for now. */
    private interface Expectation {
        List<String> missing();
    }

    private ChaosRun(ChaosFleet chaos, Fleet fleet) {
        this.chaos = chaos;
        this.fleet = fleet;
    }

    static List<String> violations(ChaosFleet chaos, ChaosSchedule schedule) throws IOException, InterruptedException {
        try (NatsMesh mesh = chaos.owner().connectInBackground("ada")) {
            ChaosRun run = new ChaosRun(chaos, chaos.owner().fleet(mesh, "ada"));
            run.begin();
            if (run.violations.isEmpty()) {
                run.breakAndMend(schedule);
                run.end();
            }
            return run.violations;
        }
    }

    private void begin() throws InterruptedException {
        await(BEGINNING, "the mesh has buckets", () -> {
            fleet.ensureBuckets();
            return List.of();
        });
        chaos.start();
        awaitWork(System.nanoTime(), BEGINNING);
    }

    /** One act of a schedule. */
    private record Act(Duration when, Fault fault, Kind kind) {
        enum Kind {
            BEGIN,
            HEAL
        }
    }

    private void breakAndMend(ChaosSchedule schedule) throws IOException, InterruptedException {
        List<Act> acts = schedule.steps().stream()
                .flatMap(step -> Stream.of(
                        new Act(step.begins(), step.fault(), Act.Kind.BEGIN),
                        new Act(step.ends(), step.fault(), Act.Kind.HEAL)))
                .sorted((one, other) -> one.when().compareTo(other.when()))
                .toList();
        long began = System.nanoTime();
        for (Act act : acts) {
            TimeUnit.NANOSECONDS.sleep(act.when().toNanos() - (System.nanoTime() - began));
            switch (act.kind()) {
                case BEGIN -> chaos.begin(act.fault());
                case HEAL -> chaos.heal(act.fault());
            }
        }
    }

    private void end() throws InterruptedException {
        long healed = System.nanoTime();
        awaitWork(healed, DEADLINE);
        if (!chaos.endDeploying(LAST_DEPLOY)) {
            violations.add("who deploys does not end within %d s".formatted(LAST_DEPLOY.toSeconds()));
        }
        await(DEADLINE, "all nodes follow what they were told", this::notFollowed);
        violations.addAll(ChaosOracles.violations(chaos.history().all()));
    }

    /** Until each node was told something, the shop was rolled out, and somebody had the lease. */
    private void awaitWork(long since, Duration patience) throws InterruptedException {
        ChaosHistory history = chaos.history();
        await(
                patience,
                "what is said is acknowledged, and somebody has the lease",
                () -> Stream.concat(
                                told().filter(word -> !history.isAcknowledgedAfter(since, word))
                                        .map("nothing was acknowledged of %s"::formatted),
                                history.isHeldAfter(since) ? Stream.of() : Stream.of("nobody has the lease"))
                        .toList());
    }

    private static Stream<Word> told() {
        return Stream.of(ChaosWords.LAMP, ChaosWords.SHOP)
                .flatMap(deployment -> ChaosMember.NODES.stream().map(node -> new Word(deployment.value(), node, 0)));
    }

    private List<String> notFollowed() {
        List<String> missing = new ArrayList<>();
        int replicas = 0;
        for (Word about : told().toList()) {
            DeploymentName deployment = DeploymentName.of(about.deployment());
            long before = System.nanoTime();
            Optional<DesiredStateUpdate> told = fleet.desiredStates().of(NodeId.of(about.node()), deployment);
            Word word = ChaosWords.read(about, told);
            if (deployment.equals(ChaosWords.LAMP) || word.version() > 0) {
                chaos.history().add(new ChaosEvent.Read(before, word));
                missing.addAll(notFollowed(word, deployment, told));
            }
            replicas += deployment.equals(ChaosWords.SHOP) && word.version() > 0 ? 1 : 0;
        }
        if (replicas != ChaosWords.REPLICAS) {
            missing.add("there are %d replicas of the shop".formatted(replicas));
        }
        return missing;
    }

    private List<String> notFollowed(Word word, DeploymentName deployment, Optional<DesiredStateUpdate> told) {
        Optional<Word> running = chaos.history().running(word.node(), word.deployment());
        Optional<NodeState> said = fleet.nodeReports().state(NodeId.of(word.node()), deployment);
        boolean isSo = running.equals(Optional.of(word))
                && said.filter(state -> state.convergence() instanceof Convergence.Converged
                                && state.revision() == told.orElseThrow().revision())
                        .isPresent();
        return isSo
                ? List.of()
                : List.of("'%s' is told, and %s runs %s and says %s"
                        .formatted(word, word.node(), running, said.map(NodeState::convergence)));
    }

    private void await(Duration patience, String what, Expectation expected) throws InterruptedException {
        long began = System.nanoTime();
        List<String> missing = missing(expected);
        while (!missing.isEmpty()) {
            if (System.nanoTime() - began > patience.toNanos()) {
                violations.add("not within %d s: %s: %s".formatted(patience.toSeconds(), what, missing));
                return;
            }
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
            missing = missing(expected);
        }
    }

    private static List<String> missing(Expectation expected) {
        try {
            return expected.missing();
        } catch (MeshUnavailableException e) {
            return List.of(e.getMessage());
        }
    }
}
