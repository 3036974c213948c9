package io.nationtech.harmony.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Decoded;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.json.JsonFleetCodec;
import io.nationtech.harmony.graph.Author;
import io.nationtech.harmony.mesh.Leases;
import io.nationtech.harmony.mesh.memory.InProcessHub;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Turns, with clocks that tests move. */
class TurnsTest {
    private static final NodeId NODE = NodeId.of("shed");
    private static final Duration TERM = Leases.SHORTEST_TERM;

    private final Fleet fleet = new Fleet(new InProcessHub().connect(), new JsonFleetCodec());
    private final AtomicLong alices = new AtomicLong();
    private final AtomicLong bobs = new AtomicLong();
    private final Turns alice = turns("alice@laptop", alices, Duration.ZERO);

    @BeforeEach
    void makeBuckets() {
        fleet.ensureBuckets();
    }

    /** Somebody for whom so much time passes with each look at the clock. */
    private Turns turns(String author, AtomicLong nanos, Duration step) {
        return new Turns(
                fleet,
                Author.of(author),
                new Turns.Clocks(InstantSource.system(), () -> nanos.addAndGet(step.toNanos()), Duration.ofMillis(1)));
    }

    @Test
    void aTurnIsGivenUpForTheNext() throws InterruptedException {
        assertEquals(new Turns.Result.Had<>("first"), alice.take(_ -> "first"));
        assertEquals(
                new Turns.Result.Had<>("second"),
                turns("bob@desk", bobs, Duration.ZERO).take(_ -> "second"));
    }

    @Test
    void whoCrashedIsWaitedForUntilTheLeaseHasRunOutAndNoLonger() throws InterruptedException {
        assertTrue(fleet.leases("crashed;then;1", alices::get)
                .tryAcquire(Turns.LEASE)
                .isPresent());

        turns("bob@desk", bobs, Duration.ofMillis(250)).take(_ -> "mine");

        Duration waited = Duration.ofNanos(bobs.get());
        assertTrue(waited.compareTo(TERM.plusMillis(1_500)) > 0, () -> "only " + waited);
        assertTrue(waited.compareTo(TERM.plusSeconds(4)) < 0, () -> "as long as " + waited);
    }

    @Test
    void whoWaitsInVainIsToldWhoHasTheTurn() throws InterruptedException {
        Leases.Lease busy = fleet.leases("carol@phone;then;1", alices::get)
                .tryAcquire(Turns.LEASE)
                .orElseThrow();
        Turns bob = new Turns(
                fleet,
                Author.of("bob@desk"),
                new Turns.Clocks(
                        InstantSource.system(),
                        () -> {
                            assertTrue(busy.renew());
                            return bobs.addAndGet(Duration.ofSeconds(1).toNanos());
                        },
                        Duration.ofMillis(1)));

        var missed = assertInstanceOf(Turns.Result.Missed.class, bob.take(_ -> "mine"));

        assertEquals(
                "others took room of nodes for 45 s without an end, carol@phone now",
                missed.why().what());
    }

    @Test
    void whatIsToldAfterTheTurnWasLostUnawaresIsPutBack() throws InterruptedException {
        Telling telling = telling();

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
        Telling telling = telling();

        alice.take(turn -> {
            alices.addAndGet(TERM.toNanos());
            assertFalse(telling.tellAtOnce(turn, NODE, share()));
            return "";
        });

        assertTrue(fleet.told(NODE, Lab.WEBSITE).isEmpty());
    }

    @Test
    void whatIsToldDuringTheTurnStays() throws InterruptedException {
        Telling telling = telling();

        alice.take(turn -> {
            assertTrue(telling.tellAtOnce(turn, NODE, share()));
            return "";
        });

        assertEquals(share().resources(), told().resources());
    }

    private Telling telling() {
        NodeStatus shed = Homes.node("shed", "shed");
        return new Telling(fleet, Lab.WEBSITE, alice, new Inventory(List.of(shed)));
    }

    private static NodeShare share() {
        return new NodeShare(List.of(Lab.service("web", 1, 1, 8080).container()));
    }

    private DesiredState told() {
        return assertInstanceOf(
                                        Decoded.Value.class,
                                        fleet.told(NODE, Lab.WEBSITE)
                                                .orElseThrow()
                                                .desired())
                                .value()
                        instanceof DesiredState state
                ? state
                : DesiredState.withdrawn(NODE, Lab.WEBSITE);
    }
}
