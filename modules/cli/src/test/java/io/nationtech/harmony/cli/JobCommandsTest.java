package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.node.ContainerHistory.Exit;
import io.nationtech.harmony.domain.node.ContainerStatus;
import io.nationtech.harmony.domain.node.ContainerStatus.Running;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.runtime.memory.InProcessRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobCommandsTest {
    private static final DeploymentName SHOP = DeploymentName.of("shop");
    private static final ContainerName MIGRATE = ContainerName.of("migrate");

    @TempDir
    private Path folder;

    private final ExecutorService deploying = Executors.newVirtualThreadPerTaskExecutor();
    private QuickLab lab;

    @BeforeEach
    void begin() throws IOException {
        lab = QuickLab.begin(folder);
    }

    @AfterEach
    void end() {
        deploying.shutdownNow();
        lab.close();
    }

    @Test
    void aDeployIsDoneOnceItsJobEndedWell() throws Exception {
        Path module = lab.withJob("shop", 1, QuickLab.freePort(), ".once()");
        Future<Typed> deploy = deploying.submit(() -> lab.typed("deploy", module.toString()));
        InProcessRuntime runtime = awaitRun();
        assertTrue(lab.typed("status", "shop").out().contains("it runs since"), "it is told that it runs");
        runtime.write(SHOP, MIGRATE, "3 tables changed");
        runtime.exit(SHOP, MIGRATE, new Exit(0, Instant.now()));

        assertEquals(0, deploy.get().exitCode(), () -> deploy.resultNow().err());
        String status = lab.typed("status", "shop").out();
        assertTrue(status.contains("container migrate  completed"), status);
        assertTrue(status.contains("container migrate: the last run ended well at "), status);
        String logs = lab.typed("logs", "shop").out();
        assertTrue(logs.contains("3 tables changed"), logs);
        assertEquals(0, lab.typed("deploy", module.toString()).exitCode());
        assertEquals(
                1,
                runtime.done().stream()
                        .filter(done -> done.startsWith("started migrate"))
                        .count());
    }

    @Test
    void aDeployFailsWithItsJob() throws Exception {
        Path module = lab.withJob("shop", 1, QuickLab.freePort(), ".once()");
        Future<Typed> deploy = deploying.submit(() -> lab.typed("deploy", module.toString(), "--timeout", "5"));
        awaitRun().exit(SHOP, MIGRATE, new Exit(3, Instant.now()));

        assertEquals(1, deploy.get().exitCode(), () -> deploy.resultNow().out());
        String why = deploy.resultNow().err() + deploy.resultNow().out();
        assertTrue(why.contains("job 'migrate' failed once: the last run ended with exit code 3"), why);
    }

    @Test
    void aDeployWaitsForNoTimeOfASchedule() {
        Path module = lab.withJob("shop", 1, QuickLab.freePort(), ".at(CalendarTime.of(\"*-01-01 02:30\"))");

        Typed deploy = lab.typed("deploy", module.toString());
        assertEquals(0, deploy.exitCode(), deploy.err());
        Typed plan = lab.typed("plan", module.toString());
        assertEquals(0, plan.exitCode(), plan.err());
        String status = lab.typed("status", "shop").out();
        assertTrue(status.contains("container migrate: next run "), status);
    }

    private InProcessRuntime awaitRun() {
        Eventually.holds("the job runs", () -> running().isPresent());
        return running().orElseThrow();
    }

    private Optional<InProcessRuntime> running() {
        return lab.runtimes.values().stream()
                .filter(runtime -> runtime.observe(SHOP).stream()
                        .filter(status -> status.running() == Running.RUNNING)
                        .map(ContainerStatus::name)
                        .anyMatch(MIGRATE::equals))
                .findFirst();
    }
}
