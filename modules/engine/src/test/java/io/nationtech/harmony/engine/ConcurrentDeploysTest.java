package io.nationtech.harmony.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.Planning;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.Gpio;
import io.nationtech.harmony.domain.hardware.GpioChip;
import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.Memory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deployments that are applied at the same moment and want the same. */
class ConcurrentDeploysTest {
    private static final int DEPLOYMENTS = 8;

    @TempDir
    private Path folder;

    Lab lab(Path folder) {
        return new Lab(folder);
    }

    @Test
    void theOneLineIsGivenToOneAndTheOthersAreToldToWhom() throws Exception {
        try (Lab lab = lab(folder).with("shed", "office");
                Overcommitment watched = Overcommitment.of(lab.fleet, lab.mesh)) {
            lab.fleet
                    .nodeReports()
                    .report(Homes.with(
                                    Homes.node("shed", "shed"),
                                    new GpioChip(
                                            DevicePath.of("gpiochip0"), ModelName.cleaned("pinctrl"), 54, Set.of()))
                            .hardware()
                            .orElseThrow());

            List<DeployResult> results = deploy(lab, service -> service.needs(Gpio.line(17)));

            assertEquals(1, won(results), results::toString);
            String winner = "d" + results.indexOf(winner(results));
            assertTrue(
                    results.stream()
                            .filter(DeployResult.Failed.class::isInstance)
                            .allMatch(failed -> failed.toString()
                                    .contains("closest is 'shed': GPIO line 17 — taken by " + winner + ".web#0")),
                    results::toString);
            assertEquals(List.of(), watched.found());
        }
    }

    @Test
    void theLastRoomIsGivenToAsManyAsItHolds() throws Exception {
        try (Lab lab = lab(folder).with("shed", "office");
                Overcommitment watched = Overcommitment.of(lab.fleet, lab.mesh)) {
            List<DeployResult> results = deploy(lab, service -> service.memoryRequest(Memory.gibibytes(3)));

            // Two nodes of 8 GiB.
            assertEquals(4, won(results), results::toString);
            assertTrue(
                    results.stream()
                            .filter(DeployResult.Failed.class::isInstance)
                            .allMatch(failed ->
                                    failed.toString().contains("2 GiB of 8 GiB are free, the rest is taken by d")),
                    results::toString);
            assertEquals(List.of(), watched.found());
        }
    }

    @Test
    void whatRunningWorkWantsMoreIsLookedForAgainWhenItIsItsTurn() throws Exception {
        try (Lab lab = lab(folder).with("shed");
                Overcommitment watched = Overcommitment.of(lab.fleet, lab.mesh)) {
            ContainerService web = large(lab.port).memoryRequest(Memory.gibibytes(1));
            assertInstanceOf(DeployResult.Deployed.class, lab.deployer().deploy(deployment("website", web)));
            FleetInterpret interpret = lab.interpret(Duration.ofSeconds(30));
            FleetPlan plan = plan(lab, interpret, deployment("website", web.memoryRequest(Memory.gibibytes(6))));
            ContainerService other = large(Lab.freePort()).memoryRequest(Memory.gibibytes(4));
            assertInstanceOf(DeployResult.Deployed.class, lab.deployer().deploy(deployment("other", other)));

            List<Cause> causes = interpret.apply(plan);

            assertEquals(
                    List.of("node 'shed' is short of 2 GiB of memory; its room is taken by deployment 'other'"),
                    causes.stream().map(Cause::what).toList());
            assertEquals(List.of(), watched.found());
        }
    }

    @Test
    void anotherImageNeedsNoTurn() throws Exception {
        try (Lab lab = lab(folder).with("shed")) {
            assertInstanceOf(DeployResult.Deployed.class, lab.deployer().deploy(lab.website(1, 1)));
            FleetInterpret interpret = lab.interpret(Duration.ofSeconds(30));
            FleetPlan plan = plan(lab, interpret, lab.website(2, 1));
            assertTrue(lab.fleet
                    .leases("bob@desk;then;1", System::nanoTime)
                    .tryAcquire(PlacementLock.LEASE)
                    .isPresent());

            assertEquals(List.of(), interpret.apply(plan));
            assertTrue(lab.bucket("leases")
                    .get(PlacementLock.LEASE)
                    .orElseThrow()
                    .value()
                    .text()
                    .startsWith("bob@desk"));
        }
    }

    private static FleetPlan plan(Lab lab, FleetInterpret interpret, Deployment<?> deployment)
            throws InterruptedException {
        return interpret.plan(deployment, lab.inventory()) instanceof Planning.Planned<FleetPlan>(FleetPlan plan)
                ? plan
                : fail("no plan");
    }

    private static long won(List<DeployResult> results) {
        return results.stream().filter(DeployResult.Deployed.class::isInstance).count();
    }

    private static DeployResult winner(List<DeployResult> results) {
        return results.stream()
                .filter(DeployResult.Deployed.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private static List<DeployResult> deploy(Lab lab, UnaryOperator<ContainerService> terms)
            throws IOException, InterruptedException, ExecutionException {
        List<Deployment<ContainerRuntime>> deployments = IntStream.range(0, DEPLOYMENTS)
                .mapToObj(number -> deployment(
                        "d" + number, terms.apply(large(Lab.freePort()).memoryRequest(Memory.mebibytes(64)))))
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<DeployResult>> running = deployments.stream()
                    .map(one -> threads.submit(() -> lab.deployer().deploy(one)))
                    .toList();
            List<DeployResult> results = new ArrayList<>();
            for (Future<DeployResult> one : running) {
                results.add(one.get());
            }
            return results;
        }
    }

    /** A service that may ask for up to 8 GiB. */
    private static ContainerService large(int port) {
        return Lab.service("web", 1, 1, port).memoryLimit(Memory.gibibytes(8));
    }

    private static Deployment<ContainerRuntime> deployment(String name, ContainerService web) {
        return Deployment.named(DeploymentName.of(name))
                .on(Lab.home())
                .runs(web)
                .provenBy(Lab.smoke(web, "Welcome"));
    }
}
