package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.HealthSmokeTest;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.SmokeTest;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.spi.SmokeTestRunner;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.fleet.NodeReports;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs a deployment's smoke tests from here, through the nodes' addresses, and asks many replicas at a time. Keeps the time itself:
 * whatever a replica or a runner does, a test ends at its timeout.
 */
final class SmokeTester {
    private static final Duration ONE_TRY = Duration.ofSeconds(5);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);

    private final NodeReports reports;
    private final Function<SmokeTest, List<SmokeTestRunner<?>>> runners;
    private final SecretSupply secrets;

    /** With the runners that there are beside the tests and in the framework. */
    SmokeTester(NodeReports reports, SecretSupply secrets) {
        this(reports, SmokeTestRunners::of, secrets);
    }

    SmokeTester(NodeReports reports, Function<SmokeTest, List<SmokeTestRunner<?>>> runners, SecretSupply secrets) {
        this.reports = reports;
        this.runners = runners;
        this.secrets = secrets;
    }

    /** Why a test of the deployment cannot be run at all: asked before anything is changed. */
    Optional<Cause> unrunnable(Deployment<?> deployment) {
        return deployment.smokeTests().stream()
                .flatMap(test -> unrunnable(test).stream())
                .findFirst();
    }

    private Optional<Cause> unrunnable(SmokeTest test) {
        if (test instanceof HealthSmokeTest) {
            return Optional.empty();
        }
        List<SmokeTestRunner<?>> found = runners.apply(test);
        String type = test.getClass().getName();
        return switch (found.size()) {
            case 0 ->
                Optional.of(new Cause(
                        "nothing here runs smoke tests of %s".formatted(type),
                        "smoke test of service '%s'".formatted(test.service()),
                        "add to the module of the test: `provides SmokeTestRunner with …;`"));
            case 1 -> Optional.empty();
            default ->
                Optional.of(new Cause(
                        "smoke tests of %s have %d runners: %s"
                                .formatted(
                                        type,
                                        found.size(),
                                        found.stream()
                                                .map(runner -> runner.getClass().getName())
                                                .collect(Collectors.joining(", "))),
                        "smoke test of service '%s'".formatted(test.service()),
                        "leave out the modules of all of them but one"));
        };
    }

    /** Runs all tests, one after the other, up to the first that fails. */
    SmokeResult run(Deployment<?> deployment, Inventory inventory) throws InterruptedException {
        Optional<Cause> unrunnable = unrunnable(deployment);
        if (unrunnable.isPresent()) {
            return new SmokeResult.Failed(unrunnable.get());
        }
        List<URI> asked = new ArrayList<>();
        for (SmokeTest test : deployment.smokeTests()) {
            switch (run(test, deployment, inventory)) {
                case SmokeResult.Passed(List<URI> targets) -> asked.addAll(targets);
                case SmokeResult.Failed failed -> {
                    return failed;
                }
            }
        }
        return new SmokeResult.Passed(asked);
    }

    private SmokeResult run(SmokeTest test, Deployment<?> deployment, Inventory inventory) throws InterruptedException {
        long deadline = System.nanoTime() + test.timeout().toNanos();
        List<Task> tasks = tasks(test, deployment, inventory);
        List<NodeStatus> replicas = replicas(tasks, deployment, inventory);
        Optional<Cause> missing = missing(test, tasks.size(), replicas);
        if (missing.isPresent()) {
            return new SmokeResult.Failed(missing.get());
        }
        List<NodeStatus> alive = replicas.stream().filter(NodeStatus::isAlive).toList();
        return test instanceof HealthSmokeTest health
                ? heard(health, deployment.name(), tasks, alive, deadline)
                : asked(test, runners.apply(test).getFirst(), alive, deadline);
    }

    private SmokeResult heard(
            HealthSmokeTest test, DeploymentName deployment, List<Task> tasks, List<NodeStatus> alive, long deadline)
            throws InterruptedException {
        Set<ResourceId> ids = tasks.stream()
                .flatMap(task -> task.resources().stream())
                .map(NodeResource::id)
                .collect(Collectors.toSet());
        List<HealthTester.Replica> replicas = alive.stream()
                .map(node -> HealthTester.Replica.of(
                        node.info().id(),
                        Optional.ofNullable(node.desired().get(deployment))
                                .map(Versioned::revision)
                                .orElse(0L),
                        of(
                                test.service(),
                                told(node, deployment)
                                        .filter(resource -> ids.contains(resource.id()))
                                        .toList())))
                .toList();
        return new HealthTester(reports)
                .ask(test, deployment, replicas, deadline)
                .<SmokeResult>map(SmokeResult.Failed::new)
                .orElseGet(() -> new SmokeResult.Passed(List.of()));
    }

    /** Those that are the service itself, where it is one of a group; else all. */
    private static List<NodeResource> of(ServiceName service, List<NodeResource> resources) {
        List<NodeResource> own = resources.stream()
                .filter(resource -> resource.service().filter(service::equals).isPresent())
                .toList();
        return own.isEmpty() ? resources : own;
    }

    private <T extends SmokeTest> SmokeResult asked(
            SmokeTest test, SmokeTestRunner<T> runner, List<NodeStatus> alive, long deadline)
            throws InterruptedException {
        T own = runner.type().cast(test);
        List<URI> targets = alive.stream()
                .map(node -> runner.target(own, node.info().address()))
                .toList();
        return InParallel.all(targets, target -> ask(runner, own, target, deadline)).stream()
                .flatMap(Optional::stream)
                .findFirst()
                .<SmokeResult>map(SmokeResult.Failed::new)
                .orElseGet(() -> new SmokeResult.Passed(targets));
    }

    private static List<Task> tasks(SmokeTest test, Deployment<?> deployment, Inventory inventory) {
        Stream<? extends Score<?>> scores = deployment.scores().stream()
                .filter(score ->
                        score.withMembers().stream().anyMatch(one -> one.name().equals(test.service())));
        return scores.flatMap(score -> deployment.topology().parts(inventory).stream()
                        .flatMap(part -> deployment.tasks(score, part).stream()))
                .filter(test::asks)
                .toList();
    }

    /** The nodes that were told to run one of these, once for each. */
    private static List<NodeStatus> replicas(List<Task> tasks, Deployment<?> deployment, Inventory inventory) {
        Set<ResourceId> ids = tasks.stream().map(task -> task.main().id()).collect(Collectors.toSet());
        return inventory.nodes().stream()
                .flatMap(node -> told(node, deployment.name())
                        .filter(resource -> ids.contains(resource.id()))
                        .map(_ -> node))
                .toList();
    }

    private static Stream<NodeResource> told(NodeStatus node, DeploymentName deployment) {
        Versioned<DesiredState> told = node.desired().get(deployment);
        return told == null ? Stream.empty() : told.value().resources().stream();
    }

    /** A replica of a lost node cannot be asked, and is not held against those that can. */
    private static Optional<Cause> missing(SmokeTest test, int wanted, List<NodeStatus> replicas) {
        if (wanted == 0) {
            return Optional.of(new Cause(
                    "service '%s' comes to nothing that the smoke test asks: %s".formatted(test.service(), test),
                    "smoke test",
                    "ask a port that the service publishes"));
        }
        if (replicas.size() != wanted) {
            return Optional.of(new Cause(
                    "%d of %d replicas of service '%s' are placed".formatted(replicas.size(), wanted, test.service()),
                    "smoke test",
                    "somebody else deploys at the same time: look at `harmony status`, then deploy again"));
        }
        if (replicas.stream().noneMatch(NodeStatus::isAlive)) {
            return Optional.of(new Cause(
                    "no replica of service '%s' can be asked: they wait for nodes that are lost, %s"
                            .formatted(
                                    test.service(),
                                    replicas.stream()
                                            .map(node -> node.info().id().value())
                                            .collect(Collectors.joining(", "))),
                    "smoke test",
                    "bring a node back, or let the replicas move: `harmony plan` says when they do"));
        }
        return Optional.empty();
    }

    /** Asks a replica until it answers as it should or the time is up. */
    private <T extends SmokeTest> Optional<Cause> ask(SmokeTestRunner<T> runner, T test, URI target, long deadline)
            throws InterruptedException {
        Cause wrong = new Cause(
                "no whole answer",
                target.toString(),
                "`harmony logs` shows what the service wrote; ask it from here as well");
        for (long left = deadline - System.nanoTime(); left > 0; left = deadline - System.nanoTime()) {
            try {
                Optional<Cause> now = tryOnce(runner, test, target, Math.min(left, ONE_TRY.toNanos()));
                if (now.isEmpty()) {
                    return now;
                }
                wrong = now.get();
            } catch (TimeoutException e) {
                // What was wrong before says more than that there was no time for another answer.
            }
            TimeUnit.NANOSECONDS.sleep(Math.min(deadline - System.nanoTime(), BETWEEN_TRIES.toNanos()));
        }
        return Optional.of(new Cause(
                "smoke test failed for %s s: %s".formatted(seconds(test.timeout()), wrong.what()),
                wrong.where(),
                wrong.next()));
    }

    private <T extends SmokeTest> Optional<Cause> tryOnce(
            SmokeTestRunner<T> runner, T test, URI target, long nanoseconds)
            throws InterruptedException, TimeoutException {
        FutureTask<Optional<Cause>> asking = new FutureTask<>(() -> runner.ask(
                test,
                target,
                (secret, reader) -> test.secrets().contains(secret)
                        ? secrets.lend(secret, reader)
                        : Optional.of(new Cause(
                                "%s does not name secret '%s'"
                                        .formatted(test.getClass().getName(), secret.name()),
                                target.toString(),
                                "name it in secrets() of the smoke test"))));
        Thread.ofVirtual().name("smoke-test").start(asking);
        try {
            return asking.get(nanoseconds, TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            return Optional.of(new Cause(
                    "%s throws %s".formatted(runner.getClass().getName(), e.getCause()),
                    target.toString(),
                    "mend the runner of this smoke test"));
        } finally {
            asking.cancel(true);
        }
    }

    static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString();
    }
}
