package io.nationtech.harmony.mesh.nats;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.MessageHandler;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * Hears a subject on whatever connection there is. jnats subscribes again after a reconnect by itself; a connection that it
 * closed for good is followed by another, where {@link #ensure} subscribes anew.
 */
final class NatsHearing {
    private static final Logger LOG = System.getLogger(NatsHearing.class.getName());
    private static final long MOST_MESSAGES = 10_000;
    /** Two of the largest; beyond it messages are dropped, as otherwise a burst of large ones fills an agent's heap. */
    private static final long MOST_BYTES = 2 << 20;

    private final NatsLink link;
    private final String subject;
    private final MessageHandler handler;
    private Optional<On> now = Optional.empty();
    private boolean closed;

    private record On(Connection connection, Dispatcher dispatcher) {}

    NatsHearing(NatsLink link, String subject, MessageHandler handler) {
        this.link = link;
        this.subject = subject;
        this.handler = handler;
    }

    /**
     * From now on the subject is heard, on the connection that is up.
     *
     * @throws io.nationtech.harmony.mesh.MeshUnavailableException when there is none
     */
    synchronized void ensure() {
        Connection connection = link.up();
        if (closed || now.filter(on -> on.connection().equals(connection)).isPresent()) {
            return;
        }
        try {
            Dispatcher dispatcher = connection.createDispatcher(handler);
            dispatcher.setPendingLimits(MOST_MESSAGES, MOST_BYTES);
            dispatcher.subscribe(subject);
            now = Optional.of(new On(connection, dispatcher));
        } catch (IllegalStateException e) {
            throw link.failed("subscribe to '%s'".formatted(subject), e);
        }
    }

    /** How many messages were dropped since this was asked last, as they came faster than they were handled. */
    synchronized long dropped() {
        return now.map(on -> {
                    long dropped = on.dispatcher().getDroppedCount();
                    on.dispatcher().clearDroppedCount();
                    return dropped;
                })
                .orElse(0L);
    }

    /** Whether this is the dispatcher that hears the subject now. */
    synchronized boolean isBy(io.nats.client.Consumer consumer) {
        return now.filter(on -> on.dispatcher().equals(consumer)).isPresent();
    }

    synchronized void close() {
        closed = true;
        now.ifPresent(on -> {
            try {
                on.connection().closeDispatcher(on.dispatcher());
            } catch (IllegalStateException e) {
                LOG.log(Level.DEBUG, "The connection went first: {0}", e.getMessage());
            }
        });
    }
}
