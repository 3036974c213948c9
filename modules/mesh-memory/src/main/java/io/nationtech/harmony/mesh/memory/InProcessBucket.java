package io.nationtech.harmony.mesh.memory;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPrefix;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Snapshot;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.mesh.Written;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A bucket as one connection sees it. */
record InProcessBucket(InProcessMesh mesh, BucketName name) implements Bucket {

    @Override
    public Optional<Entry> get(Key key) {
        return entries().stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    @Override
    public List<Entry> history(Key key) {
        return store().history(key);
    }

    @Override
    public Snapshot entries(KeyPrefix prefix) {
        List<Entry> covered =
                entries().stream().filter(entry -> prefix.covers(entry.key())).toList();
        return new Snapshot(mesh.hub().clock().instant(), covered);
    }

    private List<Entry> entries() {
        return store().changes().values().stream()
                .flatMap(change -> change instanceof Change.Put(Entry entry) ? Stream.of(entry) : Stream.empty())
                .toList();
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
    public void delete(Key key) {
        store().delete(key);
    }

    @Override
    public Subscription watch(KeyPrefix prefix, Consumer<Change> listener) {
        InProcessWatch watch = new InProcessWatch(mesh, name, prefix, listener);
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
                        "it is made by the first agent or deploy: start one, then try again")));
    }
}
