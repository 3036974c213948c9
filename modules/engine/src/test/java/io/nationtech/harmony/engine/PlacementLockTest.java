package io.nationtech.harmony.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Decoded;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.FleetReading;
import io.nationtech.harmony.fleet.json.JsonFleetCodec;
import io.nationtech.harmony.mesh.Leases;
import io.nationtech.harmony.mesh.memory.InProcessHub;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Placement locks, with clocks that tests move. */
class PlacementLockTest {
    private static final NodeId NODE = NodeId.of("shed");
    private static final Duration TERM = Leases.SHORTEST_TERM;

    private final Fleet fleet = new Fleet(new InProcessHub().connect(), new JsonFleetCodec());
    private final AtomicLong alices = new AtomicLong();
    private final AtomicLong bobs = new AtomicLong();
    private final PlacementLock alice = turns("alice@laptop", alices, Duration.ZERO);

    @BeforeEach
    void makeBuckets() {
        fleet.ensureBuckets();
    }

    /** Somebody for whom so much time passes with each look at the clock. */
    private PlacementLock turns(String author, AtomicLong nanos, Duration step) {
        return new PlacementLock(
                fleet,
                Author.of(author),
                new PlacementLock.Clocks(
                        InstantSource.system(),
                        () -> nanos.addAndGet(step.toNanos()),
                        new Random(1),
                        Duration.ofMillis(1)));
    }

    @Test
    void aTurnIsGivenUpForTheNext() throws InterruptedException {
        assertEquals(new PlacementLock.Result.Had<>("first"), alice.take(_ -> "first"));
        assertEquals(
                new PlacementLock.Result.Had<>("second"),
                turns("bob@desk", bobs, Duration.ZERO).take(_ -> "second"));
    }

    @Test
    void whoCrashedIsWaitedForUntilTheLeaseHasRunOutAndNoLonger() throws InterruptedException {
        assertTrue(fleet.leases("crashed;then;1", alices::get)
                .tryAcquire(PlacementLock.LEASE)
                .isPresent());

        turns("bob@desk", bobs, Duration.ofMillis(250)).take(_ -> "mine");

        Duration waited = Duration.ofNanos(bobs.get());
        assertTrue(waited.compareTo(TERM.plusMillis(1_500)) > 0, () -> "only " + waited);
        assertTrue(waited.compareTo(TERM.plusSeconds(4)) < 0, () -> "as long as " + waited);
    }

    @Test
    void whoWaitsInVainIsToldWhoHasTheTurn() throws InterruptedException {
        Leases.Lease busy = fleet.leases("carol@phone;then;1", alices::get)
                .tryAcquire(PlacementLock.LEASE)
                .orElseThrow();
        PlacementLock bob = new PlacementLock(
                fleet,
                Author.of("bob@desk"),
                new PlacementLock.Clocks(
                        InstantSource.system(),
                        () -> {
                            assertTrue(busy.renew());
                            return bobs.addAndGet(Duration.ofSeconds(1).toNanos());
                        },
                        new Random(1),
                        Duration.ofMillis(1)));

        var missed = assertInstanceOf(PlacementLock.Result.Missed.class, bob.take(_ -> "mine"));

        assertEquals(
                "the placement lock was not free for 45 s; carol@phone holds it",
                missed.why().what());
    }

    @Test
    void whatIsToldAfterTheTurnWasLostUnawaresIsPutBack() throws InterruptedException {
        DesiredStateWriter telling = telling();

        // A laptop that slept: its clock stood still, and bob's went on.
        alice.take(turn -> {
            turns("bob@desk", bobs, Duration.ofSeconds(1)).take(_ -> "mine");
            assertTrue(turn.isHeld());
            assertFalse(telling.tellAtOnce(turn, NODE, share()));
            return "";
        });

        assertEquals(List.of(), told().resources());
    }

    @Test
    void nothingIsToldAfterTheTurn() throws InterruptedException {
        DesiredStateWriter telling = telling();

        alice.take(turn -> {
            alices.addAndGet(TERM.toNanos());
            assertFalse(telling.tellAtOnce(turn, NODE, share()));
            return "";
        });

        assertTrue(fleet.desiredStates().of(NODE, Lab.WEBSITE).isEmpty());
    }

    @Test
    void whatIsToldDuringTheTurnStays() throws InterruptedException {
        DesiredStateWriter telling = telling();

        alice.take(turn -> {
            assertTrue(telling.tellAtOnce(turn, NODE, share()));
            return "";
        });

        assertEquals(share().resources(), told().resources());
    }

    private DesiredStateWriter telling() {
        NodeStatus shed = Homes.node("shed", "shed");
        return new DesiredStateWriter(
                fleet, Lab.WEBSITE, alice, FleetReading.of(new Inventory(List.of(shed))), Optional.empty());
    }

    private static NodeSpec share() {
        return new NodeSpec(List.of(Lab.service("web", 1, 1, 8080).container()));
    }

    private DesiredState told() {
        return assertInstanceOf(
                                        Decoded.Value.class,
                                        fleet.desiredStates()
                                                .of(NODE, Lab.WEBSITE)
                                                .orElseThrow()
                                                .desired())
                                .value()
                        instanceof DesiredState state
                ? state
                : DesiredState.withdrawn(NODE, Lab.WEBSITE);
    }
}
