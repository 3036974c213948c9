package io.nationtech.harmony.mesh.memory;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Connections;
import io.nationtech.harmony.mesh.Departures;
import io.nationtech.harmony.mesh.Durability;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Reply;
import io.nationtech.harmony.mesh.Subject;
import io.nationtech.harmony.mesh.Subscription;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A connection to a hub in the same process. */
public final class InProcessMesh implements Mesh {
    private static final Logger LOG = System.getLogger(InProcessMesh.class.getName());

    private final InProcessHub hub;
    private final String ownName;
    private final List<Consumer<Status>> listeners = new CopyOnWriteArrayList<>();
    private final List<Subscription> open = new CopyOnWriteArrayList<>();
    private volatile boolean closed;
    private volatile Status status = Status.CONNECTED;

    InProcessMesh(InProcessHub hub, String ownName) {
        this.hub = hub;
        this.ownName = ownName;
        hub.connected(ownName);
    }

    /** Cuts the connection, as a pulled cable would. */
    public void cut() {
        become(Status.DISCONNECTED);
    }

    /** Restores the connection. */
    public void restore() {
        become(Status.CONNECTED);
    }

    private void become(Status now) {
        if (status != now) {
            status = now;
            switch (now) {
                case CONNECTED -> hub.connected(ownName);
                case DISCONNECTED -> hub.ended(ownName);
            }
            listeners.forEach(listener -> listener.accept(now));
        }
    }

    @Override
    public Status status() {
        return status;
    }

    @Override
    public Subscription onStatus(Consumer<Status> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void ensureBucket(BucketName name, int history, Durability durability) {
        requireConnected();
        hub.ensure(name, history);
    }

    /** Its records go only with the process. */
    @Override
    public void ensureRecords(BucketName name, int perKey, Duration age) {
        requireConnected();
        hub.ensureRecords(name, perKey);
    }

    @Override
    public Bucket bucket(BucketName name) {
        return new InProcessBucket(this, name);
    }

    @Override
    public Subscription respond(Subject subject, UnaryOperator<Payload> responder) {
        requireConnected();
        hub.responders().put(subject, responder);
        return keep(() -> hub.responders().remove(subject, responder));
    }

    @Override
    public Reply request(Subject subject, Payload payload, Duration timeout) {
        requireConnected();
        UnaryOperator<Payload> responder = hub.responders().get(subject);
        if (responder == null) {
            return new Reply.NobodyThere();
        }
        CompletableFuture<Payload> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("respond-" + subject).start(() -> {
            try {
                answer.complete(responder.apply(payload));
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "No answer on %s".formatted(subject), e);
            }
        });
        try {
            return new Reply.Answer(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return new Reply.TimedOut();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.TimedOut();
        }
    }

    @Override
    public String ownName() {
        return ownName;
    }

    @Override
    public Connections connections() {
        requireConnected();
        return hub.connections();
    }

    @Override
    public Departures departures() {
        requireConnected();
        return hub.departures();
    }

    InProcessHub hub() {
        return hub;
    }

    void requireConnected() {
        if (status == Status.DISCONNECTED) {
            throw new MeshUnavailableException(
                    new Cause("the mesh is away", "this process", "restore the connection, then try again"));
        }
    }

    Subscription keep(Subscription subscription) {
        open.add(subscription);
        if (closed) {
            subscription.close();
        }
        return () -> {
            if (open.remove(subscription)) {
                subscription.close();
            }
        };
    }

    @Override
    public void close() {
        closed = true;
        open.forEach(Subscription::close);
        open.clear();
        listeners.clear();
        status = Status.DISCONNECTED;
        hub.ended(ownName);
    }
}
