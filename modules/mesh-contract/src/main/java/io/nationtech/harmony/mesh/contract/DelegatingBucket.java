package io.nationtech.harmony.mesh.contract;

import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.ConditionalWrites;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Seen;
import io.nationtech.harmony.mesh.Snapshot;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.mesh.Watcher;
import io.nationtech.harmony.mesh.Written;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A bucket that is another one, but for what tests change of it. */
public abstract class DelegatingBucket implements Bucket {
    private final Bucket bucket;

    /** Of that one. */
    protected DelegatingBucket(Bucket bucket) {
        this.bucket = bucket;
    }

    @Override
    public long put(Key key, Payload value) {
        return bucket.put(key, value);
    }

    @Override
    public Optional<Entry> get(Key key) {
        return bucket.get(key);
    }

    @Override
    public List<Entry> history(Key key) {
        return bucket.history(key);
    }

    @Override
    public Snapshot entries(KeyPattern pattern) {
        return bucket.entries(pattern);
    }

    @Override
    public Written create(Key key, Payload value) {
        return bucket.create(key, value);
    }

    @Override
    public Written update(Key key, Payload value, long expectedRevision) {
        return bucket.update(key, value, expectedRevision);
    }

    @Override
    public Optional<ConditionalWrites> conditionalWrites() {
        return bucket.conditionalWrites();
    }

    @Override
    public void delete(Key key) {
        bucket.delete(key);
    }

    @Override
    public Seen read(KeyPattern pattern, Consumer<Change> reader) {
        return bucket.read(pattern, reader);
    }

    @Override
    public Subscription watch(KeyPattern pattern, Watcher watcher) {
        return bucket.watch(pattern, watcher);
    }

    @Override
    public Subscription watchKeys(KeyPattern heard, Supplier<Set<Key>> keys, Consumer<Change> listener) {
        return bucket.watchKeys(heard, keys, listener);
    }
}
