package io.nationtech.harmony.mesh.nats;

import io.nationtech.harmony.mesh.Payload;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.nats.client.impl.Headers;
import io.nats.client.support.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a stream keeps of some subjects, oldest first, by direct gets of many messages at once (NATS' ADR-31). A server
 * before 2.11 knows no batches and answers each with its first message; reading goes on from there, one question a message.
 */
record StreamReader(Connection connection, String stream, Duration patience) {
    private static final int BATCH = 1_000;
    private static final int END_OF_BATCH = 204;
    private static final int NO_MESSAGES = 404;
    private static final String PENDING = "Nats-Num-Pending";

    /**
     * @throws IOException when the server refuses, or is silent for longer than patience
     */
    void read(String subject, Consumer<Stored> reader) throws IOException {
        String inbox = connection.createInbox();
        Subscription answers = connection.subscribe(inbox);
        try {
            OptionalLong next = OptionalLong.of(1);
            while (next.isPresent()) {
                ask(subject, next.getAsLong(), inbox);
                next = readBatch(answers, reader);
            }
        } finally {
            answers.unsubscribe();
        }
    }

    /** A message as it is kept. */
    record Stored(String subject, long sequence, String time, Headers headers, Payload data) {
        static Stored of(Message message) throws IOException {
            Headers headers = Objects.requireNonNull(message.getHeaders());
            return new Stored(
                    header(headers, "Nats-Subject"),
                    number(header(headers, "Nats-Sequence")),
                    header(headers, "Nats-Time-Stamp"),
                    headers,
                    Payload.of(message.getData() == null ? new byte[0] : message.getData()));
        }
    }

    /** Subjects are made of keys, which have no character that JSON escapes. */
    private void ask(String subject, long from, String inbox) {
        String request = "{\"seq\":%d,\"next_by_subj\":\"%s\",\"batch\":%d}".formatted(from, subject, BATCH);
        connection.publish("$JS.API.DIRECT.GET." + stream, inbox, request.getBytes(StandardCharsets.UTF_8));
    }

    /** Where to go on; empty when that was all. */
    private OptionalLong readBatch(Subscription answers, Consumer<Stored> reader) throws IOException {
        long last = 0;
        while (true) {
            Message answer = next(answers);
            Optional<Status> status = Optional.ofNullable(answer.getStatus());
            if (status.isPresent()) {
                return switch (status.get().getCode()) {
                    case NO_MESSAGES -> OptionalLong.empty();
                    case END_OF_BATCH -> pending(answer) == 0 ? OptionalLong.empty() : OptionalLong.of(last + 1);
                    default -> throw new IOException(status.get().getMessageWithCode());
                };
            }
            Stored stored = Stored.of(answer);
            reader.accept(stored);
            last = stored.sequence();
            if (stored.headers().getFirst(PENDING) == null) {
                return OptionalLong.of(last + 1);
            }
        }
    }

    private Message next(Subscription answers) throws IOException {
        try {
            Message answer = answers.nextMessage(patience);
            if (answer == null) {
                throw new IOException("no answer for %d ms".formatted(patience.toMillis()));
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the answer", e);
        }
    }

    private static long pending(Message end) throws IOException {
        return number(header(end.getHeaders(), PENDING));
    }

    private static String header(@Nullable Headers headers, String name) throws IOException {
        String value = headers == null ? null : headers.getFirst(name);
        if (value == null) {
            throw new IOException("the answer lacks the header " + name);
        }
        return value;
    }

    private static long number(String text) throws IOException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IOException("the answer has '%s' where a number belongs".formatted(text), e);
        }
    }
}
