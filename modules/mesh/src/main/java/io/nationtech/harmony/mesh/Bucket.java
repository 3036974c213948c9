package io.nationtech.harmony.mesh;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keys with values and revisions. A revision grows with every write to the bucket. Every method but {@link #watch} throws
 * {@link MeshUnavailableException} when the mesh cannot be asked, refuses, or has no such bucket.
 */
public interface Bucket {

    /** What is under a key. May lag behind a write made elsewhere: decide on the result of a compare-and-set, not on this. */
    Optional<Entry> get(Key key);

    /** What was under a key, oldest first, as far back as the bucket keeps it; deletions are left out. May lag as {@link #get} may. */
    List<Entry> history(Key key);

    /** All entries whose keys match, ordered by key; may lag as {@link #get} may. */
    Snapshot entries(KeyPattern pattern);

    /**
     * Tells every revision that is kept of the keys that match, the older of a key before the newer, so that they need not fit into memory
     * together. May lag as {@link #get} may.
     */
    Seen read(KeyPattern pattern, Consumer<Change> reader);

    /** Writes whatever there was before; returns the new revision. */
    long put(Key key, Payload value);

    /** Writes when there is nothing under the key, or it was deleted. */
    Written create(Key key, Payload value);

    /** Writes when the key's newest revision is the expected one. */
    Written update(Key key, Payload value, long expectedRevision);

    /**
     * The bucket's writes that a pattern guards; empty when its server cannot compare by pattern (NATS before 2.11): then
     * a lease must keep others out. Ask again for each piece of work, as the server may change.
     */
    Optional<ConditionalWrites> conditionalWrites();

    /** Deletes what is under the key; nothing happens when there is nothing. */
    void delete(Key key);

    /**
     * Tells the newest entry of every key that matches, and then each newer one, one call at a time. Values between two tellings
     * may be left out, the newest never is: after a reconnect or a lost message, the bucket is read again. May be opened while
     * the mesh is away. A listener must not block for long; it may use the mesh, open further watches and close them.
     */
    default Subscription watch(KeyPattern pattern, Consumer<Change> listener) {
        return watch(pattern, Watcher.ofChanges(listener));
    }

    /** The same, and tells, after each reading of the whole, that it is over: also when nothing was there. */
    Subscription watch(KeyPattern pattern, Watcher watcher);

    /**
     * The same for whoever knows its keys by name, and may list nothing: each is read by itself. What vanishes without being deleted, with the
     * whole bucket, is not told.
     *
     * @param heard what is written to any of these is told at once, whether it is among the keys or not
     * @param keys to read, asked before each reading; may throw {@link MeshUnavailableException}, then it is asked again
     */
    Subscription watchKeys(KeyPattern heard, Supplier<Set<Key>> keys, Consumer<Change> listener);

    /** What a watch tells. */
    sealed interface Change {

        Key key();

        /** Of the key when this was told. */
        long revision();

        /** The key has a value. */
        record Put(Entry entry) implements Change {
            @Override
            public Key key() {
                return entry.key();
            }

            @Override
            public long revision() {
                return entry.revision();
            }
        }

        /** The key has none any more. */
        record Deleted(Key key, long revision) implements Change {}
    }
}
