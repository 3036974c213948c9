package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.Omissions;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Subscription;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A bucket's documents of one type. What cannot be read is left out, and logged.
 *
 * @param own the key under which a document belongs
 */
record Documents<T>(Mesh mesh, FleetBucket name, Function<Entry, Decoded<T>> decoder, Function<T, Key> own) {
    private static final Logger LOG = System.getLogger(Documents.class.getName());

    /** Those whose bytes are the document. */
    static <T> Documents<T> plain(
            Mesh mesh, FleetBucket name, Function<Payload, Decoded<T>> decoder, Function<T, Key> own) {
        return new Documents<>(mesh, name, plain(decoder), own);
    }

    static <T> Function<Entry, Decoded<T>> plain(Function<Payload, Decoded<T>> decoder) {
        return entry -> decoder.apply(entry.value());
    }

    Bucket bucket() {
        return mesh.bucket(name.bucket());
    }

    Optional<T> get(Key key) {
        return bucket().get(key).flatMap(this::read);
    }

    List<T> all(KeyPattern pattern) {
        return read(bucket().entries(pattern).entries(), (_, value) -> value);
    }

    /** What was under a key, oldest first, as far back as the bucket keeps it. */
    <R> List<R> history(Key key, BiFunction<Entry, T, R> as) {
        return read(bucket().history(key), as);
    }

    /** Tells of every document that is put, the newest of each key first; not of what is deleted. */
    Subscription watch(KeyPattern pattern, Consumer<T> listener) {
        return bucket().watch(pattern, change -> tell(change, listener));
    }

    /** The same for one key, for whoever may read nothing else. */
    Subscription watch(Key key, Consumer<T> listener) {
        return bucket().watchKeys(KeyPattern.exactly(key), () -> Set.of(key), change -> tell(change, listener));
    }

    /** Deletes every key that matches, one by one. */
    static void clear(Bucket bucket, KeyPattern pattern) {
        bucket.entries(pattern).entries().stream().map(Entry::key).forEach(bucket::delete);
    }

    private void tell(Bucket.Change change, Consumer<T> listener) {
        if (change instanceof Bucket.Change.Put(Entry entry)) {
            read(entry).ifPresent(listener);
        }
    }

    Decoded<T> decode(Entry entry) {
        return decode(entry, decoder, own);
    }

    /** What is written in another's name does not count as read, as it would otherwise count as that other's. */
    static <T> Decoded<T> decode(Entry entry, Function<Entry, Decoded<T>> decoder, Function<T, Key> own) {
        return switch (decoder.apply(entry)) {
            case Decoded.Value<T>(T value)
            when !own.apply(value).equals(entry.key()) ->
                new Decoded.Unreadable<>(FleetKeys.misplaced(entry.key(), own.apply(value)));
            case Decoded<T> decoded -> decoded;
        };
    }

    /** A document; empty when it cannot be read, which is logged. */
    Optional<T> read(Entry entry) {
        return read(List.of(entry), (_, value) -> value).stream().findFirst();
    }

    private <R> List<R> read(List<Entry> entries, BiFunction<Entry, T, R> as) {
        Omissions omissions = new Omissions();
        List<R> readable = new ArrayList<>();
        for (Entry entry : entries) {
            switch (decode(entry)) {
                case Decoded.Value<T>(T value) -> readable.add(as.apply(entry, value));
                case Decoded.Unreadable<T>(Cause cause) ->
                    omissions.add(entry.key().toString(), cause.what());
            }
        }
        warn(name.bucket(), omissions);
        return readable;
    }

    static void warn(BucketName bucket, Omissions omissions) {
        omissions
                .summary()
                .ifPresent(summary -> LOG.log(
                        Level.WARNING, "Left out of bucket ''{0}'', as it cannot be read: {1}", bucket, summary));
    }
}
