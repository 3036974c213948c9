package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.backup.BackupAnswer;
import io.nationtech.harmony.domain.backup.BackupOrder;
import io.nationtech.harmony.domain.backup.BackupRequest;
import io.nationtech.harmony.domain.backup.WorkId;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.KindName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.BackupReply;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The nodes that keep copies of a deployment's data, and what is asked of them. */
record BackupNodes(Terminal terminal, Fleet fleet, DeploymentName deployment, List<NodeId> nodes) {
    private static final KindName KIND = KindName.of("backup");
    private static final Duration LOOK = Duration.ofMillis(500);
    /** An agent that starts again goes on with a restore. */
    private static final Duration SILENCE = Duration.ofMinutes(2);

    /** What came of a node's work. */
    record Ended(NodeId node, BackupAnswer answer) {
        boolean isGood() {
            return answer instanceof BackupAnswer.Done;
        }

        Object json() {
            return switch (answer) {
                case BackupAnswer.Done(String words) ->
                    Json.object("node", node.value(), "result", "done", "words", words);
                case BackupAnswer.Refused(Cause cause) ->
                    Json.object("node", node.value(), "result", "failed", "cause", Json.of(cause));
                case BackupAnswer.Listed _, BackupAnswer.Begun _, BackupAnswer.Working _ ->
                    Json.object("node", node.value(), "result", "unknown");
            };
        }
    }

    /**
     * Those that are there, or all where none is: a node that is lost may have been told of the data that another one has now.
     *
     * @throws CommandFailedException when no node keeps any
     */
    static BackupNodes of(Terminal terminal, Fleet fleet, DeploymentName deployment) {
        List<NodeStatus> told = fleet.inventory().nodes().stream()
                .filter(node -> Stream.ofNullable(node.desired().get(deployment))
                        .anyMatch(state -> !state.value().resources().isEmpty()))
                .toList();
        if (told.isEmpty()) {
            throw DeploymentArgument.unknown(deployment);
        }
        List<NodeStatus> keeping = told.stream()
                .filter(node -> Stream.ofNullable(node.desired().get(deployment))
                        .flatMap(state -> state.value().resources().stream())
                        .anyMatch(resource -> resource.id().kind().equals(KIND)))
                .toList();
        if (keeping.isEmpty()) {
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    new Cause(
                            "deployment '%s' has no backup".formatted(deployment),
                            "mesh, desired state",
                            "declare one, service.with(BackedUp.to(…)), and deploy"));
        }
        List<NodeId> alive = ids(keeping.stream().filter(NodeStatus::isAlive));
        List<NodeId> lost = ids(keeping.stream().filter(node -> !node.isAlive()));
        if (alive.isEmpty()) {
            return new BackupNodes(terminal, fleet, deployment, lost);
        }
        lost.forEach(node -> terminal.say("%s: is lost, and left out".formatted(node)));
        return new BackupNodes(terminal, fleet, deployment, alive);
    }

    private static List<NodeId> ids(Stream<NodeStatus> nodes) {
        return nodes.map(node -> node.info().id()).toList();
    }

    /** What each node answers at once. */
    Map<NodeId, BackupAnswer> ask(BackupOrder order) {
        Map<NodeId, BackupAnswer> answers = new TreeMap<>();
        nodes.forEach(node -> answers.put(node, ask(node, order)));
        return answers;
    }

    private BackupAnswer ask(NodeId node, BackupOrder order) {
        return switch (fleet.commands().backup(node, new BackupRequest(deployment, order))) {
            case BackupReply.Said(BackupAnswer answer) -> answer;
            case BackupReply.Silent(Cause why) -> new BackupAnswer.Refused(why);
        };
    }

    /** Has work done, and waits for its end on all nodes that have something to do. */
    List<Ended> work(BackupOrder order) {
        List<Ended> ended = new ArrayList<>();
        Map<NodeId, BackupAnswer> answers = ask(order);
        boolean isBegun = answers.values().stream().anyMatch(BackupAnswer.Begun.class::isInstance);
        answers.forEach((node, answer) -> {
            switch (answer) {
                case BackupAnswer.Begun(WorkId work) -> ended.add(new Ended(node, awaited(node, work)));
                case BackupAnswer.Refused refused when !isBegun -> ended.add(new Ended(node, refused));
                // Data that is named is another node's.
                case BackupAnswer.Refused _, BackupAnswer.Listed _, BackupAnswer.Working _, BackupAnswer.Done _ -> {}
            }
        });
        return ended;
    }

    private BackupAnswer awaited(NodeId node, WorkId work) {
        BackupOrder progress = new BackupOrder.Progress(work);
        String said = "";
        Instant heard = terminal.clock().instant();
        while (true) {
            switch (asked(node, progress)) {
                case BackupReply.Said(BackupAnswer.Working(String words)) -> {
                    heard = terminal.clock().instant();
                    if (!words.equals(said)) {
                        said = words;
                        terminal.say("%s: %s".formatted(node, LogsCommand.printable(words)));
                    }
                }
                case BackupReply.Said(BackupAnswer answer) -> {
                    return answer;
                }
                case BackupReply.Silent(Cause why) -> {
                    if (Duration.between(heard, terminal.clock().instant()).compareTo(SILENCE) > 0) {
                        return new BackupAnswer.Refused(why);
                    }
                }
            }
            LockSupport.parkNanos(LOOK.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                return new BackupAnswer.Refused(new Cause(
                        "nobody waited for the end of %s".formatted(work),
                        "node " + node,
                        "the node goes on with it; `harmony backup list %s` shows what came of it"
                                .formatted(deployment)));
            }
        }
    }

    /** A mesh that is away comes back, as a node does. */
    private BackupReply asked(NodeId node, BackupOrder order) {
        try {
            return fleet.commands().backup(node, new BackupRequest(deployment, order));
        } catch (MeshUnavailableException e) {
            return new BackupReply.Silent(e.why());
        }
    }

    /** Shows what came of it. */
    int tell(List<Ended> ended, OutputOption output) {
        terminal.result(output.answer(
                () -> ended.stream()
                        .filter(Ended::isGood)
                        .map(one -> "%s: %s%n"
                                .formatted(
                                        one.node(),
                                        one.answer() instanceof BackupAnswer.Done(String words)
                                                ? LogsCommand.printable(words)
                                                : ""))
                        .reduce("", String::concat),
                () -> Json.object("nodes", ended.stream().map(Ended::json).toList())));
        ended.forEach(one -> {
            if (one.answer() instanceof BackupAnswer.Refused(Cause cause)) {
                terminal.complain(cause);
            }
        });
        return (ended.stream().allMatch(Ended::isGood) ? ExitCode.DONE : ExitCode.FAILED).code();
    }
}
