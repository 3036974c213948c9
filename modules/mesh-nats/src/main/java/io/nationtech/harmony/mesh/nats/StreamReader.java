package io.nationtech.harmony.mesh.nats;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.nats.client.support.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Reads what a stream keeps, by direct gets (NATS' ADR-31): they need no consumer, and any replica answers. */
record StreamReader(Connection connection, String stream, Duration timeout) {
    private static final String DIRECT_GET = "$JS.API.DIRECT.GET.";
    /** So much may be on its way at once; an agent has a small heap. */
    private static final int BATCH_BYTES = 2 << 20;

    private static final int BATCH = 1_000;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);
    private static final int END_OF_BATCH = 204;
    private static final int NO_MESSAGES = 404;
    private static final String PENDING = "Nats-Num-Pending";

    /** How many messages a question may be answered with. */
    enum Batches {
        /** One, as by a server before 2.11. */
        ONE_BY_ONE,
        MANY_AT_ONCE
    }

    /**
     * The newest message of a subject.
     *
     * @throws NobodyAnswers when the server knows no such stream, or none that can be read now
     */
    Optional<Stored> last(String subject) throws IOException {
        Message answer = request(DIRECT_GET + stream + "." + subject, "");
        if (Stored.isStored(answer)) {
            return Optional.of(Stored.of(answer));
        }
        if (code(answer) == NO_MESSAGES) {
            return Optional.empty();
        }
        throw refused(answer);
    }

    private Message request(String subject, String question) throws IOException {
        try {
            return connection
                    .request(subject, question.getBytes(StandardCharsets.UTF_8))
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | CancellationException e) {
            throw new NobodyAnswers(e);
        } catch (TimeoutException e) {
            throw new SilentServer(timeout);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /**
     * Waits until the replica that answers has got so far; the next question may be answered by another.
     *
     * @throws IOException when nobody answers, or none that has it, in time
     */
    void await(long sequence) throws IOException {
        long end = System.nanoTime() + timeout.toNanos();
        while (!has(sequence)) {
            pauseUntil(end);
        }
    }

    /** Each message that a sequence names is kept until a newer one of its subject is there. */
    private boolean has(long sequence) throws IOException {
        Message answer = request(DIRECT_GET + stream, "{\"seq\":%d}".formatted(sequence));
        return Stored.isStored(answer);
    }

    /**
     * All messages of a subject, which may have wildcards, oldest first. Each question may be answered by another replica, of which one that
     * comes back may lack much for a while: where the last answers end too early, it is asked again.
     *
     * @param atLeast the sequence of a message of that subject up to which it is to be read, or newer; 0 for any
     * @throws IOException when the server refuses, is silent for longer than timeout, or does not get so far in that time after the last answer
     */
    void read(String subject, Batches batches, long atLeast, Consumer<Stored> reader) throws IOException {
        String inbox = connection.createInbox();
        Subscription answers = connection.subscribe(inbox);
        try {
            Progress progress = new Progress(0, false);
            long end = 0;
            while (!progress.isEnd() || progress.last() < atLeast) {
                if (progress.isEnd()) {
                    pauseUntil(end);
                } else {
                    // All of it may take longer; who lags has that much time from when the others are through.
                    end = System.nanoTime() + timeout.toNanos();
                }
                ask(subject, progress.last() + 1, batches, inbox);
                progress = switch (batches) {
                    case ONE_BY_ONE -> readOne(answers, progress.last(), reader);
                    case MANY_AT_ONCE -> readBatch(answers, progress.last(), reader);
                };
            }
        } finally {
            answers.unsubscribe();
        }
    }

    /** How far a reading got, and whether who answered has more. */
    private record Progress(long last, boolean isEnd) {}

    private static void pauseUntil(long end) throws IOException {
        if (System.nanoTime() > end) {
            throw new IOException("the server that answers has not yet all that the bucket's leader has");
        }
        pause();
    }

    /** Before a replica is asked again that had less than others. */
    static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN.toMillis());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Subjects are made of keys and patterns, which have no character that JSON escapes. */
    private void ask(String subject, long from, Batches batches, String inbox) {
        String size = switch (batches) {
            case ONE_BY_ONE -> "";
            case MANY_AT_ONCE -> ",\"batch\":%d,\"max_bytes\":%d".formatted(BATCH, BATCH_BYTES);
        };
        String request = "{\"seq\":%d,\"next_by_subj\":\"%s\"%s}".formatted(from, subject, size);
        connection.publish(DIRECT_GET + stream, inbox, request.getBytes(StandardCharsets.UTF_8));
    }

    private Progress readOne(Subscription answers, long before, Consumer<Stored> reader) throws IOException {
        Message answer = next(answers);
        if (Stored.isStored(answer)) {
            Stored stored = Stored.of(answer);
            reader.accept(stored);
            return new Progress(stored.sequence(), false);
        }
        if (code(answer) == NO_MESSAGES) {
            return new Progress(before, true);
        }
        throw refused(answer);
    }

    private Progress readBatch(Subscription answers, long before, Consumer<Stored> reader) throws IOException {
        long last = before;
        Message answer = next(answers);
        while (Stored.isStored(answer)) {
            Stored stored = Stored.of(answer);
            reader.accept(stored);
            last = stored.sequence();
            answer = next(answers);
        }
        return switch (code(answer)) {
            case NO_MESSAGES -> new Progress(last, true);
            case END_OF_BATCH ->
                new Progress(last, Stored.header(answer.getHeaders(), PENDING).equals("0"));
            default -> throw refused(answer);
        };
    }

    private Message next(Subscription answers) throws IOException {
        try {
            Message answer = answers.nextMessage(timeout);
            if (answer == null) {
                throw new SilentServer(timeout);
            }
            return answer;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static int code(Message answer) {
        return Optional.ofNullable(answer.getStatus()).map(Status::getCode).orElse(0);
    }

    private static IOException refused(Message answer) {
        return new IOException(Optional.ofNullable(answer.getStatus())
                .map(Status::getMessageWithCode)
                .orElse("an answer that has neither message nor status"));
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IOException("interrupted while waiting for the answer", e);
    }

    /** Nobody listens where the stream should. */
    static final class NobodyAnswers extends IOException {
        private static final long serialVersionUID = 1L;

        NobodyAnswers(Exception trigger) {
            super("nobody answers for the stream", trigger);
        }
    }
}
