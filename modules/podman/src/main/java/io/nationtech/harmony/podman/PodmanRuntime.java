package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.capability.ImageLookup;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.domain.capability.SecretValues;
import io.nationtech.harmony.domain.capability.ShareFolder;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.Container.Execution;
import io.nationtech.harmony.domain.node.ContainerHistory;
import io.nationtech.harmony.domain.node.ContainerStatus;
import io.nationtech.harmony.domain.node.ContainerStatus.Health;
import io.nationtech.harmony.domain.node.ContainerStatus.Running;
import io.nationtech.harmony.domain.node.MountedFile;
import io.nationtech.harmony.domain.node.RestartPolicy;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ImageDigest;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.ShareName;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs containers with podman alone, for machines without systemd: other containers, CI, a demonstration. Containers are named
 * {@code harmony-<node>.<deployment>.<container>}, so several nodes share a machine. Podman restarts what fails; what it gave
 * up and what a restart of the machine ended is started again by the next {@link #converge}, ever later when it ends again and again.
 *
 * <p>Safe for use by several threads; two calls about the same container wait for each other.
 */
public final class PodmanRuntime implements LocalRuntime {
    /** Podman tells what happens; this is for what it does not notice. */
    private static final Duration LIST_AGE = Duration.ofMinutes(1);

    private final NodeId node;
    private final Programs programs;
    private final Podman podman;
    private final PodmanArguments arguments;
    private final DeviceFiles devices = new DeviceFiles(Path.of("/"));
    private final Optional<MemoryFolder> memory;
    private final KeyedLock locks = new KeyedLock();
    private final LogReading logs = new LogReading();
    private final Backoff backoff;
    private final RestartBackoff restarts;
    private final ContainerEvents events;
    private final Snapshot<List<Listed>> listed;
    private final Images images;
    private final StartScript startScript;
    private final Walls walls;
    private final Networks networks;
    private final ShareMounts shares;

    /**
     * @param publishAt the local address at which containers publish their ports; all addresses when empty
     * @param shares that containers may have
     * @param state the folder where it keeps what it must know after a restart
     * @param mesh where the mesh's servers are, which containers do not reach
     */
    public PodmanRuntime(
            NodeId node,
            Optional<IpAddress> publishAt,
            NodeShares shares,
            Path state,
            Supplier<Set<InetSocketAddress>> mesh) {
        this(
                node,
                publishAt,
                shares,
                Programs.here(),
                System::nanoTime,
                MemoryFolder.here(),
                StaticBusybox.OF_DEBIAN,
                new FetchedImages(state.resolve("images")),
                mesh);
    }

    PodmanRuntime(
            NodeId node,
            Optional<IpAddress> publishAt,
            NodeShares shares,
            Programs programs,
            LongSupplier nanoTime,
            Optional<MemoryFolder> memory,
            StaticBusybox busybox,
            FetchedImages fetched,
            Supplier<Set<InetSocketAddress>> mesh) {
        this.node = node;
        this.programs = programs;
        this.podman = new Podman(programs, "podman on node " + node);
        this.memory = memory;
        this.arguments = new PodmanArguments(node, publishAt, memory);
        this.backoff = new Backoff(nanoTime);
        this.restarts = new RestartBackoff(nanoTime);
        this.events = new ContainerEvents(programs, node.toString(), this::invalidate, InstantSource.system());
        this.listed = new Snapshot<>(
                () -> podman.list(List.of(Labels.NODE + "=" + node)), events::isFollowing, LIST_AGE, nanoTime);
        this.images = new Images(podman, fetched, events::tell, "harmony-%s.".formatted(node), memory);
        this.startScript = new StartScript(busybox, images);
        String owner = "harmony-%s.".formatted(node);
        this.walls = new Walls(programs, owner, Optional.empty(), mesh, nanoTime);
        this.networks = new Networks(podman, owner, _ -> false, walls);
        this.shares = new ShareMounts(shares, programs);
    }

    @Override
    public void take(Set<NodePort> ports) {
        walls.take(ports);
    }

    @Override
    public void tidy(DeploymentName deployment, Map<ContainerName, ImageReference> declared) {
        images.tidy(deployment, declared);
    }

    @Override
    public ImageLookup lookUp(Container container, SecretValues secrets) {
        return images.lookUp(container, secrets);
    }

    @Override
    public Set<ImageDigest> digests(ImageReference image) {
        return images.digests(image);
    }

    @Override
    public Optional<Cause> fetch(DeploymentName deployment, Container container, SecretValues secrets) {
        return images.fetch(deployment, container, secrets);
    }

    @Override
    public Map<DeploymentName, List<ContainerStatus>> observe() {
        List<Listed> all = list();
        Map<UnitName, ContainerStatus> seen = all.stream()
                .map(Listed::unit)
                .distinct()
                .collect(Collectors.toMap(Function.identity(), unit -> status(unit, all)));
        events.keepOnly(seen.keySet());
        return Observation.of(seen, images.pulling());
    }

    private ContainerStatus status(UnitName unit, List<Listed> all) {
        Listed visible = Pair.of(all, arguments.name(unit.deployment(), unit.container()))
                .visible()
                .orElseGet(() -> all.stream()
                        .filter(one -> one.unit().equals(unit))
                        .findFirst()
                        .orElseThrow());
        ContainerHistory history = visible.history();
        return new ContainerStatus(
                unit.container(),
                visible.running(),
                Health.UNKNOWN,
                new ContainerHistory(
                        history.restarts() + restarts.total(unit),
                        history.startedAt(),
                        history.lastExit().or(() -> events.lastExit(unit))),
                Optional.empty());
    }

    @Override
    public boolean isTellingChanges() {
        return events.isFollowing();
    }

    @Override
    public Subscription onChange(Consumer<DeploymentName> changed) {
        return events.subscribe(changed);
    }

    @Override
    public Outcome converge(
            DeploymentName deployment, Container container, SecretValues secrets, Map<MountedFile, Path> files) {
        String name = arguments.name(deployment, container.name());
        networks.tidyOnce();
        return locks.withLock(
                name,
                () -> shares.with(
                        new UnitName(deployment, container.name()),
                        container,
                        () -> isRunning(name),
                        () -> restart(name, deployment, container.name(), "as a share of it was mounted anew"),
                        mounted -> converge(
                                deployment, container, secrets, EquippedContainer.mounts(container, files, mounted))));
    }

    private Outcome converge(
            DeploymentName deployment, Container container, SecretValues secrets, List<String> mounts) {
        return switch (devices.find(container.resources().devices())) {
            case DeviceFiles.Search.Missing(Cause cause) -> new Outcome.Failed(cause);
            case DeviceFiles.Search.Found(List<String> found) ->
                networks.with(deployment, container, words -> switch (startScript.start(
                        new UnitName(deployment, container.name()),
                        EquippedContainer.of(container, found, mounts, words),
                        secrets)) {
                    case StartScript.Start.Refused(Cause cause) -> new Outcome.Failed(cause);
                    case StartScript.Start.Possible(EquippedContainer equipped) ->
                        converge(
                                arguments.name(deployment, container.name()),
                                deployment,
                                equipped,
                                StartScript.fitting(container, secrets));
                });
        };
    }

    private boolean isRunning(String name) {
        return Pair.of(list(), name)
                .current()
                .filter(one -> one.state() == Listed.State.RUNNING)
                .isPresent();
    }

    private Outcome restart(String name, DeploymentName deployment, ContainerName container, String reason) {
        Finished started = Interruption.deferred(() -> end(List.of("restart", name)));
        return started.succeeded()
                ? new Outcome.Changed("container %s started again, %s".formatted(container, reason))
                : failed("cannot be started again", deployment, container, started);
    }

    private Optional<Listed> running(DeploymentName deployment, ContainerName container) {
        return Pair.of(list(), arguments.name(deployment, container))
                .current()
                .filter(one -> one.running() == Running.RUNNING);
    }

    /** Whether it is left in a network that ended with an earlier process of its carrier, in which nothing comes or goes. */
    private static boolean isStranded(Listed carried, Listed carrier) {
        return carried.state() == Listed.State.RUNNING && !Host.isOneNetwork(carried.pid(), carrier.pid());
    }

    private Outcome converge(String name, DeploymentName deployment, EquippedContainer equipped, SecretValues secrets) {
        Container container = equipped.container();
        UnitName unit = new UnitName(deployment, container.name());
        Optional<Listed> current = settled(name);
        Optional<ContainerName> through = container.network().through();
        Optional<Listed> carrier = through.flatMap(one -> running(deployment, one));
        if (through.isPresent() && carrier.isEmpty()) {
            current.filter(one -> one.state() == Listed.State.RUNNING).ifPresent(one -> end(List.of("stop", one.id())));
            return new Outcome.Failed(
                    Diagnosis.withoutCarrier(container.name(), through.get(), where(deployment, container.name())));
        }
        Fingerprint wanted = arguments.fingerprint(equipped);
        if (current.filter(one -> one.fingerprint().equals(wanted)).isPresent()) {
            if (carrier.filter(one -> isStranded(current.get(), one)).isPresent()) {
                return restart(name, deployment, container.name(), "as what it goes through was");
            }
            return revive(name, deployment, equipped, current.get(), secrets);
        }
        Optional<Cause> obstacle = backoff.standing(name, wanted)
                .or(() -> images.fetch(deployment, container, secrets))
                .or(() -> new NewVolumes(podman)
                        .make(arguments.own(deployment), container, where(deployment, container.name())))
                .or(() -> present(name, container, secrets));
        if (obstacle.isPresent()) {
            return new Outcome.Failed(obstacle.get());
        }
        Outcome outcome =
                current.map(old -> replace(deployment, equipped, old)).orElseGet(() -> create(deployment, equipped));
        if (outcome instanceof Outcome.Changed) {
            restarts.forget(unit);
            current.ifPresent(_ -> networks.tidy(deployment));
            memory.ifPresent(
                    folder -> folder.keepOnly(name, container.security().secrets()));
        }
        return outcome;
    }

    /** Puts a container's secrets where it finds them; returns why one cannot be. */
    private Optional<Cause> present(String name, Container container, SecretValues secrets) {
        if (container.security().secrets().isEmpty()) {
            return Optional.empty();
        }
        return memory.map(folder -> folder.put(name, container, secrets))
                .orElseGet(() -> Optional.of(MemoryFolder.nowhere()));
    }

    @Override
    public Outcome remove(DeploymentName deployment, ContainerName container) {
        String name = arguments.name(deployment, container);
        return locks.withLock(name, () -> {
            List<String> names = Pair.of(list(), name).names();
            if (names.isEmpty()) {
                // Those that go through another go with it.
                forget(name, new UnitName(deployment, container));
                return new Outcome.Unchanged();
            }
            Finished removed = Interruption.deferred(() -> {
                podman.change(Podman.Pausing.UNPAUSE, name);
                return discard(names);
            });
            if (removed.succeeded()) {
                forget(name, new UnitName(deployment, container));
                networks.tidy(deployment);
            }
            return removed.succeeded()
                    ? new Outcome.Changed("container %s removed".formatted(container))
                    : failed("cannot be removed", deployment, container, removed);
        });
    }

    private void forget(String name, UnitName unit) {
        restarts.forget(unit);
        shares.forget(unit);
        memory.ifPresent(folder -> folder.keepOnly(name, List.of()));
    }

    @Override
    public int execute(DeploymentName deployment, ContainerName container, Arguments command, Duration timeout) {
        return podman.execute(arguments.name(deployment, container), command, timeout);
    }

    @Override
    public Optional<Path> volume(DeploymentName deployment, DataName volume) {
        return podman.volume(arguments.volume(deployment, volume));
    }

    @Override
    public ShareFolder share(ShareName share) {
        return shares.folder(share);
    }

    @Override
    public List<String> command(
            DeploymentName deployment, ContainerName container, Arguments program, Map<String, String> environment) {
        return programs.resolved(Podman.command(arguments.name(deployment, container), program, environment));
    }

    @Override
    public Outcome restart(DeploymentName deployment, ContainerName container) {
        String name = arguments.name(deployment, container);
        return locks.withLock(
                name,
                () -> Pair.of(list(), name).current().isEmpty()
                        ? new Outcome.Unchanged()
                        : restart(name, deployment, container, "as that was asked"));
    }

    @Override
    public Outcome pause(DeploymentName deployment, ContainerName container) {
        return change(Podman.Pausing.PAUSE, deployment, container);
    }

    @Override
    public Outcome resume(DeploymentName deployment, ContainerName container) {
        return change(Podman.Pausing.UNPAUSE, deployment, container);
    }

    private Outcome change(Podman.Pausing pausing, DeploymentName deployment, ContainerName container) {
        try {
            return Interruption.deferred(() -> podman.change(pausing, arguments.name(deployment, container)));
        } finally {
            invalidate();
        }
    }

    @Override
    public List<String> logs(DeploymentName deployment, ContainerName container, int lines) {
        String where = where(deployment, container);
        String name = arguments.name(deployment, container);
        // Both streams in one, in the order in which they were written.
        Finished finished = logs.read(
                where,
                () -> programs.runMixed(
                        LogReading.DEADLINE, "podman", "logs", "--tail", Integer.toString(lines), name));
        if (!finished.succeeded()) {
            throw new RuntimeUnavailableException(
                    Diagnosis.of("the log of '%s' cannot be read".formatted(name), where, finished));
        }
        return finished.output().lines().toList();
    }

    @Override
    public void close() {
        events.close();
        programs.close();
    }

    private void invalidate() {
        listed.invalidate();
    }

    private List<Listed> list() {
        return listed.current().stream()
                .map(one -> one.state() == Listed.State.RUNNING && !Host.isProcessOf(one.pid(), one.id())
                        ? one.lost()
                        : one)
                .toList();
    }

    /** Runs what makes podman's list another one. */
    private Finished change(String... words) {
        return change(List.of(words));
    }

    private Finished change(List<String> words) {
        return change(Podman.LOCAL, words);
    }

    /** What waits for a container's process to end takes as long as that may. */
    private Finished end(List<String> words) {
        return change(Podman.ENDING, words);
    }

    private Finished change(Duration deadline, List<String> words) {
        try {
            return podman.run(deadline, words);
        } finally {
            invalidate();
        }
    }

    /** The container under its name, after tidying up what a replacement that was cut short left behind. */
    private Optional<Listed> settled(String name) {
        Pair pair = Pair.of(list(), name);
        if (pair.next().isEmpty()) {
            return pair.current();
        }
        if (pair.current().isPresent()) {
            end(List.of("rm", "--force", PodmanArguments.nextName(name)));
            return pair.current();
        }
        change("rename", PodmanArguments.nextName(name), name);
        return pair.next();
    }

    private Outcome create(DeploymentName deployment, EquippedContainer equipped) {
        Container container = equipped.container();
        String name = arguments.name(deployment, container.name());
        return Interruption.deferred(() -> {
            Finished started = change(arguments.run(name, deployment, equipped));
            if (!started.succeeded()) {
                end(List.of("rm", "--force", "--ignore", name));
                return failed("cannot be started", deployment, container.name(), started);
            }
            return new Outcome.Changed("container %s started from %s".formatted(container.name(), container.image()));
        });
    }

    /** As declared; so it must only run. */
    private Outcome revive(
            String name, DeploymentName deployment, EquippedContainer equipped, Listed current, SecretValues secrets) {
        Execution execution = equipped.container().execution();
        boolean isDone = current.state() == Listed.State.FINISHED && execution.restart() == RestartPolicy.ON_FAILURE;
        if (isDone || execution.job().isPresent() || current.state() == Listed.State.RUNNING) {
            return new Outcome.Unchanged();
        }
        Optional<Cause> obstacle = tooEarly(current)
                // What was in memory is gone after a restart of the machine.
                .or(() -> present(name, equipped.container(), secrets));
        if (obstacle.isPresent()) {
            return new Outcome.Failed(obstacle.get());
        }
        Outcome outcome = Interruption.deferred(() -> startAgain(deployment, equipped, current));
        restarts.restarted(current.unit());
        return outcome;
    }

    private Optional<Cause> tooEarly(Listed current) {
        return restarts.pause(current.unit())
                .map(pause -> new Cause(
                        "container '%s' ends again and again: %s; it was started again %d times, and will be in %d s"
                                .formatted(
                                        current.container(),
                                        current.history()
                                                .lastExit()
                                                .map(exit -> "the last time with exit code %d at %s"
                                                        .formatted(exit.code(), exit.at()))
                                                .orElse("it is not known how"),
                                        current.history().restarts() + restarts.total(current.unit()),
                                        pause.toSeconds() + 1),
                        where(current.deployment(), current.container()),
                        "`harmony logs %s` tells what it wrote before it ended".formatted(current.deployment())));
    }

    private Outcome startAgain(DeploymentName deployment, EquippedContainer equipped, Listed current) {
        Container container = equipped.container();
        return switch (current.state()) {
            case RUNNING -> new Outcome.Unchanged();
            case PAUSED -> resume(deployment, container.name());
            case STOPPED, FINISHED -> {
                Finished started = change("start", current.id());
                yield started.succeeded()
                        ? new Outcome.Changed("container %s started again".formatted(container.name()))
                        : failed("cannot be started again", deployment, container.name(), started);
            }
            case LOST -> {
                Finished removed = discard(List.of(current.id()));
                yield removed.succeeded()
                        ? create(deployment, equipped)
                        : failed("is lost and cannot be removed", deployment, container.name(), removed);
            }
        };
    }

    /**
     * When its process ended unseen, podman fails to stop a container, notices by that, and removes it the second time. Those that go through it
     * have no network any more, and are made anew when they are looked at next: podman removes none that has such.
     */
    private Finished discard(List<String> names) {
        List<String> words = Stream.concat(Stream.of("rm", "--force", "--depend"), names.stream())
                .toList();
        Finished first = end(words);
        return first.succeeded() ? first : end(words);
    }

    /**
     * Makes the new one beside the old one, so that what can fail fails while the old one serves, and then changes over. When
     * the agent is ended in between, its next converge tidies up and goes on.
     */
    private Outcome replace(DeploymentName deployment, EquippedContainer equipped, Listed old) {
        Container container = equipped.container();
        String next = PodmanArguments.nextName(arguments.name(deployment, container.name()));
        Finished created = change(arguments.create(next, deployment, equipped));
        if (!created.succeeded()) {
            return failed("cannot be replaced", deployment, container.name(), created);
        }
        if (Thread.currentThread().isInterrupted()) {
            return new Outcome.Failed(Interruption.cause(where(deployment, container.name())));
        }
        return Interruption.deferred(() -> changeOver(deployment, equipped, old, next));
    }

    private Outcome changeOver(DeploymentName deployment, EquippedContainer equipped, Listed old, String next) {
        Container container = equipped.container();
        String name = arguments.name(deployment, container.name());
        Finished stopped = end(List.of("stop", old.id()));
        Finished started = stopped.succeeded() ? change("start", next) : stopped;
        if (!started.succeeded()) {
            end(List.of("rm", "--force", next));
            change("start", old.id());
            Outcome.Failed failed =
                    failed("cannot be replaced, so the previous one goes on", deployment, container.name(), started);
            backoff.remember(name, arguments.fingerprint(equipped), failed.cause());
            return failed;
        }
        backoff.forget(name);
        Finished tidied = discard(List.of(old.id()));
        Finished renamed = tidied.succeeded() ? change("rename", next, name) : tidied;
        return renamed.succeeded()
                ? new Outcome.Changed(
                        "container %s replaced, now from %s".formatted(container.name(), container.image()))
                : failed("is replaced but the previous one cannot be removed", deployment, container.name(), renamed);
    }

    private Outcome.Failed failed(String what, DeploymentName deployment, ContainerName container, Finished finished) {
        Cause cause =
                Diagnosis.of("container '%s' %s".formatted(container, what), where(deployment, container), finished);
        return new Outcome.Failed(cause);
    }

    private String where(DeploymentName deployment, ContainerName container) {
        return "node %s, deployment %s, podman container %s"
                .formatted(node, deployment, arguments.name(deployment, container));
    }
}
