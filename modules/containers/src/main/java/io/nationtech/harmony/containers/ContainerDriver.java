package io.nationtech.harmony.containers;

import io.nationtech.harmony.containers.ImageFollower.Wellness;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.FolderShares;
import io.nationtech.harmony.domain.capability.ShareFolder;
import io.nationtech.harmony.domain.capability.VolumeStore;
import io.nationtech.harmony.domain.node.CommandProbe;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.ContainerHistory.Exit;
import io.nationtech.harmony.domain.node.ContainerKind;
import io.nationtech.harmony.domain.node.ContainerStatus;
import io.nationtech.harmony.domain.node.HealthThresholds;
import io.nationtech.harmony.domain.node.HttpProbe;
import io.nationtech.harmony.domain.node.MountedFile;
import io.nationtech.harmony.domain.node.PortReach;
import io.nationtech.harmony.domain.node.Probe;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.node.ResourceStatus.Health;
import io.nationtech.harmony.domain.node.ResourceStatus.Phase;
import io.nationtech.harmony.domain.node.RestartPolicy;
import io.nationtech.harmony.domain.node.StartCondition;
import io.nationtech.harmony.domain.node.TcpProbe;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.ShareName;
import io.nationtech.harmony.driver.InstanceDriver;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.NodeContext;
import io.nationtech.harmony.driver.NodeData;
import io.nationtech.harmony.driver.Owned;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps containers by a container runtime. A container with a probe runs once the probe was answered well; one that is not well for a
 * while is started again, the more seldom the more often that happened.
 */
public final class ContainerDriver implements InstanceDriver<Container> {
    private static final Logger LOG = System.getLogger(ContainerDriver.class.getName());
    private static final ContainerKind KIND = new ContainerKind();

    private final ContainerRuntime runtime;
    private final IpAddress probeAddress;
    private final HttpQuestion question;
    private final LongSupplier nanoTime;
    private final Map<Owned, HealthMonitor> monitors = new ConcurrentHashMap<>();
    private final Map<Owned, Restarts> restarts = new ConcurrentHashMap<>();
    private final Complaints complaints = new Complaints();
    /** As declared last. */
    private final Map<Owned, Container> declared = new ConcurrentHashMap<>();

    private final StartConditions conditions;
    private final Holds holds;

    private final List<Consumer<DeploymentName>> listeners = new CopyOnWriteArrayList<>();
    private final List<ContainerRuntime.Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final Runnable closing;
    private final JobTimer timer;
    private final Jobs jobs;
    private final ImageFollower images;

    /**
     * One that forgets with its process when jobs ran.
     *
     * @param probeAddress where containers are asked for their health: an address of this node at which they publish
     * @param nanoTime a clock that never jumps, as {@link System#nanoTime}
     */
    public ContainerDriver(ContainerRuntime runtime, IpAddress probeAddress, LongSupplier nanoTime) {
        this(runtime, probeAddress, History.inMemory(), History.inMemory(), InstantSource.system(), nanoTime, () -> {});
    }

    /**
     * One of a node.
     *
     * @param probeAddress where containers are asked for their health: an address of this node at which they publish
     * @param closing run when this is closed, to end what the runtime uses
     */
    public ContainerDriver(ContainerRuntime runtime, IpAddress probeAddress, NodeContext node, Runnable closing) {
        this(
                runtime,
                probeAddress,
                History.in(node.onDisk(KIND.name()).resolve("jobs"), JobRecord.FORM),
                History.in(node.onDisk(KIND.name()).resolve("images"), FollowedImage.FORM),
                node.clock(),
                node.nanoTime(),
                closing);
    }

    private ContainerDriver(
            ContainerRuntime runtime,
            IpAddress probeAddress,
            History<JobRecord> history,
            History<FollowedImage> followed,
            InstantSource clock,
            LongSupplier nanoTime,
            Runnable closing) {
        this.runtime = runtime;
        this.closing = closing;
        this.probeAddress = probeAddress;
        this.question = new HttpQuestion(nanoTime);
        this.nanoTime = nanoTime;
        this.conditions = new StartConditions(this::isReached);
        this.holds = new Holds(runtime, this::end, this::tell);
        this.timer = new JobTimer(clock, this::tell);
        this.jobs = new Jobs(runtime, history, clock, ZoneId.systemDefault(), timer, conditions);
        this.images = new ImageFollower(runtime, followed, clock, nanoTime, ZoneId.systemDefault(), timer);
    }

    @Override
    public void take(Set<NodePort> ports) {
        runtime.take(ports);
    }

    @Override
    public void tidy(DeploymentName deployment, List<Container> containers) {
        runtime.tidy(
                deployment,
                containers.stream()
                        .map(container -> images.running(new Owned(deployment, container.id()), container))
                        .collect(Collectors.toMap(Container::name, Container::image)));
    }

    @Override
    public ResourceKind<Container> kind() {
        return KIND;
    }

    @Override
    public Set<Class<? extends Capability>> offers() {
        return Set.of(ContainerRuntime.class, VolumeStore.class, FolderShares.class);
    }

    @Override
    public List<ResourceStatus> observe(DeploymentName deployment) {
        List<ResourceStatus> seen = conditions.told(deployment, seen(deployment));
        List<ResourceStatus> resting = declared.keySet().stream()
                .filter(owned -> owned.deployment().equals(deployment))
                .flatMap(owned -> holds.told(owned).stream())
                .toList();
        return resting.isEmpty() ? seen : inPlaceOf(seen, resting);
    }

    private static List<ResourceStatus> inPlaceOf(List<ResourceStatus> seen, List<ResourceStatus> others) {
        Set<ResourceId> replaced = others.stream().map(ResourceStatus::id).collect(Collectors.toSet());
        return Stream.concat(seen.stream().filter(status -> !replaced.contains(status.id())), others.stream())
                .sorted(Comparator.comparing(ResourceStatus::id))
                .toList();
    }

    private List<ResourceStatus> seen(DeploymentName deployment) {
        Map<ResourceId, ContainerStatus> there = new HashMap<>();
        runtime.observe(deployment).forEach(status -> there.put(id(status.name()), status));
        Map<ResourceId, JobRecord> known = jobs.of(deployment);
        Function<ResourceId, Optional<String>> news = images.news(deployment);
        return Stream.concat(
                        there.entrySet().stream()
                                .filter(entry -> !known.containsKey(entry.getKey()))
                                .map(entry ->
                                        withNews(status(deployment, entry.getValue()), news.apply(entry.getKey()))),
                        known.entrySet().stream()
                                .map(entry -> job(
                                        new Owned(deployment, entry.getKey()),
                                        entry.getValue(),
                                        Optional.ofNullable(there.get(entry.getKey())))))
                .sorted(Comparator.comparing(ResourceStatus::id))
                .toList();
    }

    private static ResourceStatus withNews(ResourceStatus seen, Optional<String> news) {
        return news.map(told -> seen.detail(
                        seen.detail().map(detail -> detail + "; " + told).orElse(told)))
                .orElse(seen);
    }

    private boolean isReached(Owned other, StartCondition.Reached reached) {
        return switch (reached) {
            case HEALTHY ->
                Optional.ofNullable(monitors.get(other))
                        .filter(monitor -> monitor.health() == Health.HEALTHY)
                        .isPresent();
            case COMPLETED ->
                seen(other.deployment()).stream()
                        .anyMatch(status -> status.id().equals(other.resource()) && status.phase() == Phase.COMPLETED);
        };
    }

    private boolean isRunning(Owned owned) {
        return status(runtime, owned)
                .filter(status -> status.running() == ContainerStatus.Running.RUNNING)
                .isPresent();
    }

    /** How one container is, where it is there. */
    static Optional<ContainerStatus> status(ContainerRuntime runtime, Owned owned) {
        return runtime.observe(owned.deployment()).stream()
                .filter(status -> id(status.name()).equals(owned.resource()))
                .findFirst();
    }

    private ResourceStatus job(Owned owned, JobRecord known, Optional<ContainerStatus> container) {
        ResourceStatus seen = jobs.status(
                owned.resource(),
                known,
                Optional.ofNullable(declared.get(owned))
                        .flatMap(wanted -> wanted.execution().job()),
                container);
        Optional<String> complaint = container
                .filter(status -> status.running() == ContainerStatus.Running.STOPPED)
                .flatMap(status -> status.history().lastExit())
                .flatMap(exit -> complaint(owned, exit));
        return complaint
                .flatMap(text -> seen.detail().map(detail -> seen.detail(detail + "; " + text)))
                .orElse(seen);
    }

    private ResourceStatus status(DeploymentName deployment, ContainerStatus status) {
        ResourceId id = id(status.name());
        Owned owned = new Owned(deployment, id);
        int ended =
                Optional.ofNullable(restarts.get(owned)).map(Restarts::count).orElse(0);
        ResourceStatus seen = told(owned, status, ResourceStatus.of(id, phase(owned, status)))
                .restarts(ended + status.history().restarts());
        HealthMonitor monitor = monitors.get(owned);
        return monitor == null || status.running() != ContainerStatus.Running.RUNNING
                ? seen
                : seen.health(monitor.health());
    }

    /** With what the runtime knows beside the phase. */
    private ResourceStatus told(Owned owned, ContainerStatus status, ResourceStatus bare) {
        ResourceStatus dated = status.history().startedAt().map(bare::since).orElse(bare);
        return status.pulling()
                .map(image -> "pulling image " + image)
                .or(() -> status.history().lastExit().map(exit -> ended(owned, exit)))
                .map(dated::detail)
                .orElse(dated);
    }

    private String ended(Owned owned, Exit exit) {
        String how = "last ended with exit code %d at %s".formatted(exit.code(), exit.at());
        return complaint(owned, exit).map(complaint -> how + "; " + complaint).orElse(how);
    }

    private Optional<String> complaint(Owned owned, Exit exit) {
        return complaints.of(owned, exit, () -> logs(owned.deployment(), owned.resource(), Complaints.LINES));
    }

    private Phase phase(Owned owned, ContainerStatus status) {
        return switch (status.running()) {
            case STARTING -> status.pulling().isPresent() ? Phase.PENDING : Phase.STARTING;
            case STOPPED -> Phase.STOPPED;
            case FINISHED -> isDoneOnceItEnds(owned) ? Phase.COMPLETED : Phase.STOPPED;
            case RUNNING -> hasStarted(owned) ? Phase.RUNNING : Phase.STARTING;
        };
    }

    private boolean isDoneOnceItEnds(Owned owned) {
        return Optional.ofNullable(declared.get(owned))
                .filter(container -> container.execution().restart() == RestartPolicy.ON_FAILURE)
                .isPresent();
    }

    /** Without a probe it has once it runs; with one, once it answered that well. */
    private boolean hasStarted(Owned owned) {
        return Optional.ofNullable(monitors.get(owned))
                .map(HealthMonitor::hasStarted)
                .orElseGet(() -> Optional.ofNullable(declared.get(owned))
                        .flatMap(container -> container.healthCheck().probe())
                        .isEmpty());
    }

    @Override
    public Outcome converge(DeploymentName deployment, Container container, Means means) {
        Owned owned = new Owned(deployment, container.id());
        declared.put(owned, container);
        return holds.unlessResting(owned, () -> converge(owned, container, means));
    }

    private Outcome converge(Owned owned, Container container, Means means) {
        DeploymentName deployment = owned.deployment();
        Map<MountedFile, Path> files = new HashMap<>();
        for (MountedFile mounted : container.storage().allFiles()) {
            Optional<Path> path = means.files().find(mounted.file());
            if (path.isEmpty()) {
                return new Outcome.Failed(missing(owned, mounted));
            }
            files.put(mounted, path.get());
        }
        if (container.execution().job().isPresent()) {
            end(owned);
            return jobs.converge(owned, container, means, files);
        }
        if (jobs.isKnown(owned) && jobs.forget(owned) instanceof Outcome.Failed failed) {
            return failed;
        }
        if (conditions.mustWait(owned, container, () -> isRunning(owned))) {
            return new Outcome.Unchanged();
        }
        Optional<Outcome> sick = images.isTrying(owned) ? Optional.empty() : endWhenSick(owned, container);
        if (sick.isPresent() && sick.get() instanceof Outcome.Failed) {
            return sick.get();
        }
        Outcome outcome = images.converge(
                owned,
                container,
                () -> condition(owned, container),
                means.secrets(),
                wanted -> runtime.converge(deployment, wanted, means.secrets(), files));
        switch (outcome) {
            case Outcome.Changed _ -> watchAnew(owned, container);
            case Outcome.Unchanged() -> watch(owned, container);
            case Outcome.Failed _ -> {}
        }
        return outcome;
    }

    private ImageFollower.Condition condition(Owned owned, Container container) {
        Optional<ContainerStatus> status = status(runtime, owned);
        Optional<HealthMonitor> monitor = Optional.ofNullable(monitors.get(owned));
        boolean isAnswering = container.healthCheck().probe().isEmpty()
                || monitor.filter(asked -> asked.health() == Health.HEALTHY).isPresent();
        boolean isRunning = status.filter(one -> one.running() == ContainerStatus.Running.RUNNING)
                .isPresent();
        Wellness wellness = monitor.filter(HealthMonitor::hasGivenUp).isPresent()
                ? Wellness.HOPELESS
                : isRunning && isAnswering ? Wellness.WELL : Wellness.NOT_WELL;
        return new ImageFollower.Condition(
                wellness, status.map(one -> one.history().restarts()).orElse(0));
    }

    private static Cause missing(Owned owned, MountedFile mounted) {
        return new Cause(
                "container '%s' mounts %s at %s, which is not there"
                        .formatted(owned.resource().name(), mounted.file(), mounted.at()),
                "deployment " + owned.deployment(),
                "declare that file in the deployment, or see why it could not be made; what ran before goes on");
    }

    /** A container that does not answer is made again from its image: what it holds beside its volumes may be what ails it. */
    private Optional<Outcome> endWhenSick(Owned owned, Container container) {
        HealthMonitor monitor = monitors.get(owned);
        if (monitor == null || !monitor.hasGivenUp()) {
            return Optional.empty();
        }
        Restarts so = restarts.getOrDefault(owned, Restarts.NONE);
        long now = nanoTime.getAsLong();
        if (!so.mayRestart(now)) {
            return Optional.empty();
        }
        restarts.put(owned, so.oneMore(now));
        LOG.log(
                Level.WARNING,
                "Deployment {0}: container {1} does not answer its probe; starting it again, for the {2}. time",
                owned.deployment(),
                container.name(),
                Integer.toString(so.count() + 1));
        return Optional.of(runtime.remove(owned.deployment(), container.name()));
    }

    private void watchAnew(Owned owned, Container container) {
        end(owned);
        watch(owned, container);
    }

    private void watch(Owned owned, Container container) {
        conditions.started(owned, container);
        Optional<Probe> probe = container.healthCheck().probe();
        HealthThresholds thresholds = container.healthCheck().thresholds();
        IpAddress at = probe.map(asked -> addressOf(container, asked)).orElse(probeAddress);
        HealthMonitor monitor = monitors.get(owned);
        if (probe.isEmpty()) {
            end(owned);
        } else if (monitor == null || !monitor.isBy(probe.get(), at, thresholds)) {
            end(owned);
            monitors.put(
                    owned,
                    HealthMonitor.begin(
                            probe.get(),
                            at,
                            thresholds,
                            asked -> holds.isResting(owned) || isWell(owned, asked, at),
                            nanoTime,
                            () -> tell(owned.deployment())));
        }
    }

    /** What is reached from the node only is at the loopback address. */
    private IpAddress addressOf(Container container, Probe probe) {
        return container.network().ports().stream()
                        .filter(port ->
                                probe.asked().filter(port.node()::equals).isPresent())
                        .anyMatch(port -> port.reach() == PortReach.NODE)
                ? IpAddress.LOOPBACK
                : probeAddress;
    }

    private boolean isWell(Owned owned, Probe probe, IpAddress at) {
        return switch (probe) {
            case HttpProbe http -> question.isAnsweredWell(http, at);
            case TcpProbe tcp -> isConnected(tcp, at);
            case CommandProbe(Arguments command, var _, Duration timeout) ->
                runtime.execute(owned.deployment(), name(owned.resource()), command, timeout) == 0;
        };
    }

    private static boolean isConnected(TcpProbe probe, IpAddress at) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(at.address(), probe.port().number()),
                    Math.toIntExact(probe.timeout().toMillis()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void end(Owned owned) {
        Optional.ofNullable(monitors.remove(owned)).ifPresent(HealthMonitor::close);
    }

    private void tell(DeploymentName deployment) {
        listeners.forEach(listener -> listener.accept(deployment));
    }

    @Override
    public Outcome remove(DeploymentName deployment, ResourceId resource) {
        Owned owned = new Owned(deployment, resource);
        end(owned);
        restarts.remove(owned);
        declared.remove(owned);
        complaints.forget(owned);
        conditions.forget(owned);
        holds.forget(owned);
        images.forget(owned);
        return jobs.forget(owned);
    }

    /** A job runs when it is its time, and what ended as it should stays ended. One that rests is left at that. */
    @Override
    public Outcome restart(DeploymentName deployment, ResourceId resource) {
        Owned owned = new Owned(deployment, resource);
        Optional<Container> container = Optional.ofNullable(declared.get(owned))
                .filter(one -> one.execution().job().isEmpty());
        boolean isOver = status(runtime, owned)
                .filter(status -> status.running() == ContainerStatus.Running.FINISHED)
                .isPresent();
        if (container.isEmpty() || isOver) {
            return new Outcome.Unchanged();
        }
        return holds.unlessResting(owned, () -> {
            Outcome outcome = runtime.restart(deployment, container.get().name());
            if (outcome instanceof Outcome.Changed) {
                watchAnew(owned, container.get());
                tell(deployment);
            }
            return outcome;
        });
    }

    @Override
    public Optional<NodeData> data() {
        return Optional.of(new NodeData() {
            @Override
            public Optional<Path> volume(DeploymentName deployment, DataName volume) {
                return runtime.volume(deployment, volume);
            }

            @Override
            public ShareFolder share(ShareName share) {
                return runtime.share(share);
            }

            @Override
            public List<String> command(
                    DeploymentName deployment,
                    ContainerName container,
                    Arguments program,
                    Map<String, String> environment) {
                return runtime.command(deployment, container, program, environment);
            }

            @Override
            public Hold hold(DeploymentName deployment, Set<ContainerName> containers, Rest rest) {
                return holds.hold(deployment, containers, rest);
            }
        });
    }

    @Override
    public List<String> logs(DeploymentName deployment, ResourceId resource, int lines) {
        return runtime.logs(deployment, name(resource), lines);
    }

    @Override
    public void onChange(Consumer<DeploymentName> changed) {
        listeners.add(changed);
        subscriptions.add(runtime.onChange(changed));
    }

    @Override
    public boolean isTellingChanges() {
        return runtime.isTellingChanges();
    }

    static ResourceId id(ContainerName name) {
        return new ResourceId(KIND.name(), ResourceName.of(name.value()));
    }

    static ContainerName name(ResourceId resource) {
        return ContainerName.of(resource.name().value());
    }

    @Override
    public void close() {
        subscriptions.forEach(ContainerRuntime.Subscription::close);
        monitors.values().forEach(HealthMonitor::close);
        monitors.clear();
        timer.close();
        closing.run();
    }
}
