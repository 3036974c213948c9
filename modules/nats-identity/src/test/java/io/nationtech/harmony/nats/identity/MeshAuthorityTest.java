package io.nationtech.harmony.nats.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.contract.NatsServer;
import io.nats.client.AuthHandler;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.Subscription;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What real servers, the oldest and the newest, let those in to do who were let in by an authority's roles. */
class MeshAuthorityTest {
    private static final String DIRECT = "$JS.API.DIRECT.GET.KV_told";
    private static final MeshRole NODE = new MeshRole(
            "node",
            List.of(
                    DIRECT + ".$KV.told." + MeshRole.NAME,
                    DIRECT + ".$KV.told." + MeshRole.NAME + ".>",
                    "$KV.said." + MeshRole.NAME + ".>"),
            List.of("_INBOX." + MeshRole.NAME + ".>", "changes.told." + MeshRole.NAME + ".>"));
    private static final MeshRole OPERATOR = new MeshRole("operator", List.of(">"), List.of(">"));
    private static final MeshRole MUTE = new MeshRole("mute", List.of(), List.of("_INBOX." + MeshRole.NAME + ".>"));
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Instant now = Instant.now();
    private final MeshAuthority authority = MeshAuthority.create(List.of(NODE, OPERATOR, MUTE));
    private final Map<String, KeyPair> keys = new ConcurrentHashMap<>();
    private final List<Connection> open = new ArrayList<>();
    private final ConcurrentLinkedQueue<String> refusals = new ConcurrentLinkedQueue<>();

    @AfterEach
    void end() throws InterruptedException {
        for (Connection connection : open) {
            connection.close();
        }
        keys.values().forEach(KeyPair::close);
        authority.close();
    }

    private NatsServer server(String program) {
        return NatsServer.start(program, """
                operator: %s
                system_account: %s
                resolver: { type: full, dir: "%%s-accounts", allow_delete: false, interval: "2m" }
                resolver_preload: { %s: %s
                  %s: %s }
                """.formatted(
                        authority.operatorToken(now),
                        authority.system().publicKey(),
                        authority.account().publicKey(),
                        authority.accountToken(Map.of(), now),
                        authority.system().publicKey(),
                        authority.systemToken(now)));
    }

    private KeyPair key(String name) {
        return keys.computeIfAbsent(name, _ -> KeyPair.generate(KeyKind.USER));
    }

    private Token login(MeshRole role, String name) {
        return authority.login(role, ClientName.of(name), key(name).publicKey(), now.plus(Duration.ofHours(1)), now);
    }

    private Connection connect(NatsServer server, String name, Token login) throws Exception {
        KeyPair key = key(name);
        Connection connection = Nats.connect(Options.builder()
                .server(server.url())
                .inboxPrefix("_INBOX." + name + ".")
                .maxReconnects(0)
                .authHandler(new AuthHandler() {
                    @Override
                    public byte[] sign(byte[] nonce) {
                        return key.sign(nonce);
                    }

                    @Override
                    public char[] getID() {
                        return key.publicKey().text().toCharArray();
                    }

                    @Override
                    public char[] getJWT() {
                        return login.text().toCharArray();
                    }
                })
                .errorListener(new ErrorListener() {
                    @Override
                    public void errorOccurred(Connection source, String error) {
                        refusals.add(error);
                    }
                })
                .build());
        open.add(connection);
        return connection;
    }

    /** What a server says to who shows a login, and signs with the key of n1: NATS' protocol, without a client that tries again. */
    private String greeted(NatsServer server, Token login) throws IOException {
        URI place = URI.create(server.url());
        try (Socket socket = new Socket(place.getHost(), place.getPort());
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            socket.setSoTimeout(Math.toIntExact(SOON.toMillis()));
            Matcher nonce = Pattern.compile("\"nonce\":\"([^\"]+)\"").matcher(lines.readLine());
            assertTrue(nonce.find());
            byte[] signature = key("n1").sign(nonce.group(1).getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream()
                    .write("CONNECT {\"verbose\":false,\"protocol\":1,\"jwt\":\"%s\",\"sig\":\"%s\"}\r\nPING\r\n"
                            .formatted(
                                    login,
                                    Base64.getUrlEncoder().withoutPadding().encodeToString(signature))
                            .getBytes(StandardCharsets.US_ASCII));
            return lines.lines()
                    .filter(line -> line.startsWith("-ERR") || line.equals("PONG"))
                    .findFirst()
                    .orElse("nothing");
        }
    }

    private static Token changed(Token login) {
        return new Token(login.text().replaceFirst("\\.[^.]", ".A"), login.about(), login.name(), login.until());
    }

    /** What comes back; empty when the server refuses the subject. */
    private Optional<String> ask(Connection connection, String subject, String payload) throws Exception {
        refusals.clear();
        CompletableFuture<Message> answer =
                connection.request(subject, new Headers(), payload.getBytes(StandardCharsets.UTF_8));
        Eventually.holds(
                subject + " is answered or refused", () -> answer.isDone() || isRefused("Publish to \"" + subject));
        return answer.isDone()
                ? Optional.of(new String(answer.get().getData(), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private boolean isRefused(String what) {
        return refusals.stream().anyMatch(refusal -> refusal.contains("Permissions Violation for " + what));
    }

    private void hearsNothingAt(Connection connection, String subject) {
        refusals.clear();
        connection.subscribe(subject);
        Eventually.holds(subject + " is refused", () -> isRefused("Subscription to \"" + subject));
    }

    private Connection fill(NatsServer server) throws Exception {
        Connection operator = connect(server, "ada", login(OPERATOR, "ada"));
        for (String bucket : List.of("told", "said")) {
            operator.jetStreamManagement()
                    .addStream(StreamConfiguration.builder()
                            .name("KV_" + bucket)
                            .subjects("$KV." + bucket + ".>")
                            .maxMessagesPerSubject(1)
                            .allowDirect(true)
                            .build());
        }
        for (String told : List.of("n1", "n1.web", "n1.db", "n2.web")) {
            operator.jetStream().publish("$KV.told." + told, told.getBytes(StandardCharsets.UTF_8));
        }
        return operator;
    }

    @ParameterizedTest
    @ValueSource(strings = {NatsServer.NEWEST, NatsServer.OLDEST})
    void whoIsLetInByARoleMayDoWhatItSaysAndNoMore(String program) throws Exception {
        try (NatsServer server = server(program)) {
            Connection operator = fill(server);
            Connection node = connect(server, "n1", login(NODE, "n1"));
            assertEquals(Optional.of("n1"), ask(node, DIRECT + ".$KV.told.n1", ""));
            assertEquals(Optional.of("n1.web"), ask(node, DIRECT + ".$KV.told.n1.web", ""));
            assertTrue(ask(node, "$KV.said.n1.web", "well").orElseThrow().contains("\"stream\":\"KV_said\""));
            assertEquals(
                    Optional.of(""),
                    ask(node, DIRECT + ".$KV.told.n1.web", "{\"seq\":1,\"next_by_subj\":\"$KV.told.n2.>\"}"),
                    "the server answers that this is no request");

            for (String other : List.of(
                    DIRECT + ".$KV.told.n2.web",
                    DIRECT + ".$KV.told.*.web",
                    DIRECT + ".$KV.told.>",
                    DIRECT + ".$KV.said.n1.web",
                    DIRECT,
                    "$JS.API.STREAM.MSG.GET.KV_told",
                    "$JS.API.STREAM.INFO.KV_told",
                    "$JS.API.STREAM.NAMES",
                    "$JS.API.STREAM.PURGE.KV_told",
                    "$JS.API.STREAM.DELETE.KV_told",
                    "$JS.API.STREAM.UPDATE.KV_told",
                    "$JS.API.CONSUMER.CREATE.KV_told",
                    "$JS.API.CONSUMER.CREATE.KV_told.own",
                    "$JS.API.CONSUMER.CREATE.KV_told.own.$KV.told.n1.>",
                    "$JS.API.CONSUMER.DURABLE.CREATE.KV_told.own",
                    "$JS.API.INFO",
                    "$KV.told.n1.web",
                    "$KV.told.n2.web",
                    "$KV.said.n2.web",
                    "changes.told.n1.web",
                    "changes.told.n2.web",
                    "_INBOX.ada.1",
                    "$SYS.REQ.ACCOUNT.PING.INFO")) {
                assertEquals(Optional.empty(), ask(node, other, ""), other);
            }
            Subscription own = node.subscribe("changes.told.n1.>");
            node.flush(SOON);
            operator.publish("changes.told.n1.web", new byte[0]);
            assertEquals("changes.told.n1.web", own.nextMessage(SOON).getSubject());
            for (String other : List.of(
                    "changes.told.n2.web",
                    "changes.told.*.web",
                    "changes.told.>",
                    "_INBOX.>",
                    "_INBOX.ada.>",
                    "$KV.told.n1.web",
                    "$KV.>",
                    "$JS.API.>",
                    ">")) {
                hearsNothingAt(node, other);
            }
            Connection mute = connect(server, "m1", login(MUTE, "m1"));
            assertEquals(Optional.empty(), ask(mute, "anything", ""), "nothing permitted is not everything");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NatsServer.NEWEST, NatsServer.OLDEST})
    void whoIsRevokedIsOutAtOnceAndComesInNoMore(String program) throws Exception {
        try (NatsServer server = server(program)) {
            Connection one = connect(server, "n1", login(NODE, "n1"));
            Connection other = connect(server, "n2", login(NODE, "n2"));
            Connection system = connect(
                    server,
                    "sys",
                    authority.systemLogin(
                            ClientName.of("sys"), key("sys").publicKey(), now.plus(Duration.ofHours(1)), now));
            Instant later = now.plusSeconds(1);
            Token account = authority.accountToken(Map.of(key("n1").publicKey(), later), later);

            String answer = new String(
                    system.request("$SYS.REQ.CLAIMS.UPDATE", account.text().getBytes(StandardCharsets.US_ASCII), SOON)
                            .getData(),
                    StandardCharsets.UTF_8);

            assertTrue(answer.contains("\"code\":200"), answer);
            Eventually.holds("its connection ends", () -> one.getStatus() == Connection.Status.CLOSED);
            assertEquals("-ERR 'Authorization Violation'", greeted(server, login(NODE, "n1")));
            assertEquals(Connection.Status.CONNECTED, other.getStatus());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NatsServer.NEWEST, NatsServer.OLDEST})
    void whoWasLetInByNobodyHereStaysOut(String program) throws Exception {
        try (NatsServer server = server(program);
                MeshAuthority elsewhere = MeshAuthority.create(List.of(NODE))) {
            PublicKey own = key("n1").publicKey();
            Instant end = now.plus(Duration.ofHours(1));
            KeyPair role = Optional.ofNullable(authority.roles().get(NODE)).orElseThrow();
            Map<String, Token> logins = Map.of(
                    "another authority's",
                    elsewhere.login(NODE, ClientName.of("n1"), own, end, now),
                    "one that is over",
                    authority.login(NODE, ClientName.of("n1"), own, now.minusSeconds(1), now.minusSeconds(60)),
                    "another's key",
                    login(NODE, "n2"),
                    "more than the role permits",
                    Token.issue(
                            role,
                            new Token.Claims(
                                    own,
                                    "n1",
                                    Optional.of(end),
                                    Map.of(
                                            "type",
                                            "user",
                                            "version",
                                            2,
                                            "issuer_account",
                                            authority.account().publicKey().text(),
                                            "pub",
                                            Map.of("allow", List.of(">")))),
                            now),
                    "one that was changed",
                    changed(login(NODE, "n1")));

            for (Map.Entry<String, Token> login : logins.entrySet()) {
                assertEquals("-ERR 'Authorization Violation'", greeted(server, login.getValue()), login.getKey());
            }
            assertEquals("PONG", greeted(server, login(NODE, "n1")));
        }
    }
}
