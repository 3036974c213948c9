package io.nationtech.harmony.mesh.nats;

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
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A connection to the mesh over NATS JetStream. Uses no consumer, so that nodes need no right to make one. */
public final class NatsMesh implements Mesh {
    private static final Logger LOG = System.getLogger(NatsMesh.class.getName());
    /** So that whoever waits finds out by their own clock that nobody answers. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final NatsLink link;
    private final OwnWrites ownWrites = new OwnWrites();
    private final ServersSeen servers = new ServersSeen();
    private final Set<Subscription> open = new LinkedHashSet<>();
    private boolean closed;

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

    /** Where servers are: those that were named, and those that a server told of since this connected. */
    public List<NatsAddress> servers() {
        return link.servers();
    }

    @Override
    public Subscription onStatus(Consumer<Status> listener) {
        return link.onStatus(listener);
    }

    @Override
    public void ensureBucket(BucketName name, int history, Durability durability) {
        try {
            new StreamMaker(link, link.up().jetStreamManagement(link.jetStreamOptions()))
                    .ensure(name, history, durability);
        } catch (JetStreamApiException | IOException | IllegalStateException e) {
            throw link.failed("make bucket '%s'".formatted(name), e);
        }
    }

    @Override
    public void ensureRecords(BucketName name, int perKey, Duration age) {
        try {
            new StreamMaker(link, link.up().jetStreamManagement(link.jetStreamOptions()))
                    .ensureRecords(name, perKey, age);
        } catch (JetStreamApiException | IOException | IllegalStateException e) {
            throw link.failed("make bucket '%s'".formatted(name), e);
        }
    }

    @Override
    public Bucket bucket(BucketName name) {
        return new NatsBucket(link, name, ownWrites, this::register);
    }

    @Override
    public Subscription respond(Subject subject, UnaryOperator<Payload> responder) {
        NatsHearing questions = new NatsHearing(
                link,
                subject.toString(),
                message -> Thread.ofVirtual().name("respond-" + subject).start(() -> answer(message, responder)));
        questions.ensure();
        Subscription status = link.onStatus(now -> {
            if (now == Status.CONNECTED) {
                ensure(questions);
            }
        });
        return register(() -> {
            status.close();
            questions.close();
        });
    }

    private static void ensure(NatsHearing questions) {
        try {
            questions.ensure();
        } catch (MeshUnavailableException e) {
            LOG.log(Level.DEBUG, "Away again, and heard when it is back: {0}", e.getMessage());
        }
    }

    private void answer(Message question, UnaryOperator<Payload> responder) {
        if (question.getReplyTo() == null) {
            return;
        }
        try {
            byte[] answer = responder.apply(Payload.of(data(question))).bytes();
            link.requireRoom("the answer on '%s'".formatted(question.getSubject()), answer.length);
            link.up().publish(question.getReplyTo(), answer);
        } catch (RuntimeException e) {
            // The edge of a thread: whoever asked sees a time-out.
            LOG.log(Level.WARNING, "No answer on %s".formatted(question.getSubject()), e);
        }
    }

    @Override
    public Reply request(Subject subject, Payload payload, Duration timeout) {
        link.requireRoom("the question on '%s'".formatted(subject), payload.bytes().length);
        CompletableFuture<Object> refused = new CompletableFuture<>();
        Subscription refusal = link.onRefusal(subject.toString(), () -> refused.cancel(false));
        try {
            // Without a time of its own, jnats gives a request up after 5 s.
            CompletableFuture<Message> answer =
                    link.up().requestWithTimeout(subject.toString(), payload.bytes(), timeout.plus(GRACE));
            CompletableFuture.anyOf(answer, refused).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Reply.Answer(payload(subject, data(answer.resultNow())));
        } catch (TimeoutException e) {
            return new Reply.TimedOut();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CancellationException) {
                throw link.failed("carry a request", e);
            }
            // With reportNoResponders, jnats fails a future for this one reason: status 503.
            return new Reply.NobodyThere();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.TimedOut();
        } finally {
            refusal.close();
        }
    }

    private static byte[] data(Message message) {
        byte[] data = message.getData();
        return data == null ? new byte[0] : data;
    }

    private MeshUnavailableException tooLarge(Subject subject, int size) {
        return new MeshUnavailableException(new Cause(
                "the answer on '%s' has %d bytes, more than %d".formatted(subject, size, Payload.LARGEST),
                link.options().where(),
                "find out who answers there"));
    }

    private Payload payload(Subject subject, byte[] answer) {
        if (answer.length > Payload.LARGEST) {
            throw tooLarge(subject, answer.length);
        }
        return Payload.of(answer);
    }

    private Subscription register(Subscription subscription) {
        if (!keep(subscription)) {
            subscription.close();
        }
        return () -> {
            if (forget(subscription)) {
                subscription.close();
            }
        };
    }

    private boolean keep(Subscription subscription) {
        synchronized (open) {
            return !closed && open.add(subscription);
        }
    }

    private boolean forget(Subscription subscription) {
        synchronized (open) {
            return open.remove(subscription);
        }
    }

    @Override
    public String ownName() {
        return link.ownName();
    }

    @Override
    public Connections connections() {
        return asked(ConnectionReader::connections);
    }

    @Override
    public Departures departures() {
        return asked(ConnectionReader::departures);
    }

    private interface Asking<T> {
        T of(ConnectionReader reader) throws IOException;
    }

    private <T> T asked(Asking<T> what) {
        try {
            return what.of(new ConnectionReader(
                    link, link.up(), servers, link.options().requestTimeout()));
        } catch (IOException | IllegalStateException e) {
            throw link.failed("tell who is connected", e);
        }
    }

    @Override
    public int largestMessage() {
        return link.largestMessage();
    }

    /** Closes outside the lock: closing waits for a telling, and what is told may open or close something. */
    @Override
    public void close() {
        List<Subscription> last;
        synchronized (open) {
            closed = true;
            last = List.copyOf(open);
            open.clear();
        }
        last.forEach(Subscription::close);
        link.close();
    }
}
