package io.nationtech.harmony.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.node.CommandProbe;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.HttpProbe;
import io.nationtech.harmony.domain.node.Probe;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.node.ResourceStatus.Health;
import io.nationtech.harmony.domain.node.ResourceStatus.Phase;
import io.nationtech.harmony.domain.node.RestartPolicy;
import io.nationtech.harmony.domain.node.StartCondition;
import io.nationtech.harmony.domain.node.TcpProbe;
import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.EnvText;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.NodeData;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.runtime.memory.Images;
import io.nationtech.harmony.runtime.memory.InProcessRuntime;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContainerDriverTest {
    private static final IpAddress ADDRESS = IpAddress.of("127.0.0.21");
    private static final DeploymentName WEBSITE = DeploymentName.of("website");
    private static final ImageReference WELL = ImageReference.of("registry.internal/web:well");
    private static final ImageReference SICK = ImageReference.of("registry.internal/web:sick");

    private final Images images = new Images();
    private final InProcessRuntime runtime = new InProcessRuntime(images, ADDRESS);
    private final AtomicLong passed = new AtomicLong();
    private final ContainerDriver driver =
            new ContainerDriver(runtime, ADDRESS, () -> System.nanoTime() + passed.get());
    private Port port;

    @BeforeEach
    void serve() throws IOException {
        images.serve(WELL, "well");
        images.serveSick(SICK);
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(ADDRESS.address(), 0));
            port = Port.of(socket.getLocalPort());
        }
    }

    @AfterEach
    void close() {
        driver.close();
        runtime.close();
    }

    @Test
    void aContainerWithAProbeRunsOnceItAnswersWell() {
        assertInstanceOf(Outcome.Changed.class, converge(WELL));
        Eventually.holds("it runs", () -> status().phase() == Phase.RUNNING);

        assertEquals(Health.HEALTHY, status().health());
        assertEquals(new Outcome.Unchanged(), converge(WELL));
    }

    @Test
    void aContainerIsWellOnceItTakesConnections() {
        assertInstanceOf(Outcome.Changed.class, converge(asked(SICK, TcpProbe.of(port))));
        Eventually.holds("it is well", () -> status().health() == Health.HEALTHY);

        Port nobodys = Port.of(port.number() == 65_535 ? 65_534 : port.number() + 1);
        converge(asked(SICK, TcpProbe.of(nobodys)));
        Eventually.holds("it is not well", () -> status().health() == Health.UNHEALTHY);
    }

    @Test
    void aContainerIsWellWhenItsCommandEndsWell() {
        Arguments command = Arguments.of("pg_isready", "--quiet");
        converge(asked(WELL, CommandProbe.of(command)));
        Eventually.holds("it is not well", () -> status().health() == Health.UNHEALTHY);

        images.know(WELL, command);
        Eventually.holds("it is well", () -> status().health() == Health.HEALTHY);
    }

    private Container asked(ImageReference image, Probe probe) {
        return web(image).with(Container.HealthCheck.by(probe));
    }

    @Test
    void aContainerThatIsNotWellIsStartedAgainMoreAndMoreSeldomAndCounted() {
        converge(SICK);
        Eventually.holds("it is not well", () -> status().health() == Health.UNHEALTHY);
        assertEquals(new Outcome.Unchanged(), converge(SICK), "it may still be starting");
        pass(Duration.ofMinutes(2));
        awaitRestarts(1);

        pass(Duration.ofMinutes(2));
        awaitRestarts(2);

        assertEquals(Phase.STARTING, status().phase());
        assertEquals(3, starts());
    }

    @Test
    void whatRestsIsLeftAloneWhateverIsWantedAndComesBack() {
        converge(WELL);
        NodeData data = driver.data().orElseThrow();
        try (NodeData.Hold _ = data.hold(WEBSITE, Set.of(ContainerName.of("web")), NodeData.Rest.STOPPED)) {
            assertEquals(List.of(), runtime.observe(WEBSITE));
            assertEquals(new Outcome.Unchanged(), converge(WELL));
            assertEquals(List.of(), runtime.observe(WEBSITE), "it is not started");
            assertEquals(Phase.PENDING, status().phase());
            assertEquals(Optional.of("is stopped while its data is saved or restored"), status().detail());
        }
        assertInstanceOf(Outcome.Changed.class, converge(WELL));
        Eventually.holds("it runs", () -> status().phase() == Phase.RUNNING);

        try (NodeData.Hold _ = data.hold(WEBSITE, Set.of(ContainerName.of("web")), NodeData.Rest.PAUSED)) {
            assertEquals("paused web", runtime.done().getLast());
            assertEquals(Phase.RUNNING, status().phase(), "a node that saves data is as declared");
            assertEquals(new Outcome.Unchanged(), converge(WELL));
        }
        assertEquals("resumed web", runtime.done().getLast());
        assertEquals(new Outcome.Unchanged(), converge(WELL));
        assertEquals(Optional.empty(), status().detail());
    }

    @Test
    void anAgentThatBeginsAgainAsksTheContainersThatRun() {
        converge(WELL);
        try (ContainerDriver next = new ContainerDriver(runtime, ADDRESS, System::nanoTime)) {
            assertEquals(new Outcome.Unchanged(), next.converge(WEBSITE, web(WELL), Means.NONE));
            Eventually.holds(
                    "it is asked", () -> next.observe(WEBSITE).getFirst().health() == Health.HEALTHY);
        }
    }

    @Test
    void withoutAProbeRunningIsAllThatIsKnown() {
        Container bare = Container.of(ContainerName.of("web"), WELL, Memory.mebibytes(64));
        driver.converge(WEBSITE, bare, Means.NONE);

        assertEquals(List.of(ResourceStatus.of(bare.id(), Phase.RUNNING)), driver.observe(WEBSITE));
    }

    @Test
    void tellsWhichImageIsBeingPulledAndThatSomethingChanged() {
        ImageReference stuck = ImageReference.of("registry.internal/web:stuck");
        Runnable release = images.serveStuck(stuck, "stuck");
        List<DeploymentName> told = new CopyOnWriteArrayList<>();
        driver.onChange(told::add);
        Thread converging = Thread.ofVirtual().start(() -> converge(stuck));

        Eventually.holds(
                "it waits for its image", () -> !driver.observe(WEBSITE).isEmpty());
        assertEquals(Phase.PENDING, status().phase());
        assertEquals(Optional.of("pulling image " + stuck), status().detail());
        assertEquals(List.of(WEBSITE), told);
        release.run();
        Eventually.holds("it is there", () -> !converging.isAlive() && told.size() > 1);
        assertEquals(Optional.empty(), status().detail());
    }

    @Test
    void whatEndedWellIsCompletedWhenThatIsAllThatWasWantedAndElseStopped() {
        Container service = Container.of(ContainerName.of("web"), WELL, Memory.mebibytes(64));
        Container work = service.restart(RestartPolicy.ON_FAILURE);
        driver.converge(WEBSITE, work, Means.NONE);
        runtime.finish(WEBSITE, work.name());

        assertEquals(Phase.COMPLETED, status().phase());
        assertTrue(status().isAsWanted());
        assertEquals(new Outcome.Unchanged(), driver.converge(WEBSITE, work, Means.NONE));
        assertEquals(Phase.COMPLETED, status().phase());

        driver.converge(WEBSITE, service, Means.NONE);
        runtime.finish(WEBSITE, service.name());
        assertEquals(Phase.STOPPED, status().phase());
        assertFalse(status().isAsWanted());
        assertInstanceOf(Outcome.Changed.class, driver.converge(WEBSITE, service, Means.NONE));
    }

    private static final ResourceStatus WAITS_FOR_DB = ResourceStatus.of(
                    Container.of(ContainerName.of("app"), WELL, Memory.mebibytes(64))
                            .id(),
                    Phase.PENDING)
            .detail("starts once container db is healthy");

    private static Container after(ContainerName other, StartCondition.Reached reached) {
        Container app = Container.of(ContainerName.of("app"), WELL, Memory.mebibytes(64));
        return app.with(app.execution().after(new StartCondition(other, reached)));
    }

    @Test
    void whatWaitsForAnotherStartsOnceThatIsHealthyAndIsToldUntilThen() {
        Arguments isReady = Arguments.of("pg_isready");
        ContainerName name = ContainerName.of("db");
        Container db =
                Container.of(name, WELL, Memory.mebibytes(64)).with(Container.HealthCheck.by(CommandProbe.of(isReady)));
        Container app = after(name, StartCondition.Reached.HEALTHY);
        List<DeploymentName> told = new CopyOnWriteArrayList<>();
        driver.onChange(told::add);
        converge(db);

        assertEquals(new Outcome.Unchanged(), converge(app));
        assertEquals(1, starts());
        assertTrue(driver.observe(WEBSITE).contains(WAITS_FOR_DB));
        Eventually.holds(
                "it was asked", () -> driver.observe(WEBSITE).getFirst().health() == Health.UNHEALTHY);
        assertEquals(new Outcome.Unchanged(), converge(app));

        told.clear();
        images.know(WELL, isReady);
        Eventually.holds("its node is told to look again", () -> !told.isEmpty());
        assertInstanceOf(Outcome.Changed.class, converge(app));
        assertEquals(
                List.of(Phase.RUNNING, Phase.RUNNING),
                driver.observe(WEBSITE).stream().map(ResourceStatus::phase).toList());
    }

    @Test
    void whatRanIsStartedAgainAtOnceAndWaitsAgainOnlyWhenItIsChanged() {
        ContainerName name = ContainerName.of("db");
        Container app = after(name, StartCondition.Reached.HEALTHY);
        runtime.converge(WEBSITE, app, Means.NONE.secrets(), Map.of());

        assertEquals(new Outcome.Unchanged(), converge(app), "it runs, whoever started it");
        runtime.crash(WEBSITE, app.name());
        assertInstanceOf(Outcome.Changed.class, converge(app));

        Container changed = app.env(EnvName.of("LEVEL"), EnvText.of("debug"));
        assertEquals(new Outcome.Unchanged(), converge(changed));
        assertEquals(List.of(WAITS_FOR_DB), driver.observe(WEBSITE));
        assertInstanceOf(Outcome.Changed.class, driver.remove(WEBSITE, app.id()));
        assertEquals(List.of(), driver.observe(WEBSITE));
    }

    @Test
    void whatWaitsForWorkStartsOnceThatEndedWell() {
        ContainerName name = ContainerName.of("migrate");
        Container work = Container.of(name, WELL, Memory.mebibytes(64)).restart(RestartPolicy.ON_FAILURE);
        Container app = after(name, StartCondition.Reached.COMPLETED);
        converge(work);
        assertEquals(new Outcome.Unchanged(), converge(app));

        runtime.finish(WEBSITE, name);

        assertInstanceOf(Outcome.Changed.class, converge(app));
    }

    @Test
    void workThatIsDoneOnceItEndsHasNoProbe() {
        String why = assertThrows(InvalidValueException.class, () -> web(WELL).restart(RestartPolicy.ON_FAILURE))
                .getMessage();
        assertTrue(why.contains("container 'web'") && why.contains("probe"), why);
    }

    @Test
    void whatIsRemovedIsNotAskedAnyMore() {
        converge(WELL);
        Eventually.holds("it runs", () -> status().phase() == Phase.RUNNING);

        assertInstanceOf(Outcome.Changed.class, driver.remove(WEBSITE, web(WELL).id()));

        assertTrue(driver.observe(WEBSITE).isEmpty());
        assertEquals(new Outcome.Unchanged(), driver.remove(WEBSITE, web(WELL).id()));
    }

    private void awaitRestarts(int count) {
        Eventually.holds("it was started again, %d times in all".formatted(count), () -> {
            converge(SICK);
            return status().restarts() == count;
        });
    }

    private long starts() {
        return runtime.done().stream()
                .filter(line -> line.startsWith("started"))
                .count();
    }

    private void pass(Duration time) {
        passed.addAndGet(time.toNanos());
    }

    private ResourceStatus status() {
        return driver.observe(WEBSITE).getFirst();
    }

    private Outcome converge(ImageReference image) {
        return converge(web(image));
    }

    private Outcome converge(Container container) {
        return driver.converge(WEBSITE, container, Means.NONE);
    }

    private Container web(ImageReference image) {
        return Container.of(ContainerName.of("web"), image, Memory.mebibytes(64))
                .with(Container.Network.of(new PublishedPort(port, Port.of(80))))
                .with(Container.HealthCheck.by(
                        new HttpProbe(port, HttpPath.of("/"), Duration.ofSeconds(1), Duration.ofMillis(900))));
    }
}
