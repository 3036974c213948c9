package io.nationtech.harmony.engine;

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

/** A mesh as of a server that cannot compare many keys at once: the lease of placement is all that keeps others out. */
record WithoutConditions(Mesh mesh) implements Mesh {

    @Override
    public Status status() {
        return mesh.status();
    }

    @Override
    public Subscription onStatus(Consumer<Status> listener) {
        return mesh.onStatus(listener);
    }

    @Override
    public void ensureBucket(BucketName name, int history, Durability durability) {
        mesh.ensureBucket(name, history, durability);
    }

    @Override
    public Bucket bucket(BucketName name) {
        return new Plain(mesh.bucket(name));
    }

    @Override
    public Subscription respond(Subject subject, UnaryOperator<Payload> responder) {
        return mesh.respond(subject, responder);
    }

    @Override
    public Reply request(Subject subject, Payload payload, Duration timeout) {
        return mesh.request(subject, payload, timeout);
    }

    @Override
    public String ownName() {
        return mesh.ownName();
    }

    @Override
    public Connections connections() {
        return mesh.connections();
    }

    @Override
    public Departures departures() {
        return mesh.departures();
    }

    @Override
    public void close() {
        mesh.close();
    }

    private record Plain(Bucket bucket) implements Bucket {
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
        public long put(Key key, Payload value) {
            return bucket.put(key, value);
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
            return Optional.empty();
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
}
