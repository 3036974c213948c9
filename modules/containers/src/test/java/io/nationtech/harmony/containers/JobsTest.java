package io.nationtech.harmony.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.ContainerHistory.Exit;
import io.nationtech.harmony.domain.node.JobSpec;
import io.nationtech.harmony.domain.node.MissedRun;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.node.ResourceStatus.Phase;
import io.nationtech.harmony.domain.node.Schedule;
import io.nationtech.harmony.domain.node.StartCondition;
import io.nationtech.harmony.domain.node.Trigger;
import io.nationtech.harmony.domain.value.CalendarTime;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.TimeZoneName;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.NodeContext;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.runtime.memory.Images;
import io.nationtech.harmony.runtime.memory.InProcessRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobsTest {
    private static final IpAddress ADDRESS = IpAddress.of("127.0.0.23");
    private static final DeploymentName SHOP = DeploymentName.of("shop");
    private static final ContainerName NAME = ContainerName.of("work");
    private static final TimeZoneName ZURICH = TimeZoneName.of("Europe/Zurich");
    private static final CalendarTime NIGHTLY = CalendarTime.of("02:30");

    @TempDir
    Path state;

    private final Images images = new Images();
    private final InProcessRuntime runtime = new InProcessRuntime(images, ADDRESS);
    private volatile Instant now = Instant.parse("2026-11-28T20:00:00Z");
    private ContainerDriver driver;

    @BeforeEach
    void begin() {
        driver = new ContainerDriver(
                runtime,
                ADDRESS,
                new NodeContext(NodeId.of("n1"), state, state, _ -> Optional.empty(), () -> now, System::nanoTime),
                () -> {});
    }

    @AfterEach
    void close() {
        driver.close();
        runtime.close();
    }

    private void restartAgent() {
        driver.close();
        begin();
    }

    private Container job(String tag, Trigger trigger) {
        ImageReference image = ImageReference.of("registry.internal/work:" + tag);
        images.serve(image, tag);
        return Container.of(NAME, image, Memory.mebibytes(64)).job(JobSpec.of(trigger));
    }

    private Outcome converge(Container container) {
        return driver.converge(SHOP, container, Means.NONE);
    }

    private ResourceStatus status() {
        return driver.observe(SHOP).getFirst();
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private void end(int code) {
        runtime.exit(SHOP, NAME, new Exit(code, now));
    }

    private long runs() {
        return runtime.done().stream()
                .filter(done -> done.startsWith("started"))
                .count();
    }

    @Nested
    class OnceForEachContent {
        private final Container first = job("1", new Trigger.Once());

        @Test
        void aJobIsNotAsWantedUntilItEndedWellAndThenRunsNoMore() {
            assertInstanceOf(Outcome.Changed.class, converge(first));
            assertEquals(Phase.STARTING, status().phase());
            assertTrue(!status().isAsWanted());
            assertEquals(new Outcome.Unchanged(), converge(first));

            pass(Duration.ofSeconds(7));
            end(0);
            assertEquals(Phase.COMPLETED, status().phase());
            assertEquals(Optional.of("the last run ended well at 2026-11-28T20:00:07Z after 7 s"), status().detail());
            assertEquals(new Outcome.Unchanged(), converge(first));
            restartAgent();
            assertEquals(new Outcome.Unchanged(), converge(first));
            assertEquals(1, runs());
        }

        @Test
        void anotherContentRunsAgainAndOneThatRanBeforeDoesNot() {
            converge(first);
            end(0);
            converge(first);
            converge(job("2", new Trigger.Once()));
            assertEquals(2, runs());
            end(0);

            converge(first);
            assertEquals(Phase.COMPLETED, status().phase());
            assertEquals(2, runs(), "a node that goes back does not do it again");
        }

        @Test
        void anotherContentWaitsForTheEndOfWhatRuns() {
            converge(first);
            converge(job("2", new Trigger.Once()));
            assertEquals(1, runs());

            end(0);
            converge(job("2", new Trigger.Once()));
            assertEquals(2, runs());
        }

        @Test
        void anotherDeadlineIsNoOtherContent() {
            converge(first);
            end(0);
            converge(first);

            converge(first.job(JobSpec.of(new Trigger.Once()).deadline(Duration.ofHours(1))));
            assertEquals(1, runs());
        }

        @Test
        void whatFailedIsTriedAgainLaterAndLater() {
            converge(first);
            end(3);
            Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, converge(first));
            assertEquals(
                    "job 'work' failed once: the last run ended with exit code 3 at 2026-11-28T20:00:00Z"
                            + " after 0 s; it is tried again at 2026-11-28T20:00:10Z",
                    failed.cause().what());
            assertEquals(Phase.STOPPED, status().phase());

            restartAgent();
            pass(Duration.ofSeconds(9));
            assertInstanceOf(Outcome.Failed.class, converge(first));
            pass(Duration.ofSeconds(1));
            assertInstanceOf(Outcome.Changed.class, converge(first));
            end(3);
            pass(Duration.ofSeconds(19));
            assertInstanceOf(Outcome.Failed.class, converge(first));
            assertEquals(2, runs());
            pass(Duration.ofSeconds(1));
            converge(first);
            end(0);
            assertEquals(new Outcome.Unchanged(), converge(first));
            assertEquals(3, runs());
        }

        @Test
        void aRunThatTookLongerThanItMayIsToldToHave() {
            Container bounded = first.job(JobSpec.of(new Trigger.Once()).deadline(Duration.ofMinutes(2)));
            converge(bounded);
            pass(Duration.ofSeconds(120));
            end(255);

            converge(bounded);
            assertEquals(
                    Optional.of("the last run was killed at its deadline, at 2026-11-28T20:02:00Z after 120 s"),
                    status().detail());
            pass(Duration.ofMinutes(1));
            converge(bounded);
            pass(Duration.ofSeconds(3));
            end(255);
            assertTrue(status().detail().orElseThrow().contains("ended with exit code 255"), status()::toString);
        }

        @Test
        void aRunThatNobodySawEndIsDoneAgain() {
            converge(first);
            runtime.remove(SHOP, NAME);
            restartAgent();

            assertInstanceOf(Outcome.Failed.class, converge(first));
            assertTrue(status().detail().orElseThrow().contains("was cut short"), status()::toString);
            pass(Duration.ofSeconds(10));
            converge(first);
            assertEquals(2, runs());
        }

        @Test
        void whatCannotBeginIsStillToBegin() {
            Container missing = Container.of(
                            NAME, ImageReference.of("registry.internal/work:none"), Memory.mebibytes(64))
                    .job(JobSpec.of(new Trigger.Once()));
            assertInstanceOf(Outcome.Failed.class, converge(missing));
            assertEquals(Phase.PENDING, status().phase());

            images.serve(missing.image(), "there now");
            assertInstanceOf(Outcome.Changed.class, converge(missing));
        }
    }

    @Nested
    class OnASchedule {
        private final Container nightly = job("1", Schedule.of(NIGHTLY).in(ZURICH));

        @Test
        void runsAtItsTimeAndTellsHowItWentAndWhenItIsNext() {
            assertInstanceOf(Outcome.Changed.class, converge(nightly));
            assertEquals(0, runs());
            assertEquals(Phase.READY, status().phase());
            assertEquals(Optional.of("next run Sun 2026-11-29 02:30 Europe/Zurich"), status().detail());

            now = Instant.parse("2026-11-29T01:29:59Z");
            assertEquals(new Outcome.Unchanged(), converge(nightly));
            now = Instant.parse("2026-11-29T01:30:00Z");
            assertInstanceOf(Outcome.Changed.class, converge(nightly));
            assertEquals(Phase.RUNNING, status().phase());
            assertEquals(new Outcome.Unchanged(), converge(nightly));

            pass(Duration.ofMinutes(2));
            end(0);
            assertEquals(new Outcome.Unchanged(), converge(nightly));
            assertEquals(1, runs());
            assertEquals(Phase.COMPLETED, status().phase());
            assertEquals(
                    Optional.of("the last run ended well at 2026-11-29T01:32:00Z after 120 s;"
                            + " next run Mon 2026-11-30 02:30 Europe/Zurich"),
                    status().detail());
        }

        @Test
        void aRunThatFailedIsToldAndWaitsForItsNextTime() {
            converge(nightly);
            now = Instant.parse("2026-11-29T01:30:00Z");
            converge(nightly);
            end(3);

            assertEquals(new Outcome.Unchanged(), converge(nightly));
            assertEquals(Phase.READY, status().phase());
            assertTrue(status().detail().orElseThrow().contains("ended with exit code 3"), status()::toString);
            pass(Duration.ofHours(24));
            converge(nightly);
            assertEquals(2, runs());
        }

        @Test
        void runsThatWereMissedAreCaughtUpByOne() {
            converge(nightly);
            now = Instant.parse("2026-12-03T12:00:00Z");
            restartAgent();

            converge(nightly);
            assertEquals(1, runs());
            end(0);
            converge(nightly);
            assertEquals(1, runs());
            assertTrue(status().detail().orElseThrow().contains("next run Fri 2026-12-04"), status()::toString);
        }

        @Test
        void runsThatWereMissedAreSkippedWhereThatIsWanted() {
            Container skipping = job("1", Schedule.of(NIGHTLY).in(ZURICH).missed(MissedRun.SKIP));
            converge(skipping);
            now = Instant.parse("2026-12-03T12:00:00Z");
            restartAgent();

            assertEquals(new Outcome.Unchanged(), converge(skipping));
            assertEquals(0, runs());
            now = Instant.parse("2026-12-04T01:30:30Z");
            converge(skipping);
            assertEquals(1, runs(), "half a minute late is not missed");
        }

        @Test
        void neverRunsTwiceAtOnce() {
            converge(nightly);
            now = Instant.parse("2026-11-29T01:30:00Z");
            converge(nightly);
            pass(Duration.ofHours(25));
            converge(nightly);
            restartAgent();
            converge(nightly);
            assertEquals(1, runs());

            end(0);
            converge(nightly);
            assertEquals(2, runs(), "what was missed meanwhile is caught up");
        }

        @Test
        void timesBeforeAnotherScheduleWasDeclaredAreNotMissed() {
            converge(nightly);
            pass(Duration.ofHours(3));

            converge(job("1", Schedule.of(CalendarTime.of("21:30")).in(ZURICH)));
            assertEquals(0, runs());
        }

        @Test
        void aChangeRunsAtTheNextTimeOnly() {
            converge(nightly);
            assertInstanceOf(
                    Outcome.Changed.class,
                    converge(job("2", Schedule.of(NIGHTLY).in(ZURICH))));
            assertEquals(0, runs());
        }

        @Test
        void whoListensIsToldWhenItIsTime() {
            List<DeploymentName> told = new CopyOnWriteArrayList<>();
            driver.onChange(told::add);
            now = Instant.parse("2026-11-29T01:29:59.800Z");
            converge(nightly);
            assertEquals(List.of(), told);

            now = Instant.parse("2026-11-29T01:30:00Z");
            Eventually.holds("it is told", () -> told.equals(List.of(SHOP)));
        }
    }

    @Nested
    class BeforeAService {
        private final ContainerName appName = ContainerName.of("app");

        private Container app(String tag) {
            Container bare = Container.of(appName, job(tag, new Trigger.Once()).image(), Memory.mebibytes(64));
            return bare.with(bare.execution().after(new StartCondition(NAME, StartCondition.Reached.COMPLETED)));
        }

        private ResourceStatus appStatus() {
            return driver.observe(SHOP).stream()
                    .filter(status -> status.id().name().value().equals("app"))
                    .findFirst()
                    .orElseThrow();
        }

        @Test
        void aChangedServiceTakesTheOldOnesPlaceAfterItsJobOnly() {
            Container first = job("1", new Trigger.Once());
            converge(first);
            converge(app("1"));
            assertEquals(Phase.PENDING, appStatus().phase());
            assertEquals(
                    Optional.of("starts once container work has ended well"),
                    appStatus().detail());
            end(0);
            converge(first);
            converge(app("1"));
            assertEquals(Phase.RUNNING, appStatus().phase());

            Container second = job("2", new Trigger.Once());
            converge(second);
            converge(app("2"));
            end(3);
            assertInstanceOf(Outcome.Failed.class, converge(second));
            assertEquals(new Outcome.Unchanged(), converge(app("2")));
            assertTrue(!appStatus().isAsWanted());
            assertEquals(3, runs(), "the old one goes on");

            pass(Duration.ofSeconds(10));
            converge(second);
            end(0);
            converge(second);
            assertInstanceOf(Outcome.Changed.class, converge(app("2")));
            assertEquals(Phase.RUNNING, appStatus().phase());
        }

        @Test
        void aJobWaitsBeforeEachRunAndNotWhenItIsDone() {
            Container bare = job("1", new Trigger.Once());
            Container migrate = bare.with(bare.execution()
                    .after(new StartCondition(ContainerName.of("db"), StartCondition.Reached.COMPLETED)));
            converge(migrate);
            assertEquals(0, runs());
            assertEquals(Optional.of("starts once container db has ended well"), status().detail());

            Container db = Container.of(ContainerName.of("db"), bare.image(), Memory.mebibytes(64))
                    .job(JobSpec.of(new Trigger.Once()));
            converge(db);
            runtime.exit(SHOP, db.name(), new Exit(0, now));
            converge(db);
            converge(migrate);
            assertEquals(2, runs());
            end(0);
            converge(migrate);
            driver.remove(SHOP, db.id());
            restartAgent();

            assertEquals(new Outcome.Unchanged(), converge(migrate));
            assertEquals(Phase.COMPLETED, status().phase());
        }
    }

    @Test
    void aServiceBecomesAJobAndAServiceAgain() {
        Container job = job("1", new Trigger.Once());
        Container service = Container.of(NAME, job.image(), Memory.mebibytes(64));
        converge(service);

        converge(job);
        assertEquals(2, runs());
        end(0);
        converge(job);
        assertEquals(Phase.COMPLETED, status().phase());

        converge(service);
        assertEquals(Phase.RUNNING, status().phase());
        assertEquals(3, runs());
    }

    @Test
    void whatIsRemovedIsForgotten() {
        Container job = job("1", new Trigger.Once());
        converge(job);
        end(0);
        converge(job);

        assertInstanceOf(Outcome.Changed.class, driver.remove(SHOP, job.id()));
        assertEquals(List.of(), driver.observe(SHOP));
        assertEquals(new Outcome.Unchanged(), driver.remove(SHOP, job.id()));
        converge(job);
        assertEquals(2, runs());
    }

    @Test
    void aBrokenFileCountsAsNone() throws IOException {
        Container job = job("1", new Trigger.Once());
        converge(job);
        Path file = state.resolve("container/jobs/shop/work.job");
        assertTrue(Files.readString(file).contains("began="));
        Files.writeString(file, "since=yesterday");

        assertInstanceOf(Outcome.Changed.class, converge(job));
        assertEquals(2, runs());
    }
}
