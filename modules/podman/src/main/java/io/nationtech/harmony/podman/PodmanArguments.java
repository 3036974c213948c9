package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.JobSpec;
import io.nationtech.harmony.domain.node.Limits;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.node.NameResolution;
import io.nationtech.harmony.domain.node.Program;
import io.nationtech.harmony.domain.node.ProgramOption;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.node.Scratch;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.EnvText;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.jr.ob.JSON;

/** How a declared container is told to podman. */
record PodmanArguments(NodeId node, Optional<IpAddress> publishAt, Optional<MemoryFolder> secrets) {

    String name(DeploymentName deployment, ContainerName container) {
        return own(deployment) + "." + container;
    }

    String volume(DeploymentName deployment, DataName volume) {
        return volume(own(deployment), volume);
    }

    /** As podman knows a volume. */
    static String volume(String owner, DataName volume) {
        return owner + "." + volume;
    }

    /** Before the names of all that is a deployment's on this node. */
    String own(DeploymentName deployment) {
        return "harmony-%s.%s".formatted(node, deployment);
    }

    /** Under which the container that will take over a name is made. */
    static String nextName(String name) {
        return name + ".next";
    }

    Fingerprint fingerprint(EquippedContainer wanted) {
        return Fingerprint.of(wanted, publishAt);
    }

    /** The words that make a container. */
    List<String> create(String name, DeploymentName deployment, EquippedContainer wanted) {
        return words(List.of("create"), name, deployment, wanted);
    }

    /** The words that make a container and start it. */
    List<String> run(String name, DeploymentName deployment, EquippedContainer wanted) {
        return words(List.of("run", "--detach"), name, deployment, wanted);
    }

    private List<String> words(List<String> verb, String name, DeploymentName deployment, EquippedContainer wanted) {
        Container container = wanted.container();
        List<String> words = new ArrayList<>(verb);
        words.addAll(List.of("--name", name, "--pull", "never"));
        words.addAll(Host.flags());
        words.addAll(labels(deployment, wanted));
        words.addAll(List.of(
                // Podman restarts without a pause: unbounded, a container that cannot live would eat a core. What it
                // gives
                // up, converge starts again.
                restart(container),
                // The image's own health check needs systemd timers; a declared probe is the agent's work.
                "--no-healthcheck",
                "--log-driver=k8s-file",
                "--log-opt=max-size=10mb"));
        words.addAll(common(container));
        words.addAll(wanted.words());
        if (Host.sharesCpu()) {
            words.add("--cpu-shares=" + cpuShares(container));
        }
        published(publishAt, container).forEach(port -> words.addAll(List.of("--publish", port)));
        wanted.deviceFiles().forEach(file -> words.addAll(List.of("--device", file)));
        String owner = name(deployment, container.name());
        for (MountedSecret secret : container.security().secrets()) {
            secrets.ifPresent(folder -> words.addAll(
                    List.of("--volume", "%s:%s:ro".formatted(folder.file(owner, secret), insideOf(secret)))));
        }
        for (Volume volume : container.storage().volumes()) {
            words.addAll(List.of("--volume", mounted(own(deployment), volume)));
        }
        wanted.mounts().forEach(mount -> words.addAll(List.of("--volume", mount)));
        words.add(container.image().toString());
        words.addAll(arguments(container));
        return words;
    }

    /** By podman alone nothing starts that has shares: it does not look whether they are mounted. A job is started by the agent only. */
    private static String restart(Container container) {
        boolean isByAgentOnly = container.execution().job().isPresent()
                || !container.storage().shares().isEmpty();
        return isByAgentOnly ? "--restart=no" : "--restart=on-failure:5";
    }

    private List<String> labels(DeploymentName deployment, EquippedContainer wanted) {
        return List.of(
                "--label=%s=%s".formatted(Labels.NODE, node),
                "--label=%s=%s".formatted(Labels.DEPLOYMENT, deployment),
                "--label=%s=%s".formatted(Labels.CONTAINER, wanted.container().name()),
                "--label=%s=%s".formatted(Labels.FINGERPRINT, fingerprint(wanted)));
    }

    /** Where a container finds a secret. */
    static String insideOf(MountedSecret secret) {
        return "/run/secrets/" + secret.ref().name();
    }

    /** A volume of podman's, which is made before it is used or at first use, and never removed: nothing here does. */
    static String mounted(String owner, Volume volume) {
        return "%s:%s".formatted(volume(owner, volume.name()), volume.at());
    }

    /** What podman is told of a container in the same words whoever starts it, the agent or a unit. */
    static List<String> common(Container container) {
        return Stream.of(
                        memory(container.resources().memoryLimit()).stream(),
                        limits(container.resources().limits()),
                        Privileges.flags(container.security().privileges().keySet()),
                        container.storage().scratch().stream().map(PodmanArguments::scratch),
                        environment(container.execution().env()),
                        program(container.execution().program()),
                        Stream.of("--hostname=" + container.name()),
                        addresses(container.network().names()),
                        container.network().sysctls().entrySet().stream()
                                .map(one ->
                                        "--sysctl=%s=%s".formatted(one.getKey().kernelName(), one.getValue()))
                                .sorted(),
                        stop(container),
                        deadline(container))
                .flatMap(words -> words)
                .toList();
    }

    /** What stands after the image. */
    static List<String> arguments(Container container) {
        return container.execution().program().args().map(Arguments::words).orElse(List.of());
    }

    private static Stream<String> program(Program program) {
        return Stream.of(
                        program.entrypoint().map(words -> "--entrypoint=" + json(words)),
                        program.workingFolder().map(folder -> "--workdir=" + folder),
                        program.user().map(user -> "--user=" + user),
                        flag(program, ProgramOption.INIT, "--init"),
                        flag(program, ProgramOption.TERMINAL, "--tty"),
                        flag(program, ProgramOption.TERMINAL, "--interactive"))
                .flatMap(Optional::stream);
    }

    private static Optional<String> flag(Program program, ProgramOption option, String flag) {
        return Optional.of(flag).filter(_ -> program.options().contains(option));
    }

    private static Stream<String> addresses(NameResolution names) {
        return Stream.concat(
                names.hosts().entrySet().stream()
                        .map(host -> "--add-host=%s:%s".formatted(host.getKey(), host.getValue()))
                        .sorted(),
                names.member().isPresent() ? Stream.of() : servers(names));
    }

    /** The words that tell which DNS servers are asked, but for one of its group. */
    static Stream<String> servers(NameResolution names) {
        return names.servers().stream().map(server -> "--dns=" + server);
    }

    /** Otherwise podman takes all of it for the program's name. */
    private static String json(Arguments words) {
        return JSON.std.asString(words.words());
    }

    private static Stream<String> stop(Container container) {
        return Stream.concat(
                container.execution().stop().signal().map(signal -> "--stop-signal=" + signal).stream(),
                Stream.of("--stop-timeout=" + container.timeToStop().toSeconds()));
    }

    /** Podman's own, so that it holds while the agent is away. */
    private static Stream<String> deadline(Container container) {
        return container
                .execution()
                .job()
                .flatMap(JobSpec::deadline)
                .map(time -> "--timeout=" + time.toSeconds())
                .stream();
    }

    /** In a fixed order, so that the same container is told in the same words. */
    private static Stream<String> environment(Map<EnvName, EnvText> env) {
        return new TreeMap<>(env)
                .entrySet().stream().map(variable -> "--env=%s=%s".formatted(variable.getKey(), variable.getValue()));
    }

    /** The limit counts swap too, or a container could take twice what it was given. */
    private static List<String> memory(Memory limit) {
        long bytes = limit.bytes();
        return List.of("--memory=%db".formatted(bytes), "--memory-swap=%db".formatted(bytes));
    }

    private static Stream<String> limits(Limits limits) {
        return Stream.of(
                        limits.cpu().map(cpu -> "--cpus=" + BigDecimal.valueOf(cpu.millis(), 3)),
                        limits.processes().map(most -> "--pids-limit=" + most),
                        limits.openFiles().map(most -> "--ulimit=nofile=%1$s:%1$s".formatted(most)),
                        limits.sharedMemory().map(most -> "--shm-size=%db".formatted(most.bytes())))
                .flatMap(Optional::stream);
    }

    private static String scratch(Scratch folder) {
        return "--tmpfs=%s:rw,size=%d,mode=1777"
                .formatted(folder.at(), folder.most().bytes());
    }

    /**
     * What a container may have of a processor that others want too: 1024 for a whole one, as in Kubernetes. Not a limit; podman keeps
     * processes at its own limit of 2,048.
     */
    static long cpuShares(Container container) {
        return Math.clamp(container.resources().reserved().cpu().millis() * 1024L / 1000, 2, 262_144);
    }

    /** The same as systemd counts it: 100 for a whole processor, which is also what its services have that say nothing. */
    static long cpuWeight(Container container) {
        return Math.clamp(container.resources().reserved().cpu().millis() / 10, 1, 10_000);
    }

    /** Ports as podman's and quadlet's publish option want them; none of what is on its node's network, which needs no way there. */
    static List<String> published(Optional<IpAddress> at, Container container) {
        return container.isOnHostNetwork()
                ? List.of()
                : container.network().ports().stream()
                        .map(port -> published(at, port))
                        .toList();
    }

    /** IPv6 addresses stand in brackets. */
    private static String published(Optional<IpAddress> at, PublishedPort port) {
        Optional<IpAddress> reached = switch (port.reach()) {
            case SITE -> at;
            case NODE -> Optional.of(IpAddress.LOOPBACK);
        };
        String address = reached.map(IpAddress::toString)
                .map(text -> text.contains(":") ? "[%s]:".formatted(text) : text + ":")
                .orElse("");
        return "%s%s:%s%s"
                .formatted(
                        address, port.node(), port.container(), port.protocol().suffix());
    }
}
