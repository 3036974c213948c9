package io.nationtech.harmony.mesh.nats;

import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Reply;
import io.nationtech.harmony.mesh.Subject;
import io.nationtech.harmony.mesh.Subscription;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.Republish;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A connection to the mesh over NATS JetStream. Uses no consumer, so that nodes need no right to make one. */
public final class NatsMesh implements Mesh {
    private static final Logger LOG = System.getLogger(NatsMesh.class.getName());
    private static final int STREAM_NAME_IN_USE = 10058;

    private final NatsLink link;
    private final Deque<Subscription> open = new ArrayDeque<>();

    private NatsMesh(NatsLink link) {
        this.link = link;
    }

    /**
     * Connects.
     *
     * @throws MeshUnavailableException when nothing answers, or not as a NATS server with JetStream
     */
    public static NatsMesh connect(NatsOptions options) {
        NatsLink link = new NatsLink(options);
        link.connectNow();
        return new NatsMesh(link);
    }

    /** Begins to connect and goes on trying; until then, the mesh is {@link Status#DISCONNECTED}. */
    public static NatsMesh connectInBackground(NatsOptions options) {
        NatsLink link = new NatsLink(options);
        link.connectInBackground();
        return new NatsMesh(link);
    }

    @Override
    public Status status() {
        return link.status();
    }

    @Override
    public Subscription onStatus(Consumer<Status> listener) {
        return link.onStatus(listener);
    }

    @Override
    public void ensureBucket(BucketName name, int history) {
        String keys = Subjects.keys(name) + ".>";
        StreamConfiguration stream = StreamConfiguration.builder()
                .name(Subjects.stream(name))
                .subjects(keys)
                .maxMessagesPerSubject(history)
                .storageType(StorageType.File)
                .discardPolicy(DiscardPolicy.New)
                .denyDelete(true)
                .allowRollup(true)
                .allowDirect(true)
                .republish(Republish.builder()
                        .source(keys)
                        .destination(Subjects.changes(name) + ".>")
                        .build())
                .build();
        String operation = "make bucket '%s'".formatted(name);
        try {
            JetStreamManagement management = link.up().jetStreamManagement(link.jetStreamOptions());
            if (!management.getStreamNames(keys).contains(stream.getName())) {
                management.addStream(stream);
            }
        } catch (JetStreamApiException e) {
            // Somebody else made it in between, perhaps in another version's form: an existing bucket stays as it is.
            if (e.getApiErrorCode() != STREAM_NAME_IN_USE) {
                throw link.failed(operation, e);
            }
        } catch (IOException e) {
            throw link.failed(operation, e);
        }
    }

    @Override
    public Bucket bucket(BucketName name) {
        return new NatsBucket(link, name, this::register);
    }

    @Override
    public Subscription respond(Subject subject, UnaryOperator<Payload> responder) {
        Connection connection = link.up();
        Dispatcher dispatcher = connection.createDispatcher(
                message -> Thread.ofVirtual().name("respond-" + subject).start(() -> answer(message, responder)));
        dispatcher.subscribe(subject.toString());
        return register(() -> connection.closeDispatcher(dispatcher));
    }

    private void answer(Message question, UnaryOperator<Payload> responder) {
        if (question.getReplyTo() == null) {
            return;
        }
        try {
            byte[] answer = responder.apply(Payload.of(question.getData())).bytes();
            link.up().publish(question.getReplyTo(), answer);
        } catch (RuntimeException e) {
            // The edge of a thread: whoever asked sees a time-out.
            LOG.log(Level.WARNING, "No answer on %s".formatted(question.getSubject()), e);
        }
    }

    @Override
    public Reply request(Subject subject, Payload payload, Duration timeout) {
        try {
            Message answer = link.up()
                    .request(subject.toString(), payload.bytes())
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Reply.Answer(Payload.of(answer.getData()));
        } catch (TimeoutException e) {
            return new Reply.TimedOut();
        } catch (ExecutionException e) {
            // With reportNoResponders, jnats fails a future for this one reason: status 503.
            return new Reply.NobodyThere();
        } catch (CancellationException e) {
            throw link.failed("carry a request", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.TimedOut();
        }
    }

    private Subscription register(Subscription subscription) {
        synchronized (open) {
            open.push(subscription);
        }
        return () -> {
            synchronized (open) {
                if (!open.remove(subscription)) {
                    return;
                }
            }
            subscription.close();
        };
    }

    @Override
    public void close() {
        synchronized (open) {
            while (!open.isEmpty()) {
                open.pop().close();
            }
        }
        link.close();
    }
}
