package io.nationtech.harmony.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.node.AgentRun;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.mesh.memory.InProcessHub;
import io.nationtech.harmony.node.OwnName.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OwnNameTest {
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
    private static final NodeInfo FIRST = Fixtures.info(Lab.ID, Lab.ADDRESS).by(run('a', '1'));
    private static final NodeInfo COPY = Fixtures.info(Lab.ID, Lab.ADDRESS).by(run('b', '2'));

    private volatile Instant now = NOON;
    private final AtomicLong nanos = new AtomicLong();
    private final Fleet fleet = new Fleet(new InProcessHub(() -> now).connect(), Thing.codec());
    private final OwnName first = new OwnName(fleet, nanos::get);
    private final OwnName copy = new OwnName(fleet, nanos::get);

    private static AgentRun run(char machine, char start) {
        return new AgentRun(
                Character.toString(machine).repeat(16),
                Character.toString(start).repeat(16),
                NOON,
                "a board");
    }

    @BeforeEach
    void ensureBuckets() {
        fleet.ensureBuckets();
    }

    private void pass(Duration time) {
        now = now.plus(time);
        nanos.addAndGet(time.toNanos());
    }

    private static boolean takes(OwnName name, NodeInfo own) {
        return name.ask(own) instanceof Answer.Yes(long revision, var _) && name.take(own, revision);
    }

    private Subscription atWork(NodeInfo own) {
        return fleet.commands().answerCalls(own.id(), own.run().orElseThrow(), () -> {});
    }

    @Test
    void ofTwoThatAskAtTheSameMomentOneTakesIt() {
        Answer.Yes one = assertInstanceOf(Answer.Yes.class, first.ask(FIRST));
        Answer.Yes other = assertInstanceOf(Answer.Yes.class, copy.ask(COPY));

        assertTrue(copy.take(COPY, other.revision()));
        assertFalse(first.take(FIRST, one.revision()));
    }

    @Test
    void anotherMachineIsRefusedWhileTheFirstIsAliveAndLearnsWhoThatIs() {
        assertTrue(takes(first, FIRST));
        try (Subscription _ = atWork(FIRST)) {
            assertEquals(new Answer.No(FIRST), copy.ask(COPY));
        }
        assertInstanceOf(Answer.Still.class, first.ask(FIRST));
    }

    @Test
    void aRestartOfTheSameMachineDoesNotWaitAndTheRunBeforeItKeepsBack() {
        assertTrue(takes(first, FIRST));
        NodeInfo later = FIRST.by(run('a', '3'));

        assertTrue(takes(new OwnName(fleet, nanos::get), later));
        assertInstanceOf(Answer.NotYet.class, first.ask(FIRST));
        try (Subscription _ = atWork(later)) {
            assertEquals(new Answer.No(later), first.ask(FIRST));
        }
    }

    @Test
    void afterAPowerCutWhoHadTheNameIsWaitedForAMinute() {
        assertTrue(takes(first, FIRST));
        pass(Duration.ofHours(1));
        assertInstanceOf(Answer.NotYet.class, copy.ask(COPY));
        pass(OwnName.SILENCE.minusSeconds(1));
        assertInstanceOf(Answer.NotYet.class, copy.ask(COPY));

        NodeInfo later = FIRST.by(run('a', '4'));
        assertTrue(takes(new OwnName(fleet, nanos::get), later), "it comes back");
        pass(Duration.ofSeconds(1));
        assertInstanceOf(Answer.NotYet.class, copy.ask(COPY), "another run has its own minute");
        try (Subscription _ = atWork(later)) {
            assertEquals(new Answer.No(later), copy.ask(COPY));
        }
    }

    @Test
    void whoeverGetsTheCardOfAMachineThatNeverComesBackTakesItsPlace() {
        assertTrue(takes(first, FIRST));
        pass(Duration.ofHours(1));
        assertInstanceOf(Answer.NotYet.class, copy.ask(COPY));
        pass(OwnName.SILENCE);

        assertTrue(takes(copy, COPY));
        assertInstanceOf(Answer.NotYet.class, first.ask(FIRST), "should it come back after all");
        try (Subscription _ = atWork(COPY)) {
            assertEquals(new Answer.No(COPY), first.ask(FIRST));
        }
    }

    @Test
    void whatAnOlderAgentSaidIsWrittenOver() {
        fleet.nodeReports().register(Fixtures.info(Lab.ID, Lab.ADDRESS));

        assertTrue(takes(first, FIRST));
    }
}
