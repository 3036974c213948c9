package io.nationtech.harmony.mesh.nats;

import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPrefix;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Snapshot;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.mesh.Written;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.PublishOptions;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StreamInfo;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A key-value stream, read by direct get and written with expected revisions. */
final class NatsBucket implements Bucket {
    private static final int WRONG_LAST_SEQUENCE = 10071;
    private static final int NOT_FOUND = 404;
    private static final int NO_MESSAGE = 10037;
    private static final String OPERATION = "KV-Operation";
    private static final String DELETE = "DEL";

    private final NatsLink link;
    private final BucketName name;
    private final UnaryOperator<Subscription> register;

    /**
     * Everything under a prefix, deletions included.
     *
     * @param created when the bucket was: another time means another bucket, whose revisions begin anew
     * @param complete up to this revision; newer ones may be missing
     */
    record Scan(Instant created, Instant asOf, long complete, Map<Key, Change> changes) {}

    NatsBucket(NatsLink link, BucketName name, UnaryOperator<Subscription> register) {
        this.link = link;
        this.name = name;
        this.register = register;
    }

    @Override
    public Optional<Entry> get(Key key) {
        return last(key)
                .flatMap(change -> change instanceof Change.Put(Entry entry) ? Optional.of(entry) : Optional.empty());
    }

    private Optional<Change> last(Key key) {
        try {
            return Optional.of(change(management().getLastMessage(Subjects.stream(name), Subjects.of(name, key))));
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == NO_MESSAGE) {
                return Optional.empty();
            }
            throw failed("read key '%s'".formatted(key), e);
        } catch (IOException e) {
            throw failed("read key '%s'".formatted(key), e);
        }
    }

    @Override
    public List<Entry> history(Key key) {
        List<Entry> entries = new ArrayList<>();
        try {
            reader().read(Subjects.of(name, key), stored -> {
                if (change(stored) instanceof Change.Put(Entry entry)) {
                    entries.add(entry);
                }
            });
            return entries;
        } catch (IOException | IllegalStateException e) {
            throw failed("read the history of key '%s'".formatted(key), e);
        }
    }

    @Override
    public Snapshot entries(KeyPrefix prefix) {
        Scan scan = scan(prefix);
        return new Snapshot(
                scan.asOf(),
                scan.changes().values().stream()
                        .flatMap(change -> change instanceof Change.Put(Entry entry)
                                ? java.util.stream.Stream.of(entry)
                                : java.util.stream.Stream.empty())
                        .toList());
    }

    /** Reads every revision that is kept, in batches. */
    Scan scan(KeyPrefix prefix) {
        Map<Key, Change> newest = new TreeMap<>();
        try {
            JetStreamManagement management = management();
            StreamInfo before = management.getStreamInfo(Subjects.stream(name));
            StreamReader stream = reader();
            for (String subject : Subjects.covered(Subjects.keys(name), prefix)) {
                stream.read(subject, stored -> {
                    Change change = change(stored);
                    newest.put(change.key(), change);
                });
            }
            // Asked last, so that nothing in the snapshot is newer than the snapshot.
            ZonedDateTime asOf = management.getStreamInfo(Subjects.stream(name)).getTimestamp();
            return new Scan(
                    before.getCreateTime().toInstant(),
                    asOf == null ? Instant.now() : asOf.toInstant(),
                    before.getStreamState().getLastSequence(),
                    newest);
        } catch (JetStreamApiException | IOException | IllegalStateException e) {
            throw failed("read the keys", e);
        }
    }

    private StreamReader reader() throws IOException {
        return new StreamReader(link.up(), Subjects.stream(name), link.options().requestTimeout());
    }

    private Change change(StreamReader.Stored stored) {
        Key key = Subjects.key(Subjects.keys(name), stored.subject());
        return change(key, stored.sequence(), stored.headers(), stored.data().bytes(), Instant.parse(stored.time()));
    }

    @Override
    public long put(Key key, Payload value) {
        return switch (write(key, value, new Headers(), Optional.empty())) {
            case Written.At(long revision) -> revision;
            case Written.Conflict() -> throw new IllegalStateException("a put without expectation met a conflict");
        };
    }

    @Override
    public Written create(Key key, Payload value) {
        Written first = write(key, value, new Headers(), Optional.of(0L));
        if (first instanceof Written.Conflict
                && last(key).orElse(null) instanceof Change.Deleted(Key _, long revision)) {
            return write(key, value, new Headers(), Optional.of(revision));
        }
        return first;
    }

    @Override
    public Written update(Key key, Payload value, long expectedRevision) {
        return write(key, value, new Headers(), Optional.of(expectedRevision));
    }

    @Override
    public void delete(Key key) {
        if (last(key).orElse(null) instanceof Change.Put) {
            write(key, Payload.empty(), new Headers().put(OPERATION, DELETE), Optional.empty());
        }
    }

    private Written write(Key key, Payload value, Headers headers, Optional<Long> expected) {
        PublishOptions.Builder publish = PublishOptions.builder();
        expected.ifPresent(publish::expectedLastSubjectSequence);
        NatsMessage message = NatsMessage.builder()
                .subject(Subjects.of(name, key))
                .headers(headers)
                .data(value.bytes())
                .build();
        try {
            return new Written.At(link.up()
                    .jetStream(link.jetStreamOptions())
                    .publish(message, publish.build())
                    .getSeqno());
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == WRONG_LAST_SEQUENCE) {
                return new Written.Conflict();
            }
            throw failed("write key '%s'".formatted(key), e);
        } catch (IOException | IllegalStateException e) {
            throw failed("write key '%s'".formatted(key), e);
        }
    }

    @Override
    public Subscription watch(KeyPrefix prefix, Consumer<Change> listener) {
        NatsWatch watch = new NatsWatch(link, this, prefix, listener);
        watch.open();
        return register.apply(watch);
    }

    BucketName name() {
        return name;
    }

    private JetStreamManagement management() throws IOException {
        return link.up().jetStreamManagement(link.jetStreamOptions());
    }

    /** The server names subject and time of whatever it keeps; the library's annotations do not know that. */
    private Change change(MessageInfo message) {
        Key key = Subjects.key(Subjects.keys(name), Objects.requireNonNull(message.getSubject()));
        byte[] data = message.getData() == null ? new byte[0] : message.getData();
        return change(
                key,
                message.getSeq(),
                message.getHeaders(),
                data,
                Objects.requireNonNull(message.getTime()).toInstant());
    }

    static Change change(Key key, long revision, @Nullable Headers headers, byte[] data, Instant written) {
        boolean isDeletion = headers != null && headers.getFirst(OPERATION) != null;
        return isDeletion
                ? new Change.Deleted(key, revision)
                : new Change.Put(new Entry(key, revision, Payload.of(data), written));
    }

    private RuntimeException failed(String operation, Exception e) {
        if (e instanceof JetStreamApiException api && api.getErrorCode() == NOT_FOUND) {
            return link.failed("find bucket '%s' (it is made by the first agent or deploy)".formatted(name), e);
        }
        return link.failed("%s in bucket '%s'".formatted(operation, name), e);
    }
}
