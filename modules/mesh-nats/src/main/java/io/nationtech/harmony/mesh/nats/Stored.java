package io.nationtech.harmony.mesh.nats;

import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message as a stream keeps it. The server adds its headers behind those that the writer gave, so that of two with one name
 * only the last is the server's word.
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record Stored(String subject, long sequence, Instant time, Headers headers, byte[] data) {
    private static final String SUBJECT = "Nats-Subject";
    private static final String SEQUENCE = "Nats-Sequence";
    private static final String TIME = "Nats-Time-Stamp";

    /** Whether this is a message of the stream, and not a word of the server about it; a writer may have given it a status. */
    static boolean isStored(Message message) {
        return last(message.getHeaders(), SUBJECT).isPresent();
    }

    /**
     * @throws IOException when headers of the server's are missing or make no sense
     */
    static Stored of(Message message) throws IOException {
        Headers headers = message.getHeaders();
        byte[] data = message.getData();
        try {
            return new Stored(
                    header(headers, SUBJECT),
                    Long.parseLong(header(headers, SEQUENCE)),
                    Instant.parse(header(headers, TIME)),
                    headers == null ? new Headers() : headers,
                    data == null ? new byte[0] : data);
        } catch (NumberFormatException | DateTimeException e) {
            throw new IOException("the server's headers make no sense: " + e.getMessage(), e);
        }
    }

    static String header(@Nullable Headers headers, String name) throws IOException {
        return last(headers, name).orElseThrow(() -> new IOException("the answer lacks the header " + name));
    }

    private static Optional<String> last(@Nullable Headers headers, String name) {
        return Optional.ofNullable(headers).map(all -> all.getLast(name));
    }
}
