package io.nationtech.harmony.mesh;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A connection to the mesh. It reconnects by itself for as long as it is open; what is asked while it is away fails with
 * {@link MeshUnavailableException} instead of waiting. Safe for use by several threads.
 */
public interface Mesh extends AutoCloseable {

    /** Whether the mesh can be reached. */
    enum Status {
        CONNECTED,
        DISCONNECTED
    }

    /** How the connection is now. */
    Status status();

    /** Tells every change of {@link #status} from now on, in order. */
    Subscription onStatus(Consumer<Status> listener);

    /**
     * Makes a bucket where there is none. Of an existing one, only the history is changed: the oldest revisions beyond it are lost.
     *
     * @param history how many revisions of a key are kept; 1 to 64
     * @param durability a server that knows no other (NATS before 2.12) does it at once
     * @throws MeshUnavailableException when the mesh cannot be asked or refuses
     */
    void ensureBucket(BucketName name, int history, Durability durability);

    /** The same, of what outlives a power cut {@linkplain Durability#AT_ONCE at once}. */
    default void ensureBucket(BucketName name, int history) {
        ensureBucket(name, history, Durability.AT_ONCE);
    }

    /**
     * Makes a bucket of records where there is none: each write adds one, and nobody changes or takes away any, not even by deleting its key. An
     * existing one stays as it is. In a mesh of several servers it is made with a copy on each of three, or not yet.
     *
     * @param perKey how many of a key are kept, the newest; no key takes another's room
     * @param age for how long
     * @throws MeshUnavailableException when the mesh cannot be asked or refuses
     */
    void ensureRecords(BucketName name, int perKey, Duration age);

    /** A bucket; nothing is asked of the mesh yet. */
    Bucket bucket(BucketName name);

    /**
     * Answers requests on a subject, each on a virtual thread of its own. A responder that throws leaves the request without an
     * answer.
     */
    Subscription respond(Subject subject, UnaryOperator<Payload> responder);

    /**
     * Asks whoever answers on a subject.
     *
     * @throws MeshUnavailableException when the mesh cannot be asked
     */
    Reply request(Subject subject, Payload payload, Duration timeout);

    /** What the mesh calls this connection: the key of its login, and without one the name under which it connected, which proves nothing. */
    String ownName();

    /**
     * Who is connected now.
     *
     * @throws MeshUnavailableException when the mesh cannot be asked, or does not tell this connection
     */
    Connections connections();

    /**
     * Who is not any more.
     *
     * @throws MeshUnavailableException when the mesh cannot be asked, or does not tell this connection
     */
    Departures departures();

    /** The most bytes that one message may have, headers included, as far as is known now; {@link Payload#LARGEST} at most. */
    default int largestMessage() {
        return Payload.LARGEST;
    }

    /** Ends the connection and everything that came of it. */
    @Override
    void close();
}
