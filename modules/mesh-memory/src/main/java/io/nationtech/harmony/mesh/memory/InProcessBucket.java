package io.nationtech.harmony.mesh.memory;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.ConditionalWrites;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Seen;
import io.nationtech.harmony.mesh.Snapshot;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.mesh.Watcher;
import io.nationtech.harmony.mesh.Written;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A bucket as one connection sees it. */
record InProcessBucket(InProcessMesh mesh, BucketName name) implements Bucket {

    @Override
    public Optional<Entry> get(Key key) {
        return Optional.ofNullable(store().changes().get(key))
                .flatMap(change -> entry(change).findFirst());
    }

    @Override
    public List<Entry> history(Key key) {
        return store().history(key);
    }

    @Override
    public Snapshot entries(KeyPattern pattern) {
        List<Change> changes = store().changes().values().stream()
                .filter(change -> pattern.matches(change.key()))
                .toList();
        return new Snapshot(
                seen(changes), changes.stream().flatMap(InProcessBucket::entry).toList());
    }

    @Override
    public Seen read(KeyPattern pattern, Consumer<Change> reader) {
        List<Change> changes = store().kept().stream()
                .filter(change -> pattern.matches(change.key()))
                .toList();
        changes.forEach(reader);
        return seen(changes);
    }

    private Seen seen(List<Change> changes) {
        NavigableMap<String, Long> revisions = new TreeMap<>();
        changes.forEach(change -> revisions.put(change.key().toString(), change.revision()));
        return new Seen(mesh.hub().clock().instant(), revisions);
    }

    private static Stream<Entry> entry(Change change) {
        return change instanceof Change.Put(Entry entry) ? Stream.of(entry) : Stream.empty();
    }

    @Override
    public long put(Key key, Payload value) {
        return store().put(key, value);
    }

    @Override
    public Written create(Key key, Payload value) {
        return store().create(key, value);
    }

    @Override
    public Written update(Key key, Payload value, long expectedRevision) {
        return store().update(key, value, expectedRevision);
    }

    @Override
    public Optional<ConditionalWrites> conditionalWrites() {
        return Optional.of((key, value, condition) -> store().put(key, value, condition));
    }

    @Override
    public void delete(Key key) {
        store().delete(key);
    }

    @Override
    public Subscription watch(KeyPattern pattern, Watcher watcher) {
        return open(new InProcessWatch(mesh, name, pattern, Optional.empty(), watcher));
    }

    @Override
    public Subscription watchKeys(KeyPattern heard, Supplier<Set<Key>> keys, Consumer<Change> listener) {
        return open(new InProcessWatch(mesh, name, heard, Optional.of(keys), Watcher.ofChanges(listener)));
    }

    private Subscription open(InProcessWatch watch) {
        watch.open();
        return mesh.keep(watch);
    }

    private InProcessHub.Store store() {
        mesh.requireConnected();
        return mesh.hub()
                .store(name)
                .orElseThrow(() -> new MeshUnavailableException(new Cause(
                        "there is no bucket '%s'".formatted(name),
                        "this process",
                        "any command that asks the mesh makes it; then try again")));
    }
}
