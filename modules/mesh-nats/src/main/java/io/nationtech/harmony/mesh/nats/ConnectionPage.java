package io.nationtech.harmony.mesh.nats;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/**
 * What one server says of connections. Read piece by piece, as ten thousand of them, with the logins that the server adds, are more than an
 * agent's heap.
 *
 * @param server its own id
 * @param now by its clock
 * @param total how many connections it could tell of
 */
record ConnectionPage(String server, Instant now, int total, List<One> connections) {
    private static final JsonFactory JSON = new JsonFactory();
    /** The key of a user, as a login has one (NATS' ADR-14). */
    private static final Pattern KEY = Pattern.compile("U[A-Z2-7]{55}");

    /**
     * One connection.
     *
     * @param id grows with each connection that a server takes
     * @param name of the login its key, which the server has checked; else what the client said
     * @param account empty for the one that everybody has on a server that was told of none
     */
    record One(long id, String name, String account, Instant start, Optional<Instant> stop) {}

    ConnectionPage {
        connections = List.copyOf(connections);
    }

    /**
     * @throws IOException when the server refuses, or this is no such answer
     */
    static ConnectionPage of(byte[] answer) throws IOException {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), answer)) {
            return new Reading(json).page();
        } catch (JacksonException | DateTimeException e) {
            throw new IOException("the server's list of connections makes no sense: " + e.getMessage(), e);
        }
    }

    /** Whether nothing is missing between this and what was read before, up to a connection's id. */
    boolean continues(long lastId) {
        return !connections.isEmpty() && connections.getFirst().id() <= lastId;
    }

    /** The id of the last connection; less than that of any where there is none. */
    long lastId() {
        return connections.isEmpty() ? 0 : connections.getLast().id();
    }

    private static final class Reading {
        private final JsonParser json;
        private final List<One> connections = new ArrayList<>();
        private Optional<String> refusal = Optional.empty();
        private String server = "";
        private Instant now = Instant.EPOCH;
        private int total;

        Reading(JsonParser json) {
            this.json = json;
        }

        ConnectionPage page() throws IOException {
            json.nextToken();
            fields(this::part);
            if (refusal.isPresent()) {
                throw new IOException(refusal.get());
            }
            if (server.isEmpty()) {
                throw new IOException("the server's list of connections has no content");
            }
            return new ConnectionPage(server, now, total, connections);
        }

        /** Goes through the object that begins here. */
        private void fields(Consumer<String> reader) {
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                json.nextToken();
                reader.accept(name);
                json.skipChildren();
            }
        }

        private void part(String name) {
            switch (name) {
                case "data" -> fields(this::data);
                case "error" -> fields(this::error);
                default -> {}
            }
        }

        private void error(String name) {
            if (name.equals("description")) {
                refusal = Optional.of("the server tells nobody who is connected: " + json.getString());
            }
        }

        private void data(String name) {
            switch (name) {
                case "server_id" -> server = json.getString();
                case "now" -> now = Instant.parse(json.getString());
                case "total" -> total = json.getIntValue();
                case "connections" -> connections();
                default -> {}
            }
        }

        private void connections() {
            if (json.currentToken() != JsonToken.START_ARRAY) {
                throw new StreamReadException(json, "connections are no list");
            }
            while (json.nextToken() == JsonToken.START_OBJECT) {
                connections.add(one());
            }
        }

        private One one() {
            Parts parts = new Parts();
            fields(name -> {
                switch (name) {
                    case "cid" -> parts.id = json.getLongValue();
                    case "name" -> parts.said = json.getString();
                    case "authorized_user" -> parts.user = json.getString();
                    case "account" -> parts.account = json.getString();
                    case "start" -> parts.start = Instant.parse(json.getString());
                    case "stop" -> parts.stop = Optional.of(Instant.parse(json.getString()));
                    default -> {}
                }
            });
            return new One(
                    parts.id,
                    KEY.matcher(parts.user).matches() ? parts.user : parts.said,
                    parts.account,
                    parts.start,
                    parts.stop);
        }
    }

    private static final class Parts {
        private long id;
        private String said = "";
        private String user = "";
        private String account = "";
        private Instant start = Instant.EPOCH;
        private Optional<Instant> stop = Optional.empty();
    }
}
