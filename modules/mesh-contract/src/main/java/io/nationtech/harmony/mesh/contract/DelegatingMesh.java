package io.nationtech.harmony.mesh.contract;

import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Connections;
import io.nationtech.harmony.mesh.Departures;
import io.nationtech.harmony.mesh.Durability;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Reply;
import io.nationtech.harmony.mesh.Subject;
import io.nationtech.harmony.mesh.Subscription;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A mesh that is another one, but for what tests change of it. */
public abstract class DelegatingMesh implements Mesh {
    private final Mesh mesh;

    /** Of that one. */
    protected DelegatingMesh(Mesh mesh) {
        this.mesh = mesh;
    }

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
    public void ensureRecords(BucketName name, int perKey, Duration age) {
        mesh.ensureRecords(name, perKey, age);
    }

    @Override
    public Bucket bucket(BucketName name) {
        return mesh.bucket(name);
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
}
