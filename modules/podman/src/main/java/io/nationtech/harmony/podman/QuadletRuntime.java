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
import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.ShareName;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Runs containers as systemd units that podman's quadlet makes from files in {@code /etc/containers/systemd}: they start with
 * the machine, without this agent, the mesh or the network, and {@code systemctl status harmony-<deployment>.<container>} and
 * {@code journalctl -u} explain them.
 *
 * <p>Safe for use by several threads; two calls about the same container wait for each other.
 */
public final class QuadletRuntime implements LocalRuntime {
    private static final Path FOLDER = Path.of("/etc/containers/systemd");

    /** Podman tells when containers start and end; what else systemd does with its units, nobody tells. */
    private static final Duration STATES_AGE = Duration.ofSeconds(5);

    /** Podman's own exit codes when a container's process cannot be started: podman-run(1). */
    private static final Set<Integer> PODMAN_FAILED = Set.of(125, 126, 127);

    private static final String WALLS = "walls.nft";

    /** Where units find the walls, which they put up before they start a container. */
    static final Path KNOWN_WALLS = CredentialFolder.KNOWN_AS.resolveSibling(WALLS);

    private final Optional<IpAddress> publishAt;
    private final DeviceFiles devices = new DeviceFiles(Path.of("/"));
    private final UnitFolder folder;
    private final CredentialFolder credentials;
    private final Programs programs;
    private final Podman podman;
    private final Systemd systemd;
    private final KeyedLock locks = new KeyedLock();
    private final LogReading logs = new LogReading();
    private final Backoff backoff;
    private final ContainerEvents events;
    private final Snapshot<Map<UnitName, UnitState>> states;
    private final Images images;
    private final StartScript startScript;
    private final Walls walls;
    private final Networks networks;
    private final ShareMounts shares;

    /**
     * Units whose container is known to be the one that the file declares. An agent that was ended between writing a file and
     * restarting its unit leaves an older one running; so what is not in here is compared once.
     */
    private final Set<UnitName> compared = ConcurrentHashMap.newKeySet();

    /**
     * @param publishAt the local address at which containers publish their ports; all addresses when empty
     * @param shares that containers may have
     * @param state the folder where it keeps what it must know after a restart
     * @param mesh where the mesh's servers are, which containers do not reach
     */
    public QuadletRuntime(
            Optional<IpAddress> publishAt, NodeShares shares, Path state, Supplier<Set<InetSocketAddress>> mesh) {
        this(
                publishAt,
                shares,
                FOLDER,
                CredentialFolder.KNOWN_AS,
                Programs.here(),
                System::nanoTime,
                MemoryFolder.here(),
                StaticBusybox.OF_DEBIAN,
                new FetchedImages(state.resolve("images")),
                mesh);
    }

    QuadletRuntime(
            Optional<IpAddress> publishAt,
            NodeShares shares,
            Path folder,
            Path credentials,
            Programs programs,
            LongSupplier nanoTime,
            Optional<MemoryFolder> memory,
            StaticBusybox busybox,
            FetchedImages fetched,
            Supplier<Set<InetSocketAddress>> mesh) {
        this.publishAt = publishAt;
        this.folder = new UnitFolder(folder);
        this.credentials = new CredentialFolder(credentials, programs);
        this.programs = programs;
        this.podman = new Podman(programs, "podman on this node");
        this.systemd = new Systemd(programs);
        this.backoff = new Backoff(nanoTime);
        this.events = new ContainerEvents(programs, "", this::invalidate, InstantSource.system());
        this.states = new Snapshot<>(this::askSystemd, events::isFollowing, STATES_AGE, nanoTime);
        this.images = new Images(podman, fetched, events::tell, "harmony-", memory);
        this.startScript = new StartScript(busybox, images);
        this.walls = new Walls(programs, "harmony-", Optional.of(credentials.resolveSibling(WALLS)), mesh, nanoTime);
        this.networks = new Networks(podman, "harmony-", this::isInUnit, walls);
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
        Map<UnitName, ContainerStatus> seen = states.current().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, unit -> status(unit.getKey(), unit.getValue())));
        events.keepOnly(seen.keySet());
        return Observation.of(seen, images.pulling());
    }

    private ContainerStatus status(UnitName unit, UnitState state) {
        ContainerHistory history = state.history();
        return new ContainerStatus(
                unit.container(),
                state.running(),
                Health.UNKNOWN,
                new ContainerHistory(
                        history.restarts(),
                        history.startedAt(),
                        history.lastExit().or(() -> events.lastExit(unit))),
                Optional.empty());
    }

    private Map<UnitName, UnitState> askSystemd() {
        List<UnitName> units = units();
        List<UnitState> found = systemd.show(units);
        return IntStream.range(0, units.size()).boxed().collect(Collectors.toMap(units::get, found::get));
    }

    private void invalidate() {
        states.invalidate();
    }

    @Override
    public List<DeploymentName> deployments() {
        return units().stream().map(UnitName::deployment).distinct().sorted().toList();
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
    public void close() {
        events.close();
        programs.close();
    }

    @Override
    public Outcome converge(
            DeploymentName deployment, Container container, SecretValues secrets, Map<MountedFile, Path> files) {
        UnitName unit = new UnitName(deployment, container.name());
        networks.tidyOnce();
        return locks.withLock(
                unit.toString(),
                () -> shares.with(
                        unit,
                        container,
                        () -> state(unit).isActive(),
                        () -> restart(unit, "as a share of it was mounted anew"),
                        mounted -> converge(
                                unit, container, secrets, EquippedContainer.mounts(container, files, mounted))));
    }

    private Outcome converge(UnitName unit, Container container, SecretValues secrets, List<String> mounts) {
        Optional<ContainerName> missing =
                container.network().through().filter(carrier -> !isUp(state(new UnitName(unit.deployment(), carrier))));
        if (missing.isPresent()) {
            return new Outcome.Failed(Diagnosis.withoutCarrier(unit.container(), missing.get(), where(unit)));
        }
        return switch (devices.find(container.resources().devices())) {
            case DeviceFiles.Search.Missing(Cause cause) -> new Outcome.Failed(cause);
            case DeviceFiles.Search.Found(List<String> found) ->
                networks.with(unit.deployment(), container, words -> switch (startScript.start(
                        unit, EquippedContainer.of(container, found, mounts, words), secrets)) {
                    case StartScript.Start.Refused(Cause cause) -> new Outcome.Failed(cause);
                    case StartScript.Start.Possible(EquippedContainer equipped) ->
                        converge(unitFile(unit, equipped), StartScript.fitting(container, secrets));
                });
        };
    }

    private static boolean isUp(UnitState state) {
        return state.isActive() || state.isInBetween();
    }

    private UnitFile unitFile(UnitName unit, EquippedContainer equipped) {
        return new UnitFile(unit, equipped, publishAt, shares.mountPoints(equipped.container()));
    }

    private Outcome restart(UnitName unit, String reason) {
        Finished started = Interruption.deferred(() -> systemd.restart(unit));
        invalidate();
        return started.succeeded()
                ? new Outcome.Changed("container %s started again, %s".formatted(unit.container(), reason))
                : failed(unit, "cannot be started again", started);
    }

    /** Units that do not run have no container, and want their network all the same. */
    private boolean isInUnit(String network) {
        try {
            for (UnitName unit : folder.list()) {
                if (folder.read(unit)
                        .filter(text -> Networks.isIn(text, network))
                        .isPresent()) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private Outcome converge(UnitFile wanted, SecretValues secrets) {
        UnitName unit = wanted.name();
        try {
            Optional<String> present = folder.read(unit);
            return present.filter(wanted.text()::equals).isPresent()
                    ? keepUp(wanted, secrets)
                    : install(wanted, present, secrets);
        } catch (IOException e) {
            return failed(unit, "cannot be written: " + e.getMessage());
        }
    }

    @Override
    public Outcome remove(DeploymentName deployment, ContainerName container) {
        UnitName unit = new UnitName(deployment, container);
        return locks.withLock(unit.toString(), () -> {
            try {
                return folder.read(unit).isEmpty()
                        ? new Outcome.Unchanged()
                        : Interruption.deferred(() -> removeUnit(unit));
            } catch (IOException e) {
                return failed(unit, "cannot be read: " + e.getMessage());
            }
        });
    }

    private Outcome removeUnit(UnitName unit) {
        try {
            podman.change(Podman.Pausing.UNPAUSE, unit.toString());
            Finished stopped = systemd.stop(unit);
            if (!stopped.succeeded() && systemd.show(List.of(unit)).getFirst().isRead()) {
                return failed(unit, "cannot be stopped", stopped);
            }
            folder.delete(unit);
            credentials.keepOnly(unit, List.of());
            compared.remove(unit);
            shares.forget(unit);
            Finished reloaded = systemd.reload();
            systemd.forgetFailure(unit);
            networks.tidy(unit.deployment());
            return reloaded.succeeded()
                    ? new Outcome.Changed("container %s removed".formatted(unit.container()))
                    : failed(unit, "is removed but systemd cannot be told", reloaded);
        } catch (IOException e) {
            return failed(unit, "cannot be deleted: " + e.getMessage());
        } finally {
            invalidate();
        }
    }

    @Override
    public int execute(DeploymentName deployment, ContainerName container, Arguments command, Duration timeout) {
        return podman.execute(new UnitName(deployment, container).toString(), command, timeout);
    }

    @Override
    public Optional<Path> volume(DeploymentName deployment, DataName volume) {
        return podman.volume(PodmanArguments.volume(UnitFile.owner(deployment), volume));
    }

    @Override
    public ShareFolder share(ShareName share) {
        return shares.folder(share);
    }

    @Override
    public List<String> command(
            DeploymentName deployment, ContainerName container, Arguments program, Map<String, String> environment) {
        return programs.resolved(Podman.command(new UnitName(deployment, container).toString(), program, environment));
    }

    @Override
    public Outcome restart(DeploymentName deployment, ContainerName container) {
        UnitName unit = new UnitName(deployment, container);
        return locks.withLock(
                unit.toString(),
                () -> units().contains(unit) ? restart(unit, "as that was asked") : new Outcome.Unchanged());
    }

    @Override
    public Outcome pause(DeploymentName deployment, ContainerName container) {
        // So that one that cannot be let go on is when it is looked at next.
        compared.remove(new UnitName(deployment, container));
        return change(Podman.Pausing.PAUSE, deployment, container);
    }

    @Override
    public Outcome resume(DeploymentName deployment, ContainerName container) {
        return change(Podman.Pausing.UNPAUSE, deployment, container);
    }

    private Outcome change(Podman.Pausing pausing, DeploymentName deployment, ContainerName container) {
        try {
            return Interruption.deferred(() -> podman.change(pausing, new UnitName(deployment, container).toString()));
        } finally {
            invalidate();
        }
    }

    @Override
    public List<String> logs(DeploymentName deployment, ContainerName container, int lines) {
        UnitName unit = new UnitName(deployment, container);
        if (!units().contains(unit)) {
            throw new RuntimeUnavailableException(new Cause(
                    "there is no container '%s'".formatted(unit),
                    where(unit),
                    "`podman ps -a` there shows what there is"));
        }
        Finished finished = logs.read(where(unit), () -> systemd.logs(unit, lines));
        if (!finished.succeeded()) {
            throw new RuntimeUnavailableException(
                    Diagnosis.of("the log of '%s' cannot be read".formatted(unit), where(unit), finished));
        }
        // Conmon leaves each line its end, which journalctl prints as an empty line.
        return finished.output().lines().filter(line -> !line.isBlank()).toList();
    }

    private List<UnitName> units() {
        try {
            return folder.list();
        } catch (IOException e) {
            throw new RuntimeUnavailableException(new Cause(
                    "the folder of the units cannot be read: " + e.getMessage(),
                    folder.folder().toString(),
                    "check its disk and permissions: `ls -l`, `dmesg`"));
        }
    }

    /** The file is as declared; so its unit must only be known to systemd, and run, and run that. */
    private Outcome keepUp(UnitFile wanted, SecretValues secrets) throws IOException {
        UnitName unit = wanted.name();
        UnitState state = state(unit);
        if (!state.isRead()) {
            compared.remove(unit);
            Finished reloaded = systemd.reload();
            invalidate();
            if (!reloaded.succeeded()) {
                return failed(unit, "cannot be made known to systemd", reloaded);
            }
        }
        if (state.isInBetween() || isDone(wanted, state) || (state.isActive() && runsAs(wanted))) {
            return new Outcome.Unchanged();
        }
        Optional<Cause> missing = images.fetch(unit.deployment(), wanted.container(), secrets);
        if (missing.isEmpty()) {
            missing = credentials.put(unit, wanted.container(), secrets);
        }
        if (missing.isPresent()) {
            return new Outcome.Failed(missing.get());
        }
        boolean isOutdated = state.isActive();
        Finished started = Interruption.deferred(() -> isOutdated ? systemd.restart(unit) : systemd.start(unit));
        invalidate();
        if (!started.succeeded()) {
            return failed(unit, "cannot be started again", started);
        }
        compared.add(unit);
        return new Outcome.Changed("container %s started again".formatted(unit.container()));
    }

    private static boolean isDone(UnitFile wanted, UnitState state) {
        Execution execution = wanted.container().execution();
        return state.isRead()
                && (execution.job().isPresent()
                        ? !state.isActive()
                        : execution.restart() == RestartPolicy.ON_FAILURE && state.running() == Running.FINISHED);
    }

    /** One whose file somebody wrote since systemd was asked is not in what it said. */
    private UnitState state(UnitName unit) {
        return Optional.ofNullable(states.current().get(unit))
                .orElseGet(() -> systemd.show(List.of(unit)).getFirst());
    }

    private boolean runsAs(UnitFile wanted) {
        if (compared.contains(wanted.name())) {
            return true;
        }
        boolean same = podman.list(List.of(Labels.FINGERPRINT + "=" + wanted.fingerprint())).stream()
                .anyMatch(listed -> listed.name().equals(wanted.name().toString()));
        if (same) {
            // An agent that was ended while it held the container leaves it so.
            podman.change(Podman.Pausing.UNPAUSE, wanted.name().toString());
            compared.add(wanted.name());
        }
        return same;
    }

    private Outcome install(UnitFile wanted, Optional<String> previous, SecretValues secrets) throws IOException {
        UnitName unit = wanted.name();
        Optional<Cause> obstacle = misread(wanted)
                .or(() -> backoff.standing(unit.toString(), wanted.fingerprint()))
                .or(() -> images.fetch(unit.deployment(), wanted.container(), secrets))
                .or(() -> new NewVolumes(podman)
                        .make(UnitFile.owner(unit.deployment()), wanted.container(), where(unit)));
        if (obstacle.isEmpty()) {
            obstacle = credentials.put(unit, wanted.container(), secrets);
        }
        if (obstacle.isPresent()) {
            return new Outcome.Failed(obstacle.get());
        }
        if (Thread.currentThread().isInterrupted()) {
            return new Outcome.Failed(Interruption.cause(where(unit)));
        }
        return Interruption.deferred(() -> changeOver(wanted, previous));
    }

    private Outcome changeOver(UnitFile wanted, Optional<String> previous) {
        UnitName unit = wanted.name();
        try {
            compared.remove(unit);
            folder.write(unit, wanted.text());
            Finished reloaded = systemd.reload();
            Finished started = reloaded.succeeded() ? systemd.restart(unit) : reloaded;
            if (!started.succeeded() && !isOver(wanted)) {
                return previous.isPresent()
                        ? goBack(wanted, previous.get(), started)
                        // Systemd goes on trying, and `systemctl status` tells a person on site why it fails.
                        : failed(unit, "cannot be started", started);
            }
            compared.add(unit);
            backoff.forget(unit.toString());
            previous.ifPresent(_ -> networks.tidy(unit.deployment()));
            credentials.keepOnly(unit, wanted.container().security().secrets());
            return new Outcome.Changed("container %s %s from %s"
                    .formatted(
                            unit.container(),
                            previous.isPresent() ? "replaced, now" : "started",
                            wanted.container().image()));
        } catch (IOException e) {
            return failed(unit, "cannot be written: " + e.getMessage());
        } finally {
            invalidate();
        }
    }

    /** A job may be over, and have failed, before systemd says that it started. */
    private boolean isOver(UnitFile wanted) {
        return wanted.container().execution().job().isPresent()
                && systemd.show(List.of(wanted.name()))
                        .getFirst()
                        .history()
                        .lastExit()
                        .filter(exit -> !PODMAN_FAILED.contains(exit.code()))
                        .isPresent();
    }

    private Outcome goBack(UnitFile wanted, String previous, Finished failure) throws IOException {
        UnitName unit = wanted.name();
        folder.write(unit, previous);
        systemd.reload();
        systemd.restart(unit);
        Outcome.Failed failed = failed(unit, "cannot be replaced, so the previous one goes on", failure);
        backoff.remember(unit.toString(), wanted.fingerprint(), failed.cause());
        return failed;
    }

    /** Quadlet takes an image whose name ends so for the name of one of its own files. */
    private static Optional<Cause> misread(UnitFile wanted) {
        ImageReference image = wanted.container().image();
        String text = image.toString();
        return text.endsWith(".image") || text.endsWith(".build")
                ? Optional.of(new Cause(
                        "image '%s' ends in .image or .build, which quadlet reads as the name of a file"
                                .formatted(image),
                        where(wanted.name()),
                        "give the image another tag, or name it by digest"))
                : Optional.empty();
    }

    private Outcome.Failed failed(UnitName unit, String what, Finished finished) {
        return new Outcome.Failed(
                Diagnosis.of("container '%s' %s".formatted(unit.container(), what), where(unit), finished));
    }

    private Outcome failed(UnitName unit, String what) {
        return new Outcome.Failed(new Cause(
                "the unit file of container '%s' %s".formatted(unit.container(), what),
                folder.folder().resolve(unit.file()).toString(),
                "make room on the disk or repair it: `df -h`, `dmesg`; what ran before goes on"));
    }

    private static String where(UnitName unit) {
        return "unit " + unit.service();
    }
}
