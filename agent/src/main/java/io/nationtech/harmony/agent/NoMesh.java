package io.nationtech.harmony.agent;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.ConditionalWrites;
import io.nationtech.harmony.mesh.Connections;
import io.nationtech.harmony.mesh.Departures;
import io.nationtech.harmony.mesh.Durability;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Reply;
import io.nationtech.harmony.mesh.Seen;
import io.nationtech.harmony.mesh.Snapshot;
import io.nationtech.harmony.mesh.Subject;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.mesh.Watcher;
import io.nationtech.harmony.mesh.Written;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The mesh of a node that was told of none: always away. */
final class NoMesh implements Mesh, Bucket {

    private static MeshUnavailableException none() {
        return new MeshUnavailableException(new Cause(
                "no mesh is configured",
                Setting.MESH.toString(),
                "set it to nats://host:port and restart the agent; what runs goes on"));
    }

    @Override
    public Status status() {
        return Status.DISCONNECTED;
    }

    @Override
    public Subscription onStatus(Consumer<Status> listener) {
        return () -> {};
    }

    @Override
    public void ensureBucket(BucketName name, int history, Durability durability) {
        throw none();
    }

    @Override
    public void ensureRecords(BucketName name, int perKey, Duration age) {
        throw none();
    }

    @Override
    public Bucket bucket(BucketName name) {
        return this;
    }

    @Override
    public Subscription respond(Subject subject, UnaryOperator<Payload> responder) {
        throw none();
    }

    @Override
    public Reply request(Subject subject, Payload payload, Duration timeout) {
        throw none();
    }

    @Override
    public String ownName() {
        throw none();
    }

    @Override
    public Connections connections() {
        throw none();
    }

    @Override
    public Departures departures() {
        throw none();
    }

    @Override
    public Optional<Entry> get(Key key) {
        throw none();
    }

    @Override
    public List<Entry> history(Key key) {
        throw none();
    }

    @Override
    public Snapshot entries(KeyPattern pattern) {
        throw none();
    }

    @Override
    public long put(Key key, Payload value) {
        throw none();
    }

    @Override
    public Written create(Key key, Payload value) {
        throw none();
    }

    @Override
    public Written update(Key key, Payload value, long expectedRevision) {
        throw none();
    }

    @Override
    public Optional<ConditionalWrites> conditionalWrites() {
        throw none();
    }

    @Override
    public void delete(Key key) {
        throw none();
    }

    @Override
    public Seen read(KeyPattern pattern, Consumer<Change> reader) {
        throw none();
    }

    @Override
    public Subscription watch(KeyPattern pattern, Watcher watcher) {
        return () -> {};
    }

    @Override
    public Subscription watchKeys(KeyPattern heard, Supplier<Set<Key>> keys, Consumer<Change> listener) {
        return () -> {};
    }

    @Override
    public void close() {}
}
