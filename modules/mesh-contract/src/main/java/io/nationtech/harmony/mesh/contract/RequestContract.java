package io.nationtech.harmony.mesh.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Reply;
import io.nationtech.harmony.mesh.Subject;
import io.nationtech.harmony.mesh.Subscription;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Questions and answers, and what becomes of a question that nobody answers. Each adapter's tests extend this. */
public abstract class RequestContract extends MeshContract {

    /** For adapters. */
    protected RequestContract() {}

    @Test
    void aRequestIsAnswered() {
        Subject subject = Subject.of("echo", "loud");
        try (Subscription _ = other.respond(subject, question -> text(question.text() + "!"))) {
            Reply[] reply = {new Reply.NobodyThere()};
            Eventually.holds("the responder is there", () -> {
                reply[0] = mesh.request(subject, text("hello"), Duration.ofSeconds(5));
                return !(reply[0] instanceof Reply.NobodyThere);
            });
            assertEquals(new Reply.Answer(text("hello!")), reply[0]);
        }
    }

    @Test
    void aRequestThatNobodyHearsIsToldSo() {
        assertEquals(
                new Reply.NobodyThere(), mesh.request(Subject.of("nobody"), Payload.empty(), Duration.ofSeconds(5)));
    }

    @Test
    void aRequestThatIsNotAnsweredInTimeIsToldSo() {
        Subject subject = Subject.of("slow");
        CountDownLatch never = new CountDownLatch(1);
        try (Subscription _ = other.respond(subject, question -> {
            awaitLatch(never);
            return question;
        })) {
            Eventually.holds(
                    "the responder is there",
                    () -> mesh.request(subject, Payload.empty(), SOON) instanceof Reply.TimedOut);
        } finally {
            never.countDown();
        }
    }

    @Test
    void aResponderThatThrowsLeavesTheOthersAlone() {
        Subject subject = Subject.of("picky");
        try (Subscription _ = other.respond(subject, question -> {
            if (question.text().equals("bad")) {
                throw new IllegalStateException("told to");
            }
            return question;
        })) {
            Eventually.holds(
                    "the bad one is not answered",
                    () -> mesh.request(subject, text("bad"), SOON) instanceof Reply.TimedOut);
            assertEquals(new Reply.Answer(text("good")), mesh.request(subject, text("good"), Duration.ofSeconds(5)));
        }
    }

    @Test
    void aClosedResponderIsGone() {
        Subject subject = Subject.of("short-lived");
        other.respond(subject, question -> question).close();

        Eventually.holds(
                "nobody answers", () -> mesh.request(subject, Payload.empty(), SOON) instanceof Reply.NobodyThere);
    }
}
