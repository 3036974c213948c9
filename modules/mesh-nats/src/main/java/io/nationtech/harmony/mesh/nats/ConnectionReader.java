package io.nationtech.harmony.mesh.nats;

import io.nationtech.harmony.mesh.Connections;
import io.nationtech.harmony.mesh.Departures;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who is connected, by what servers tell of the connections of one's own account to whoever may ask (nats-server's monitoring over the system
 * account, CONNZ; tried on 2.10 and 2.15). Each server of a cluster answers for itself.
 */
record ConnectionReader(NatsLink link, Connection connection, ServersSeen servers, Duration timeout) {
    /** Whom a server asks is for it to say, by the account that this comes from. */
    private static final String SUBJECT = "$SYS.REQ.SERVER.PING.CONNZ";

    /** With the login, which the server adds, some 1.4 kB each. A server goes through all that it has for each question. */
    private static final int PAGE = 2_048;
    /** Of the page before, as those that go meanwhile move the others up. */
    private static final int OVERLAP = 128;

    private static final int TRIES = 3;
    /** After the first answer, so long others of a cluster are waited for. */
    private static final Duration QUIET = Duration.ofMillis(250);

    private static final String OPEN = "{\"auth\":true,\"sort\":\"cid\",\"offset\":%d,\"limit\":%d}";
    private static final String CLOSED = "{\"auth\":true,\"state\":1,\"sort\":\"stop\",\"limit\":%d}".formatted(PAGE);

    /**
     * @throws IOException when no server tells, or they are silent for longer than timeout
     */
    Connections connections() throws IOException {
        for (int tries = 0; tries < TRIES; tries++) {
            Map<String, ConnectionPage> pages = ask(OPEN.formatted(0, PAGE));
            Instant asOf = now(pages);
            // Noted before anybody is missed.
            servers.note(pages.keySet(), asOf);
            Optional<Set<String>> names = names(pages);
            if (names.isPresent()) {
                return new Connections(names.get(), asOf);
            }
        }
        throw new IOException("connections come and go faster than the server tells of them");
    }

    private static Instant now(Map<String, ConnectionPage> pages) {
        return pages.values().stream()
                .map(ConnectionPage::now)
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /** From these first pages on to the last; empty when so many went meanwhile that some may be missing. */
    private Optional<Set<String>> names(Map<String, ConnectionPage> first) throws IOException {
        Set<String> names = new HashSet<>();
        Map<String, ConnectionPage> pages = first;
        for (int read = PAGE; true; read += PAGE - OVERLAP) {
            pages.values().forEach(page -> page.connections().forEach(one -> names.add(one.name())));
            Map<String, Long> unread = unread(pages, read);
            if (unread.isEmpty()) {
                return Optional.of(names);
            }
            pages = ask(OPEN.formatted(read - OVERLAP, PAGE));
            if (!continues(pages, unread)) {
                return Optional.empty();
            }
        }
    }

    /** The servers that have more than was read, and the last connection of each that was. */
    private static Map<String, Long> unread(Map<String, ConnectionPage> pages, int read) {
        return pages.values().stream()
                .filter(page -> page.total() > read)
                .collect(Collectors.toMap(ConnectionPage::server, ConnectionPage::lastId));
    }

    private static boolean continues(Map<String, ConnectionPage> pages, Map<String, Long> unread) {
        return unread.entrySet().stream()
                .allMatch(last -> pages.containsKey(last.getKey())
                        && pages.get(last.getKey()).continues(last.getValue()));
    }

    /**
     * @throws IOException when no server tells, or they are silent for longer than timeout
     */
    Departures departures() throws IOException {
        Map<String, Instant> ended = new HashMap<>();
        Map<String, ConnectionPage> closed = ask(CLOSED);
        servers.note(closed.keySet(), now(closed));
        closed.values()
                .forEach(page -> page.connections()
                        .forEach(one ->
                                one.stop().ifPresent(stop -> ended.merge(one.name(), stop, ConnectionReader::later))));
        // A server remembers since it was started: since its oldest connection at least, of which this one may be.
        Map<String, ConnectionPage> oldest = ask(OPEN.formatted(0, 1));
        Instant since = closed.values().stream()
                .map(page -> since(page, oldest))
                .max(Instant::compareTo)
                .orElseThrow();
        return new Departures(ended, link.isCluster() ? later(since, servers.complete()) : since);
    }

    private Instant since(ConnectionPage closed, Map<String, ConnectionPage> oldest) {
        ConnectionPage open = oldest.get(closed.server());
        Instant seen = servers.since(closed.server());
        if (open == null) {
            return closed.now();
        }
        if (open.connections().isEmpty()) {
            return earlier(seen, closed.now());
        }
        // Of the account that everybody has, a server tells nothing that is over (tried on 2.10 and 2.15).
        if (open.connections().getFirst().account().isEmpty()) {
            return closed.now();
        }
        Instant started = earlier(seen, open.connections().getFirst().start());
        return closed.total() > closed.connections().size()
                        && !closed.connections().isEmpty()
                ? closed.connections()
                        .getLast()
                        .stop()
                        .map(last -> later(last, started))
                        .orElse(closed.now())
                : started;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Each server's answer, by its id. */
    private Map<String, ConnectionPage> ask(String question) throws IOException {
        String inbox = connection.createInbox();
        Subscription answers = connection.subscribe(inbox);
        // Whoever waits for it then ends at once.
        try (io.nationtech.harmony.mesh.Subscription _ = link.onRefusal(SUBJECT, answers::unsubscribe)) {
            connection.publish(SUBJECT, inbox, question.getBytes(StandardCharsets.UTF_8));
            Map<String, ConnectionPage> pages = new HashMap<>();
            for (Message answer : answers(answers)) {
                if (answer.isStatusMessage()) {
                    throw new IOException("the server tells nobody who is connected");
                }
                ConnectionPage page = ConnectionPage.of(answer.getData());
                pages.put(page.server(), page);
            }
            return pages;
        } finally {
            if (answers.isActive()) {
                answers.unsubscribe();
            }
        }
    }

    private List<Message> answers(Subscription answers) throws IOException {
        try {
            List<Message> heard = new ArrayList<>();
            Message next = answers.nextMessage(timeout);
            while (next != null) {
                heard.add(next);
                next = link.isCluster() ? answers.nextMessage(QUIET) : null;
            }
            if (heard.isEmpty()) {
                throw new SilentServer(timeout);
            }
            return heard;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the answer", e);
        }
    }
}
