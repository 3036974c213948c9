package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.backup.BackupAnswer;
import io.nationtech.harmony.domain.backup.BackupRequest;
import io.nationtech.harmony.domain.node.AgentRun;
import io.nationtech.harmony.domain.system.ResetAnswer;
import io.nationtech.harmony.domain.system.UpgradeAnswer;
import io.nationtech.harmony.domain.system.UpgradeOrder;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Reply;
import io.nationtech.harmony.mesh.Subject;
import io.nationtech.harmony.mesh.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** What can be asked of a node, and how a node answers: {@code node-commands.<node>.<verb>}. */
public final class NodeCommands {
    static final String PREFIX = "node-commands";
    private static final String PING = "ping";
    static final String LOGS = "logs";
    static final String EXEC = "exec";
    static final String RESTART = "restart";
    static final String UPGRADE = "upgrade";
    static final String RESET = "reset";
    private static final String CHALLENGE = "challenge";
    private static final String BACKUP = "backup";
    private static final String RUN = "run";
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration CHALLENGE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration BEGIN_TIMEOUT = Duration.ofSeconds(30);
    /** What a node needs to begin, to end what is over its deadline, and to keep both. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private static final Duration LOGS_TIMEOUT = Duration.ofSeconds(30);
    /** A store that is far away takes its time to be listed. */
    private static final Duration BACKUP_TIMEOUT = Duration.ofMinutes(2);

    private final Mesh mesh;
    private final FleetCodec codec;
    private final Signatures signatures;

    NodeCommands(Mesh mesh, FleetCodec codec, Signatures signatures) {
        this.mesh = mesh;
        this.codec = codec;
        this.signatures = signatures;
    }

    /** Whether the node's agent answers now. */
    public boolean ping(NodeId node) {
        return mesh.request(subject(node, PING), Payload.empty(), PING_TIMEOUT) instanceof Reply.Answer;
    }

    /**
     * What the containers of a deployment wrote on a node.
     *
     * @throws io.nationtech.harmony.mesh.MeshUnavailableException when the mesh cannot be asked or refuses, or nothing can be signed
     */
    public LogsReply logs(NodeId node, LogsRequest request) {
        return ask(node, LOGS, request, LOGS_TIMEOUT, codec::logsReply, LogsReply.Refused::new);
    }

    /** Runs a program in a container; throws as {@link #logs} does. */
    public ExecReply exec(NodeId node, ExecRequest request) {
        return ask(node, EXEC, request, request.deadline().plus(GRACE), codec::execReply, ExecReply.Refused::new);
    }

    /** Starts containers again; throws as {@link #logs} does. */
    public RestartReply restart(NodeId node, RestartRequest request) {
        return ask(
                node, RESTART, request, request.deadline().plus(GRACE), codec::restartReply, RestartReply.Failed::new);
    }

    /** Has a node run another operating system; it answers once it begins. Throws as {@link #logs} does. */
    public UpgradeAnswer upgrade(NodeId node, UpgradeOrder order) {
        return ask(
                node,
                UPGRADE,
                new UpgradeRequest(order),
                BEGIN_TIMEOUT,
                codec::upgradeAnswer,
                UpgradeAnswer.Refused::new);
    }

    /** Has a node forget everything; it answers once it begins. Throws as {@link #logs} does. */
    public ResetAnswer reset(NodeId node) {
        return ask(node, RESET, new ResetRequest(), BEGIN_TIMEOUT, codec::resetAnswer, ResetAnswer.Refused::new);
    }

    /**
     * Asks for a challenge, and then for what is wanted, signed with that.
     *
     * @param silence what is known when there is no answer
     */
    private <A> A ask(
            NodeId node,
            String verb,
            NodeRequest request,
            Duration timeout,
            Function<Payload, Decoded<A>> reading,
            Function<Cause, A> silence) {
        ChallengeRequest wish = new ChallengeRequest(request.about());
        return switch (read(node, CHALLENGE, codec.encode(wish), CHALLENGE_TIMEOUT, codec::challenge)) {
            case Decoded.Unreadable<Challenge>(Cause why) -> silence.apply(why);
            case Decoded.Value<Challenge>(Challenge challenge) -> {
                Payload signed = signatures.sign(
                        RequestGate.place(node, request.about(), verb, challenge.nonce()),
                        codec.encode(new ChallengedRequest(challenge.nonce(), request)),
                        challenge::after);
                yield switch (read(node, verb, signed, timeout, reading)) {
                    case Decoded.Value<A>(A answer) -> answer;
                    case Decoded.Unreadable<A>(Cause why) -> silence.apply(why);
                };
            }
        };
    }

    private <T> Decoded<T> read(
            NodeId node, String verb, Payload question, Duration timeout, Function<Payload, Decoded<T>> reading) {
        return switch (mesh.request(subject(node, verb), question, timeout)) {
            case Reply.Answer(Payload answer) -> reading.apply(answer);
            case Reply.NobodyThere() -> new Decoded.Unreadable<>(silent(node, "does not listen"));
            case Reply.TimedOut() ->
                new Decoded.Unreadable<>(silent(node, "did not answer within %d s".formatted(timeout.toSeconds())));
        };
    }

    /** What a node says of the copies of a deployment's data, or does about them. */
    public BackupReply backup(NodeId node, BackupRequest request) {
        return switch (mesh.request(subject(node, BACKUP), codec.encode(request), BACKUP_TIMEOUT)) {
            case Reply.Answer(Payload answer) ->
                switch (codec.backupAnswer(answer)) {
                    case Decoded.Value<BackupAnswer>(BackupAnswer said) -> new BackupReply.Said(said);
                    case Decoded.Unreadable<BackupAnswer>(Cause cause) ->
                        new BackupReply.Said(new BackupAnswer.Refused(cause));
                };
            case Reply.NobodyThere() -> new BackupReply.Silent(silent(node, "does not listen"));
            case Reply.TimedOut() ->
                new BackupReply.Silent(
                        silent(node, "did not answer within %d s".formatted(BACKUP_TIMEOUT.toSeconds())));
        };
    }

    /** Answers what a node is asked about copies of data. */
    public Subscription answerBackups(NodeId node, Function<BackupRequest, BackupAnswer> source) {
        return mesh.respond(
                subject(node, BACKUP),
                question -> codec.encode(
                        switch (codec.backupRequest(question)) {
                            case Decoded.Value<BackupRequest>(BackupRequest request) -> source.apply(request);
                            case Decoded.Unreadable<BackupRequest>(Cause cause) -> new BackupAnswer.Refused(cause);
                        }));
    }

    /** Answers pings to a node. */
    public Subscription answerPings(NodeId node) {
        return mesh.respond(subject(node, PING), _ -> Payload.empty());
    }

    /** Whether one run of the node's agent answers now; it looks then whose the node's name is. */
    public boolean call(NodeId node, AgentRun run) {
        return mesh.request(subject(node, run), Payload.empty(), PING_TIMEOUT) instanceof Reply.Answer;
    }

    /** Answers calls to one run of a node's agent. */
    public Subscription answerCalls(NodeId node, AgentRun run, Runnable called) {
        return mesh.respond(subject(node, run), _ -> {
            called.run();
            return Payload.empty();
        });
    }

    private static Subject subject(NodeId node, AgentRun run) {
        return Subject.of(PREFIX, node.value(), RUN, run.start());
    }

    /**
     * Answers what operators ask of a node, which is done only where the node believes who asks, and it is kept.
     *
     * @param nanos monotonic, in nanoseconds
     */
    public Subscription answerRequests(NodeId node, RequestSource source, LongSupplier nanos) {
        RequestGate gate =
                new RequestGate(node, codec, signatures, new AuditTrail(mesh, codec, signatures), source, nanos);
        List<Subscription> all = List.of(
                mesh.respond(subject(node, CHALLENGE), gate::challenge),
                mesh.respond(subject(node, LOGS), gate::logs),
                mesh.respond(subject(node, EXEC), gate::exec),
                mesh.respond(subject(node, RESTART), gate::restart),
                mesh.respond(subject(node, UPGRADE), gate::upgrade),
                mesh.respond(subject(node, RESET), gate::reset));
        return () -> all.forEach(Subscription::close);
    }

    private static Cause silent(NodeId node, String how) {
        return new Cause(
                "the agent of node '%s' %s".formatted(node, how),
                "node " + node,
                "look whether it runs: `harmony node show %s`, and on the node `systemctl status harmony`"
                        .formatted(node));
    }

    private static Subject subject(NodeId node, String verb) {
        return Subject.of(PREFIX, node.value(), verb);
    }
}
