package io.nationtech.harmony.node;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.node.ResourceStatus.Health;
import io.nationtech.harmony.domain.node.ResourceStatus.Phase;
import io.nationtech.harmony.domain.system.ResetAnswer;
import io.nationtech.harmony.domain.system.SystemUpgrades;
import io.nationtech.harmony.domain.system.UpgradeAnswer;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.fleet.ExecReply;
import io.nationtech.harmony.fleet.ExecReply.Output;
import io.nationtech.harmony.fleet.ExecRequest;
import io.nationtech.harmony.fleet.LogsReply;
import io.nationtech.harmony.fleet.LogsRequest;
import io.nationtech.harmony.fleet.Octets;
import io.nationtech.harmony.fleet.RequestSource;
import io.nationtech.harmony.fleet.ResetRequest;
import io.nationtech.harmony.fleet.RestartReply;
import io.nationtech.harmony.fleet.RestartRequest;
import io.nationtech.harmony.fleet.UpgradeRequest;
import io.nationtech.harmony.programs.Ended;
import io.nationtech.harmony.programs.Mark;
import io.nationtech.harmony.programs.Program;
import io.nationtech.harmony.programs.ProgramGroup;
import io.nationtech.harmony.programs.Written;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a node does for operators who ask: reads logs, runs programs in containers, starts containers again. Each bounded in how many at once. */
final class Requests implements RequestSource, AutoCloseable {
    /** Each reading costs a tool's start or two; a burst of them would take the processor from the heart. */
    private static final int READINGS_AT_ONCE = 2;

    private static final int WORKS_AT_ONCE = 4;
    private static final int ROOM_FOR_FORM = 1 << 13;
    private static final int CODES = 0xff;
    private static final Output NO_OUTPUT = new Output(Octets.none(), 0);
    /** Should nobody tell of a change. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final NodeId id;
    private final Drivers drivers;
    private final Known known;
    private final Optional<SystemUpgrades> upgrades;
    private final IntSupplier largestMessage;
    private final LongSupplier nanos;
    private final Semaphore readings = new Semaphore(READINGS_AT_ONCE);
    private final Semaphore works = new Semaphore(WORKS_AT_ONCE);
    private final ProgramGroup programs = new ProgramGroup();
    /** Of those who wait for a change. */
    private final Set<Semaphore> waiting = ConcurrentHashMap.newKeySet();

    /**
     * What the node knows of deployments.
     *
     * @param state what the node last said of one
     * @param states the same, of all
     * @param isKept whether there is such a one
     */
    record Known(
            Function<DeploymentName, Optional<NodeState>> state,
            Supplier<Collection<NodeState>> states,
            Predicate<DeploymentName> isKept) {}

    Requests(
            NodeId id,
            Drivers drivers,
            Known known,
            Optional<SystemUpgrades> upgrades,
            IntSupplier largestMessage,
            LongSupplier nanos) {
        this.id = id;
        this.drivers = drivers;
        this.known = known;
        this.upgrades = upgrades;
        this.largestMessage = largestMessage;
        this.nanos = nanos;
    }

    /** Something may have changed. */
    void look() {
        waiting.forEach(Semaphore::release);
    }

    /** Ends the programs that it runs. */
    @Override
    public void close() {
        programs.close();
    }

    @Override
    public Optional<Instant> followed(Optional<DeploymentName> deployment) {
        Stream<NodeState> about = deployment
                .map(name -> known.state().apply(name).stream())
                .orElseGet(() -> known.states().get().stream());
        return about.map(NodeState::notBefore).flatMap(Optional::stream).max(Comparator.naturalOrder());
    }

    @Override
    public UpgradeAnswer upgrade(UpgradeRequest request) {
        return upgrades.map(system -> system.upgrade(request.order()))
                .orElseGet(
                        () -> new UpgradeAnswer.Refused(
                                notOurs(
                                        "upgrade it as its distribution says (Debian: `apt upgrade`), or install the node from a release's disk image")));
    }

    @Override
    public ResetAnswer reset(ResetRequest request) {
        return upgrades.map(SystemUpgrades::reset)
                .orElseGet(
                        () -> new ResetAnswer.Refused(
                                notOurs(
                                        "withdraw what it has (`harmony withdraw`), end its agent, and delete the agent's folder there")));
    }

    private Cause notOurs(String next) {
        return new Cause(
                "this node's operating system is not exchanged as a whole: it was not installed from Harmony's image",
                "node " + id,
                next);
    }

    private <A> A within(Semaphore places, String many, Function<Cause, A> refusal, Supplier<A> work) {
        if (!places.tryAcquire()) {
            return refusal.apply(
                    new Cause(many + " are being answered already", "node " + id, "ask again in a moment"));
        }
        try {
            return work.get();
        } catch (RuntimeUnavailableException e) {
            return refusal.apply(e.why());
        } finally {
            places.release();
        }
    }

    @Override
    public LogsReply logs(LogsRequest request) {
        return within(readings, READINGS_AT_ONCE + " requests for logs", LogsReply.Refused::new, () -> read(request));
    }

    private LogsReply read(LogsRequest request) {
        DeploymentName deployment = request.deployment();
        List<LogsReply.Line> lines = drivers.logs(deployment, request.lines())
                .map(line -> new LogsReply.Line(line.resource().name(), line.text()))
                .toList();
        return lines.isEmpty() && !known.isKept().test(deployment)
                ? new LogsReply.Refused(unknown(deployment))
                : LogsReply.Lines.newest(lines, largestMessage.getAsInt());
    }

    private Cause unknown(DeploymentName deployment) {
        return new Cause(
                "there is nothing of deployment '%s' on this node".formatted(deployment),
                "node " + id,
                "`harmony status` shows where it runs");
    }

    @Override
    public ExecReply exec(ExecRequest request) {
        return within(works, WORKS_AT_ONCE + " requests for programs and restarts", ExecReply.Refused::new, () -> {
            List<ContainerName> there = drivers.containers(request.deployment()).stream()
                    .map(Requests::name)
                    .toList();
            return switch (chosen(there, request)) {
                case Choice.One(ContainerName container) -> exec(container, request);
                case Choice.None(Cause why) -> new ExecReply.Refused(why);
            };
        });
    }

    private sealed interface Choice {
        record One(ContainerName container) implements Choice {}

        record None(Cause why) implements Choice {}
    }

    private Choice chosen(List<ContainerName> there, ExecRequest request) {
        DeploymentName deployment = request.deployment();
        if (there.isEmpty()) {
            return new Choice.None(unknown(deployment));
        }
        if (request.container().isEmpty()) {
            return there.size() == 1
                    ? new Choice.One(there.getFirst())
                    : new Choice.None(new Cause(
                            "deployment '%s' has %d containers here".formatted(deployment, there.size()),
                            "node " + id,
                            "name one of them: " + names(there)));
        }
        ContainerName wanted = request.container().get();
        return there.contains(wanted) ? new Choice.One(wanted) : new Choice.None(missing(deployment, wanted, there));
    }

    private Cause missing(DeploymentName deployment, ContainerName wanted, List<ContainerName> there) {
        return new Cause(
                "deployment '%s' has no container '%s' here".formatted(deployment, wanted),
                "node " + id,
                "it has: " + names(there));
    }

    private static String names(List<ContainerName> there) {
        return there.stream().map(ContainerName::value).collect(Collectors.joining(", "));
    }

    private ExecReply exec(ContainerName container, ExecRequest request) {
        String where = "node %s, deployment %s, container %s".formatted(id, request.deployment(), container);
        Mark mark = Mark.fresh();
        List<String> words = drivers.data()
                .command(request.deployment(), container, request.command(), Map.of(Mark.VARIABLE, mark.value()));
        Program program = Program.of(words)
                .marked(mark)
                .reading(ByteBuffer.wrap(request.input().bytes()))
                .keeping(mostOutput());
        try {
            return reply(programs.run(program, request.deadline()), request.deadline(), where);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ExecReply.Failed(agentEnds(where), NO_OUTPUT, NO_OUTPUT);
        }
    }

    private static ExecReply reply(Ended ended, Duration deadline, String where) {
        return switch (ended) {
            case Ended.Exited(int code, Written output, Written errors) ->
                new ExecReply.Exited(code & CODES, output(output), output(errors));
            case Ended.Killed(Ended.Reason reason, Duration _, Written output, Written errors) ->
                new ExecReply.Failed(
                        reason == Ended.Reason.CLOSED ? agentEnds(where) : late(deadline, where),
                        output(output),
                        output(errors));
            case Ended.NotStarted _ ->
                new ExecReply.Refused(new Cause("it " + ended.how(), where, "`journalctl -u harmony` there says more"));
        };
    }

    private static Cause late(Duration deadline, String where) {
        return new Cause(
                "it was not over within %d s, and was ended".formatted(deadline.toSeconds()),
                where,
                "give it longer, `--timeout`; up to 540 s");
    }

    private static Cause agentEnds(String where) {
        return new Cause("the agent ends, and so did it", where, "ask again once the agent is back");
    }

    private static Output output(Written written) {
        return new Output(Octets.copyOf(written.kept()), written.bytes());
    }

    /** Of each of two streams, in base 64, in one answer. */
    private int mostOutput() {
        return Math.clamp((largestMessage.getAsInt() - ROOM_FOR_FORM) / 8L * 3, 1, Octets.MOST);
    }

    @Override
    public RestartReply restart(RestartRequest request) {
        return within(works, WORKS_AT_ONCE + " requests for programs and restarts", RestartReply.Refused::new, () -> {
            List<ResourceStatus> there = drivers.containers(request.deployment());
            if (there.isEmpty()) {
                return new RestartReply.Refused(unknown(request.deployment()));
            }
            List<ContainerName> names = there.stream().map(Requests::name).toList();
            Optional<ContainerName> missing = request.containers().stream()
                    .filter(wanted -> !names.contains(wanted))
                    .findFirst();
            return missing.<RestartReply>map(
                            wanted -> new RestartReply.Refused(missing(request.deployment(), wanted, names)))
                    .orElseGet(() -> restart(request, there));
        });
    }

    private RestartReply restart(RestartRequest request, List<ResourceStatus> there) {
        long end = nanos.getAsLong() + request.deadline().toNanos();
        List<ResourceId> restarted = new ArrayList<>();
        for (ResourceStatus status : there) {
            if (!request.containers().isEmpty() && !request.containers().contains(name(status))) {
                continue;
            }
            switch (drivers.restart(request.deployment(), status.id())) {
                case Outcome.Changed _ -> restarted.add(status.id());
                case Outcome.Failed(Cause why) -> {
                    return new RestartReply.Failed(why);
                }
                case Outcome.Unchanged() -> {
                    if (!request.containers().isEmpty()) {
                        return new RestartReply.Failed(new Cause(
                                "container '%s' is nothing that can be started again now: a job, one that is over, or one whose data is being saved"
                                        .formatted(status.id().name()),
                                "node %s, deployment %s".formatted(id, request.deployment()),
                                "`harmony status %s` says how it is".formatted(request.deployment())));
                    }
                }
            }
        }
        return awaitWell(request.deployment(), restarted, end);
    }

    private RestartReply awaitWell(DeploymentName deployment, List<ResourceId> restarted, long end) {
        Semaphore changed = new Semaphore(0);
        waiting.add(changed);
        try {
            Optional<ResourceStatus> ailing = ailing(deployment, restarted);
            while (ailing.isPresent() && nanos.getAsLong() < end) {
                if (changed.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    changed.drainPermits();
                }
                ailing = ailing(deployment, restarted);
            }
            return ailing.<RestartReply>map(status -> new RestartReply.Failed(notWell(deployment, status)))
                    .orElseGet(() -> new RestartReply.Restarted(restarted.stream()
                            .map(one -> ContainerName.of(one.name().value()))
                            .toList()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new RestartReply.Failed(new Cause(
                    "nobody waited for the containers to be well",
                    "node %s, deployment %s".formatted(id, deployment),
                    "`harmony status %s` says how they are".formatted(deployment)));
        } finally {
            waiting.remove(changed);
        }
    }

    private Optional<ResourceStatus> ailing(DeploymentName deployment, List<ResourceId> restarted) {
        return drivers.containers(deployment).stream()
                .filter(status -> restarted.contains(status.id()))
                .filter(status -> !isWell(status))
                .findFirst();
    }

    private static boolean isWell(ResourceStatus status) {
        return status.phase() == Phase.RUNNING && status.health() != Health.UNHEALTHY;
    }

    private Cause notWell(DeploymentName deployment, ResourceStatus status) {
        return new Cause(
                "container '%s' was started again and is not well in time: %s%s"
                        .formatted(
                                status.id().name(),
                                status.phase().name().toLowerCase(Locale.ROOT),
                                status.detail().map(detail -> ", " + detail).orElse("")),
                "node %s, deployment %s".formatted(id, deployment),
                "`harmony logs %s` shows what it wrote".formatted(deployment));
    }

    private static ContainerName name(ResourceStatus status) {
        return ContainerName.of(status.id().name().value());
    }
}
