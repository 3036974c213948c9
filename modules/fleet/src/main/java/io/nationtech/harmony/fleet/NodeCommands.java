package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.backup.BackupAnswer;
import io.nationtech.harmony.domain.backup.BackupRequest;
import io.nationtech.harmony.domain.node.AgentRun;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Reply;
import io.nationtech.harmony.mesh.Subject;
import io.nationtech.harmony.mesh.Subscription;
import java.time.Duration;
import java.util.function.Function;

/** What can be asked of a node, and how a node answers: {@code node-commands.<node>.<verb>}. */
public final class NodeCommands {
    private static final String PREFIX = "node-commands";
    private static final String PING = "ping";
    private static final String LOGS = "logs";
    private static final String BACKUP = "backup";
    private static final String RUN = "run";
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration LOGS_TIMEOUT = Duration.ofSeconds(30);
    /** A store that is far away takes its time to be listed. */
    private static final Duration BACKUP_TIMEOUT = Duration.ofMinutes(2);

    private final Mesh mesh;
    private final FleetCodec codec;

    NodeCommands(Mesh mesh, FleetCodec codec) {
        this.mesh = mesh;
        this.codec = codec;
    }

    /** Whether the node's agent answers now. */
    public boolean ping(NodeId node) {
        return mesh.request(subject(node, PING), Payload.empty(), PING_TIMEOUT) instanceof Reply.Answer;
    }

    /** What the containers of a deployment wrote on a node. */
    public LogsReply logs(NodeId node, LogsRequest request) {
        return switch (mesh.request(subject(node, LOGS), codec.encode(request), LOGS_TIMEOUT)) {
            case Reply.Answer(Payload answer) ->
                switch (codec.logsReply(answer)) {
                    case Decoded.Value<LogsReply>(LogsReply reply) -> reply;
                    case Decoded.Unreadable<LogsReply>(Cause cause) -> new LogsReply.Refused(cause);
                };
            case Reply.NobodyThere() -> new LogsReply.Refused(silent(node, "does not listen"));
            case Reply.TimedOut() ->
                new LogsReply.Refused(silent(node, "did not answer within %d s".formatted(LOGS_TIMEOUT.toSeconds())));
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

    /** Answers a node's requests for logs. */
    public Subscription answerLogs(NodeId node, Function<LogsRequest, LogsReply> source) {
        return mesh.respond(
                subject(node, LOGS),
                question -> codec.encode(
                        switch (codec.logsRequest(question)) {
                            case Decoded.Value<LogsRequest>(LogsRequest request) -> source.apply(request);
                            case Decoded.Unreadable<LogsRequest>(Cause cause) -> new LogsReply.Refused(cause);
                        }));
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
