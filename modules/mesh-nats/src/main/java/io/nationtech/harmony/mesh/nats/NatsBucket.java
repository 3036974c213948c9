package io.nationtech.harmony.mesh.nats;

import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.ConditionalWrites;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Omissions;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Seen;
import io.nationtech.harmony.mesh.Snapshot;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.mesh.UnlessChanged;
import io.nationtech.harmony.mesh.Watcher;
import io.nationtech.harmony.mesh.Written;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.StreamInfo;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.nats.client.support.NatsJetStreamConstants;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A key-value stream, read by direct get and written with expected revisions. */
final class NatsBucket implements Bucket {
    private static final int WRONG_LAST_SEQUENCE = 10071;
    /** The same in a stream of several replicas, while another write under the same condition is on its way. */
    private static final int WRONG_LAST_SEQUENCE_IN_FLIGHT = 10164;

    private static final int NOT_FOUND = 404;
    private static final String DELETE = "DEL";
    /** A replica of a cluster has what the leader acknowledged some milliseconds later. */
    private static final Duration CATCH_UP = Duration.ofSeconds(2);

    /** The server that leads a stream writes here what it can do: NATS' API levels (ADR-44); from 2.11 on. */
    private static final String LEVEL = "_nats.level";

    private final NatsLink link;
    private final BucketName name;
    private final OwnWrites ownWrites;
    private final UnaryOperator<Subscription> register;

    NatsBucket(NatsLink link, BucketName name, OwnWrites ownWrites, UnaryOperator<Subscription> register) {
        this.link = link;
        this.name = name;
        this.ownWrites = ownWrites;
        this.register = register;
    }

    @Override
    public Optional<Entry> get(Key key) {
        Omissions omissions = new Omissions();
        Optional<Entry> entry =
                last(key).flatMap(found -> entry(found, omissions).findFirst());
        link.leftOut(name, omissions);
        return entry;
    }

    /** The newest of a key, asked by its subject: whoever may read nothing else may read that. */
    Optional<Found> last(Key key) {
        try {
            return lastOf(Subjects.of(name, key)).map(this::found);
        } catch (StreamReader.NobodyAnswers e) {
            // Or it has no leader at the moment; whoever may read only their keys cannot ask which.
            throw notFound(e);
        } catch (IOException | IllegalStateException e) {
            throw failed("read key '%s'".formatted(key), e);
        }
    }

    /** Waits for a replica that has not yet what this connection wrote. */
    private Optional<Stored> lastOf(String subject) throws IOException {
        long own = ownWrites.of(subject);
        Optional<Stored> last = reader().last(subject);
        for (long end = System.nanoTime() + CATCH_UP.toNanos(); isBefore(last, own); last = reader().last(subject)) {
            if (System.nanoTime() > end) {
                ownWrites.forget(subject);
                return last;
            }
            StreamReader.pause();
        }
        return last;
    }

    private static boolean isBefore(Optional<Stored> last, long own) {
        return last.map(Stored::sequence).orElse(0L) < own;
    }

    /** The newest that the leader had of a bucket with replicas; 0 where there is but one answer. */
    private long newest(StreamInfo info) {
        return link.isCluster() && info.getConfiguration().getMirror() == null
                ? info.getStreamState().getLastSequence()
                : 0;
    }

    @Override
    public List<Entry> history(Key key) {
        List<Entry> entries = new ArrayList<>();
        Omissions omissions = new Omissions();
        read(info(), KeyPattern.exactly(key), found -> entry(found, omissions).forEach(entries::add));
        link.leftOut(name, omissions);
        return entries;
    }

    @Override
    public Snapshot entries(KeyPattern pattern) {
        Map<String, Found> newest = new TreeMap<>();
        read(info(), pattern, found -> newest.put(found.key(), found));
        TreeMap<String, Long> revisions = new TreeMap<>();
        newest.forEach((key, found) -> revisions.put(key, found.revision()));
        Omissions omissions = new Omissions();
        List<Entry> entries = newest.values().stream()
                .flatMap(found -> entry(found, omissions))
                .toList();
        link.leftOut(name, omissions);
        // Asked last, so that nothing in the snapshot is newer than the snapshot.
        return new Snapshot(new Seen(time(info()), revisions), entries);
    }

    @Override
    public Seen read(KeyPattern pattern, Consumer<Change> reader) {
        TreeMap<String, Long> revisions = new TreeMap<>();
        Omissions omissions = new Omissions();
        read(info(), pattern, found -> {
            revisions.put(found.key(), found.revision());
            switch (found) {
                case Found.Ours(Change change) -> reader.accept(change);
                case Found.Foreign(String key, long _, String why) -> omissions.add(key, why);
            }
        });
        link.leftOut(name, omissions);
        return new Seen(time(info()), revisions);
    }

    /** What the server's clock said when it told this. */
    Instant time(StreamInfo info) {
        ZonedDateTime time = info.getTimestamp();
        if (time == null) {
            throw failed("tell the time", new IOException("the answer has no time"));
        }
        return time.toInstant();
    }

    private static Stream<Entry> entry(Found found, Omissions omissions) {
        return switch (found) {
            case Found.Ours(Change.Put(Entry entry)) -> Stream.of(entry);
            case Found.Ours(Change.Deleted _) -> Stream.empty();
            case Found.Foreign(String key, long _, String why) -> {
                omissions.add(key, why);
                yield Stream.empty();
            }
        };
    }

    /** How the stream is now. */
    StreamInfo info() {
        try {
            return link.up().jetStreamManagement(link.jetStreamOptions()).getStreamInfo(Subjects.stream(name));
        } catch (JetStreamApiException | IOException | IllegalStateException e) {
            throw failed("tell how it is", e);
        }
    }

    /** Reads the newest revision of every key, deletions included, one at a time, so that they need not fit into memory together. */
    void readNewest(StreamInfo info, KeyPattern pattern, Consumer<Found> reader) {
        Map<String, Long> newest = new HashMap<>();
        if (info.getConfiguration().getMaxMsgsPerSubject() != 1) {
            read(info, pattern, found -> newest.put(found.key(), found.revision()));
        }
        read(info, pattern, found -> {
            if (found.revision() >= newest.getOrDefault(found.key(), 0L)) {
                reader.accept(found);
            }
        });
    }

    /**
     * Reads every revision that is kept, oldest first. Where the pattern names nothing, the whole bucket is read, of which it is known how
     * far the leader was.
     */
    private void read(StreamInfo info, KeyPattern pattern, Consumer<Found> reader) {
        try {
            long newest = newest(info);
            boolean isWhole = newest > 0 && pattern.isOfAnyNames();
            if (newest > 0 && !isWhole) {
                reader().await(newest);
            }
            reader().read(
                            Subjects.of(name, isWhole ? KeyPattern.all() : pattern),
                            is211(info) ? StreamReader.Batches.MANY_AT_ONCE : StreamReader.Batches.ONE_BY_ONE,
                            isWhole ? newest : 0,
                            stored -> {
                                Found found = found(stored);
                                if (pattern.matches(List.of(found.key().split("\\.", -1)))) {
                                    reader.accept(found);
                                }
                            });
        } catch (IOException | IllegalStateException e) {
            throw failed("read the keys '%s'".formatted(pattern), e);
        }
    }

    private StreamReader reader() {
        return new StreamReader(link.up(), Subjects.stream(name), link.options().requestTimeout());
    }

    private Found found(Stored stored) {
        return Found.of(name, stored);
    }

    /** Whether the server that leads the stream has what 2.11 brought: batches of direct gets, and comparing by pattern. */
    private static boolean is211(StreamInfo info) {
        return Optional.ofNullable(info.getConfiguration().getMetadata())
                .map(metadata -> metadata.get(LEVEL))
                .isPresent();
    }

    @Override
    public long put(Key key, Payload value) {
        return switch (write(key, value, new Headers())) {
            case Written.At(long revision) -> revision;
            case Written.Conflict() -> throw new IllegalStateException("a put without expectation met a conflict");
        };
    }

    @Override
    public Written create(Key key, Payload value) {
        Written first = update(key, value, 0);
        if (first instanceof Written.Conflict
                && last(key).orElse(null) instanceof Found.Ours(Change.Deleted(Key _, long revision))) {
            return update(key, value, revision);
        }
        return first;
    }

    @Override
    public Written update(Key key, Payload value, long expectedRevision) {
        return write(key, value, expecting(expectedRevision));
    }

    @Override
    public Optional<ConditionalWrites> conditionalWrites() {
        return is211(info()) ? Optional.of(this::putUnless) : Optional.empty();
    }

    private Written putUnless(Key key, Payload value, UnlessChanged condition) {
        return write(
                key,
                value,
                expecting(condition.newest())
                        .put(
                                NatsJetStreamConstants.EXPECTED_LAST_SUB_SEQ_SUB_HDR,
                                Subjects.of(name, condition.pattern())));
    }

    private static Headers expecting(long revision) {
        return new Headers().put(NatsJetStreamConstants.EXPECTED_LAST_SUB_SEQ_HDR, Long.toString(revision));
    }

    @Override
    public void delete(Key key) {
        Optional<Found> last = last(key);
        if (last.isPresent() && !(last.get() instanceof Found.Ours(Change.Deleted _))) {
            write(key, Payload.empty(), new Headers().put(Found.OPERATION, DELETE));
        }
    }

    private Written write(Key key, Payload value, Headers headers) {
        byte[] data = value.bytes();
        int size = data.length + (headers.isEmpty() ? 0 : headers.serializedLength());
        String what = "key '%s' of bucket '%s'".formatted(key, name);
        link.requireRoom(what, size);
        NatsMessage message = NatsMessage.builder()
                .subject(Subjects.of(name, key))
                .headers(headers)
                .data(data)
                .build();
        try {
            long revision = link.up()
                    .jetStream(link.jetStreamOptions())
                    .publish(message)
                    .getSeqno();
            if (link.isCluster()) {
                ownWrites.note(message.getSubject(), revision);
            }
            return new Written.At(revision);
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == WRONG_LAST_SEQUENCE || e.getApiErrorCode() == WRONG_LAST_SEQUENCE_IN_FLIGHT) {
                return new Written.Conflict();
            }
            throw failed("write key '%s'".formatted(key), e);
        } catch (IOException | IllegalStateException e) {
            // Where the server takes less since its configuration was changed: it hangs up, and tells with the next
            // connection.
            link.requireRoom(what, size);
            throw failed("write key '%s'".formatted(key), e);
        }
    }

    @Override
    public Subscription watch(KeyPattern pattern, Watcher watcher) {
        return open(new NatsWatch(link, this, pattern, new NatsWatch.Reading.Whole(), watcher));
    }

    @Override
    public Subscription watchKeys(KeyPattern heard, Supplier<Set<Key>> keys, Consumer<Change> listener) {
        return open(new NatsWatch(link, this, heard, new NatsWatch.Reading.Each(keys), Watcher.ofChanges(listener)));
    }

    private Subscription open(NatsWatch watch) {
        watch.open();
        return register.apply(watch);
    }

    BucketName name() {
        return name;
    }

    private RuntimeException failed(String operation, Exception e) {
        if (e instanceof JetStreamApiException api && api.getErrorCode() == NOT_FOUND) {
            return notFound(e);
        }
        return link.failed("%s in bucket '%s'".formatted(operation, name), e);
    }

    private RuntimeException notFound(Exception e) {
        return link.failed("find bucket '%s' (any command that asks the mesh makes it)".formatted(name), e);
    }
}
