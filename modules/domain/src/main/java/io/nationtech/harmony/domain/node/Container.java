package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.hardware.DeviceGrant;
import io.nationtech.harmony.domain.placement.Demand;
import io.nationtech.harmony.domain.placement.Mobility;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.EnvText;
import io.nationtech.harmony.domain.value.ImageDigest;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.Reason;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.SecretText;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.SysctlValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A container. It runs for as long as its deployment wants it, and is started again when it ends, unless {@link #restart} or {@link #job}
 * says otherwise. Made by {@link #of} and said more of fluently.
 *
 * @param pull how it comes to its image
 * @param execution how its process is started
 * @param resources what it may use of its node, and what is kept for it
 * @param network how it is reached
 * @param storage what it keeps on its node
 * @param healthCheck how its health is told
 * @param security what it may know
 * @param mobility whether it may be taken elsewhere; for people, as its node does nothing about it
 */
public record Container(
        ContainerName name,
        ImageReference image,
        @Since(8) Pull pull,
        @Since(3) Execution execution,
        Resources resources,
        Network network,
        Storage storage,
        HealthCheck healthCheck,
        Security security,
        Mobility mobility)
        implements NodeResource {

    public Container {
        requireFollowable(name, image, pull, execution);
        requireOwnRegistry(name, image, pull);
        requireNoProbe(name, execution, healthCheck);
        for (EnvName variable : execution.env().keySet()) {
            if (security.env().containsKey(variable)) {
                throw new InvalidValueException(
                                "variable %s of container '%s' has a plain value and the secret one %s; leave out one of both"
                                        .formatted(
                                                variable, name, security.env().get(variable)))
                        .about(variable);
            }
        }
        requireMember(name, network);
        network.through().ifPresent(carrier -> requireFitToBeCarried(name, carrier, network, security));
        if (security.privileges().containsKey(Privilege.HOST_NETWORK)) {
            requireFitForHostNetwork(name, network);
        }
        requireKeysAllowed(name, storage, security);
    }

    private static void requireFollowable(ContainerName name, ImageReference image, Pull pull, Execution execution) {
        pull.updates().ifPresent(updates -> {
            if (image.digest().isPresent()) {
                throw new InvalidValueException(
                                "container '%s' is to follow the tag of its image, and '%s' names that very image for good; name a tag instead"
                                        .formatted(name, image))
                        .about(updates);
            }
            if (execution.job().isPresent() || execution.restart() == RestartPolicy.ON_FAILURE) {
                throw new InvalidValueException(
                                "container '%s' is to follow the tag of its image, and is done once its process ends well; only what goes on can be exchanged"
                                        .formatted(name))
                        .about(updates);
            }
        });
    }

    /** A login is told to the registry that it is for. */
    private static void requireOwnRegistry(ContainerName name, ImageReference image, Pull pull) {
        pull.login()
                .map(PullLogin::registry)
                .filter(registry -> !registry.equals(image.registry()))
                .ifPresent(registry -> {
                    throw new InvalidValueException("container '%s' logs in at '%s', and its image is '%s'"
                                    .formatted(name, registry, image))
                            .about(registry);
                });
    }

    private static void requireKeysAllowed(ContainerName name, Storage storage, Security security) {
        if (security.privileges().containsKey(Privilege.NODE_KEYS)) {
            return;
        }
        storage.hostPaths().stream().filter(HostPath::holdsKeys).findFirst().ifPresent(path -> {
            throw new InvalidValueException(
                            "container '%s' has %s of its node, in which the node's keys and the data of all others lie; mount a folder that has none, or say .allows(Privilege.NODE_KEYS, …) before"
                                    .formatted(name, path.path()))
                    .about(path);
        });
    }

    private static void requireFitForHostNetwork(ContainerName name, Network network) {
        for (PublishedPort port : network.ports()) {
            if (!port.node().equals(port.container())) {
                throw new InvalidValueException(
                                "container '%s' is on its node's network, where the port it listens at is the node's, and publishes %s; let it listen at port %s, or publish the port that it listens at"
                                        .formatted(name, port, port.node()))
                        .about(port);
            }
            if (port.reach() == PortReach.NODE) {
                throw new InvalidValueException(
                                "container '%s' is on its node's network, where it listens at the addresses that it chooses itself, and publishes %s; leave out one of both"
                                        .formatted(name, port))
                        .about(port);
            }
        }
        if (!network.sysctls().isEmpty()) {
            throw new InvalidValueException(
                    "container '%s' is on its node's network, and sets %s, which would change it for the whole node; leave out one of both"
                            .formatted(name, kernelNames(network)));
        }
    }

    /** What podman refuses, or would do to the other's network. */
    private static void requireFitToBeCarried(
            ContainerName name, ContainerName carrier, Network network, Security security) {
        String begin = "container '%s' goes through '%s', and ".formatted(name, carrier);
        if (!network.ports().isEmpty()) {
            throw new InvalidValueException(begin
                            + "publishes %s; let '%s' publish it"
                                    .formatted(network.ports().getFirst(), carrier))
                    .about(network.ports().getFirst());
        }
        if (security.privileges().containsKey(Privilege.HOST_NETWORK)) {
            throw new InvalidValueException(begin + "is on its node's network; leave out one of both");
        }
        if (!network.sysctls().isEmpty()) {
            throw new InvalidValueException(
                    begin + "sets %s; say that of '%s', whose network it is".formatted(kernelNames(network), carrier));
        }
        if (!network.names().equals(NameResolution.DEFAULT)) {
            throw new InvalidValueException(begin
                    + "learns addresses otherwise; say hostAlias(…) and dnsServers(…) of '%s', by which both go"
                            .formatted(carrier));
        }
    }

    private static String kernelNames(Network network) {
        return network.sysctls().keySet().stream()
                .map(Sysctl::kernelName)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static void requireNoProbe(ContainerName name, Execution execution, HealthCheck healthCheck) {
        if (execution.restart() == RestartPolicy.ON_FAILURE || execution.job().isPresent()) {
            healthCheck.probe().ifPresent(probe -> {
                throw new InvalidValueException(
                                "container '%s' is done once its process ends well, and has a probe, which would then fail: leave out one of both"
                                        .formatted(name))
                        .about(probe);
            });
        }
    }

    private static void requireMember(ContainerName name, Network network) {
        network.shared()
                .ifPresent(shared -> network.names()
                        .member()
                        .filter(asked -> !shared.members().contains(asked))
                        .ifPresent(asked -> {
                            throw new InvalidValueException(
                                    "container '%s' asks '%s' for names, which is not in group '%s' with it: name both in it"
                                            .formatted(name, asked, shared.name()));
                        }));
        network.shared().filter(shared -> !shared.members().contains(name)).ifPresent(shared -> {
            throw new InvalidValueException("container '%s' is on network '%s', which is shared by %s"
                    .formatted(name, shared.name(), shared.members()));
        });
    }

    /**
     * How a container comes to its image.
     *
     * @param updates when it follows its image's tag; without it, its image changes when its deployment does, and never else
     * @param login who the node is to the registry; without it, nobody
     */
    public record Pull(Optional<ImageUpdates> updates, Optional<PullLogin> login) {
        /** Once, without asking again, as nobody. */
        public static final Pull DEFAULT = new Pull(Optional.empty(), Optional.empty());

        private Pull withoutUpdates() {
            return new Pull(Optional.empty(), login);
        }

        /** The same, following the tag. */
        public Pull with(ImageUpdates others) {
            return new Pull(Optional.of(others), login);
        }

        /** The same, as somebody. */
        public Pull with(PullLogin other) {
            return new Pull(updates, Optional.of(other));
        }
    }

    /**
     * How a container's process is started and ended.
     *
     * @param env variables beside those of its image; 131,072 bytes of names and values at most, as they stand in one line of a unit
     *     file, which systemd reads up to 1,048,576 bytes of, all of it quoted twice
     * @param restart when it is started again
     * @param program what it is
     * @param stop how it is ended
     * @param after what it waits for; 16 conditions at most
     * @param job when it runs, where it is work that ends by itself; its restart policy is the usual one then, and does nothing
     */
    public record Execution(
            Map<EnvName, EnvText> env,
            RestartPolicy restart,
            @Since(4) Program program,
            @Since(4) Stop stop,
            @Since(6) Set<StartCondition> after,
            @Since(6) Optional<JobSpec> job) {
        /** As its image says. */
        public static final Execution DEFAULT = new Execution(
                Map.of(), RestartPolicy.DEFAULT, Program.DEFAULT, Stop.DEFAULT, Set.of(), Optional.empty());

        private static final int MOST_BYTES = 131_072;
        private static final int MOST_CONDITIONS = 16;

        public Execution {
            env = Map.copyOf(env);
            after = Set.copyOf(after);
            if (after.size() > MOST_CONDITIONS) {
                throw new InvalidValueException("a container waits for %d others before it starts, and may wait for %d"
                        .formatted(after.size(), MOST_CONDITIONS));
            }
            int bytes = env.entrySet().stream()
                    .mapToInt(one -> one.toString().getBytes(StandardCharsets.UTF_8).length)
                    .sum();
            if (bytes > MOST_BYTES) {
                throw new InvalidValueException(
                        "%d environment variables have %d bytes together, and may have %d: put what is long into a file"
                                .formatted(env.size(), bytes, MOST_BYTES));
            }
        }

        /** The same with one variable more, or with another value of it. */
        public Execution env(EnvName name, EnvText value) {
            Map<EnvName, EnvText> all = new HashMap<>(env);
            all.put(name, value);
            return new Execution(all, restart, program, stop, after, job);
        }

        /** The same, started again by this policy. */
        public Execution restart(RestartPolicy policy) {
            return new Execution(env, policy, program, stop, after, job);
        }

        /** The same with another process. */
        public Execution with(Program other) {
            return new Execution(env, restart, other, stop, after, job);
        }

        /** The same, ended otherwise. */
        public Execution with(Stop other) {
            return new Execution(env, restart, program, other, after, job);
        }

        /** The same, waiting for one thing more. */
        public Execution after(StartCondition another) {
            return after(Stream.concat(after.stream(), Stream.of(another)).collect(Collectors.toUnmodifiableSet()));
        }

        /** The same, waiting for these things and no others. */
        public Execution after(Set<StartCondition> others) {
            return new Execution(env, restart, program, stop, others, job);
        }

        /** The same, as a job. */
        public Execution with(JobSpec other) {
            return new Execution(env, restart, program, stop, after, Optional.of(other));
        }
    }

    /**
     * What a container may use of its node.
     *
     * @param memoryLimit above which the kernel ends it
     * @param reserved what of its node is kept for it, so that nobody else is placed on that
     * @param devices of its node that it may use, ordered by path
     * @param limits of everything but memory; it has no more shared memory than memory
     */
    public record Resources(
            Memory memoryLimit,
            Demand reserved,
            List<DeviceGrant> devices,
            @Since(5) Limits limits) {
        public Resources {
            devices = devices.stream().sorted().toList();
            limits.sharedMemory()
                    .filter(shared -> shared.compareTo(memoryLimit) > 0)
                    .ifPresent(shared -> {
                        throw new InvalidValueException(
                                        "%s of shared memory is more than the memory limit, %s, of which it is a part"
                                                .formatted(shared, memoryLimit))
                                .about(shared);
                    });
        }

        /** All that it may use is kept for it; no devices. */
        public static Resources of(Memory memoryLimit) {
            return new Resources(memoryLimit, Demand.of(memoryLimit), List.of(), Limits.DEFAULT);
        }

        /** The same, with this kept for it. */
        public Resources reserving(Demand other) {
            return new Resources(memoryLimit, other, devices, limits);
        }

        /** The same with these devices and no others. */
        public Resources with(List<DeviceGrant> others) {
            return new Resources(memoryLimit, reserved, others, limits);
        }

        /** The same with other limits. */
        public Resources with(Limits others) {
            return new Resources(memoryLimit, reserved, devices, others);
        }

        /** The same with another limit of memory, all of which is kept for it. */
        public Resources limitedTo(Memory other) {
            return new Resources(other, Demand.of(other), devices, limits);
        }
    }

    /**
     * How a container is reached, and reaches others.
     *
     * @param ports what is reachable through the node's address
     * @param shared with others of its deployment, who reach it by its name; without one, nobody does
     * @param names where it learns addresses
     * @param sysctls parameters of the kernel for its network
     * @param through another container of its group, whose network it has in place of one of its own; when that does not run, it has none
     */
    public record Network(
            List<PublishedPort> ports,
            @Since(5) Optional<SharedNetwork> shared,
            @Since(6) NameResolution names,
            @Since(6) Map<Sysctl, SysctlValue> sysctls,
            @Since(8) Optional<ContainerName> through) {
        /** Nothing of it is reachable from outside. */
        public static final Network DEFAULT = new Network(List.of());

        /** With these ports, and shared with nobody. */
        public Network(List<PublishedPort> ports) {
            this(ports, Optional.empty(), NameResolution.DEFAULT, Map.of(), Optional.empty());
        }

        public Network {
            ports = List.copyOf(ports);
            sysctls = Map.copyOf(sysctls);
            Set<NodePort> taken = new HashSet<>();
            for (PublishedPort port : ports) {
                if (!taken.add(port.taken())) {
                    throw new InvalidValueException(
                                    "a container publishes port %s of its node twice; give one another port of the node"
                                            .formatted(port.taken()))
                            .about(port);
                }
            }
            sysctls.forEach(Network::requirePossible);
        }

        private static void requirePossible(Sysctl parameter, SysctlValue value) {
            if (value.number() > parameter.most()) {
                throw new InvalidValueException("%s is set to %s, and takes 0 to %d"
                                .formatted(parameter.kernelName(), value, parameter.most()))
                        .about(value);
            }
        }

        /** With one port more. */
        public Network publishing(PublishedPort another) {
            return new Network(
                    Stream.concat(ports.stream(), Stream.of(another)).toList(), shared, names, sysctls, through);
        }

        /** The same, shared with others. */
        public Network sharing(SharedNetwork network) {
            return new Network(ports, Optional.of(network), names, sysctls, through);
        }

        /** The same, learning addresses otherwise. */
        public Network with(NameResolution others) {
            return new Network(ports, shared, others, sysctls, through);
        }

        /** The same with one parameter of the kernel more, or with another value of it. */
        public Network sysctl(Sysctl parameter, SysctlValue value) {
            Map<Sysctl, SysctlValue> all = new HashMap<>(sysctls);
            all.put(parameter, value);
            return new Network(ports, shared, names, all, through);
        }

        /** The same, which is that of another container. */
        public Network through(ContainerName carrier) {
            return new Network(ports, shared, names, sysctls, Optional.of(carrier));
        }

        /** With these ports published. */
        public static Network of(PublishedPort... ports) {
            return new Network(List.of(ports));
        }
    }

    /**
     * What a container keeps on its node, and has of it.
     *
     * @param volumes which outlive it
     * @param files that its deployment has there
     * @param scratch folders in memory, none at the place of another
     * @param shares folders of the household, 16 at most; nothing else is in one, or at its place
     * @param hostPaths folders and files of the node itself, 16 at most, none at the place of another
     * @param seeds files in its volumes which are put there when they are not there, as whoever its process runs as, whenever it starts
     * @param borrowed data of somebody else's, 16 at most; nothing else is in it, or at its place
     */
    public record Storage(
            List<Volume> volumes,
            @Since(2) List<MountedFile> files,
            @Since(5) List<Scratch> scratch,
            @Since(6) List<MountedShare> shares,
            @Since(7) List<HostPath> hostPaths,
            @Since(7) List<MountedFile> seeds,
            @Since(9) List<MountedData> borrowed) {
        /** Nothing outlives it, and it reads nothing but its image. */
        public static final Storage DEFAULT = new Storage(List.of());

        private static final int MOST_OF_NODE = 16;

        public Storage {
            volumes = List.copyOf(volumes);
            files = List.copyOf(files);
            scratch = List.copyOf(scratch);
            shares = List.copyOf(shares);
            hostPaths = List.copyOf(hostPaths);
            seeds = List.copyOf(seeds);
            borrowed = List.copyOf(borrowed);
            Set<MountPath> taken = volumes.stream().map(Volume::at).collect(Collectors.toCollection(HashSet::new));
            files.forEach(file -> taken.add(file.at()));
            for (Scratch folder : scratch) {
                if (!taken.add(folder.at())) {
                    throw new InvalidValueException(
                                    "a folder in memory is to be at %s, where the container has something else already"
                                            .formatted(folder.at()))
                            .about(folder.at());
                }
            }
            requireFree(hostPaths, taken);
            requireFew("shares", shares.size());
            requireFew("borrowed volumes", borrowed.size());
            requireEmpty(
                    Stream.concat(
                                    shares.stream().map(OfOthers::of),
                                    borrowed.stream().map(OfOthers::of))
                            .toList(),
                    taken);
            requireInVolumes(seeds, volumes, taken);
        }

        /** What is not the container's own. */
        private record OfOthers(String label, MountPath at, Object declared) {
            static OfOthers of(MountedShare share) {
                return new OfOthers(share.label(), share.at(), share);
            }

            static OfOthers of(MountedData data) {
                return new OfOthers(data.label(), data.at(), data.at());
            }
        }

        private static void requireFree(List<HostPath> paths, Set<MountPath> taken) {
            requireFew("paths of the node", paths.size());
            for (HostPath path : paths) {
                if (!taken.add(path.at())) {
                    throw new InvalidValueException(
                                    "%s of the node is to be at %s, where the container has something else already"
                                            .formatted(path.path(), path.at()))
                            .about(path);
                }
            }
        }

        private static void requireFew(String what, int number) {
            if (number > MOST_OF_NODE) {
                throw new InvalidValueException(
                        "%d %s in a container are more than %d".formatted(number, what, MOST_OF_NODE));
            }
        }

        private static void requireInVolumes(List<MountedFile> seeds, List<Volume> volumes, Set<MountPath> others) {
            Set<MountPath> taken = new HashSet<>(others);
            for (MountedFile seed : seeds) {
                if (volumes.stream()
                        .noneMatch(volume ->
                                volume.at().holds(seed.at()) && !volume.at().equals(seed.at()))) {
                    throw new InvalidValueException(
                                    "file '%s' is to be put at %s, which is in no volume of the container; name the volume before"
                                            .formatted(seed.file().name(), seed.at()))
                            .about(seed.at());
                }
                if (!taken.add(seed.at())) {
                    throw new InvalidValueException(
                                    "file '%s' is to be put at %s, where the container has something else already"
                                            .formatted(seed.file().name(), seed.at()))
                            .about(seed.at());
                }
            }
        }

        /** What is mounted in it needs a folder there, which would be made in what is others'. */
        private static void requireEmpty(List<OfOthers> folders, Set<MountPath> others) {
            Set<MountPath> taken = new HashSet<>(others);
            for (OfOthers folder : folders) {
                if (!taken.add(folder.at())) {
                    throw new InvalidValueException(
                                    "%s is where the container has something else already".formatted(folder.label()))
                            .about(folder.declared());
                }
            }
            for (OfOthers folder : folders) {
                taken.stream()
                        .filter(path -> folder.at().holds(path) && !path.equals(folder.at()))
                        .min(Comparator.comparing(MountPath::value))
                        .ifPresent(inner -> {
                            throw new InvalidValueException(
                                            "what the container has at %s would lie in %s, and make a folder there; mount it beside"
                                                    .formatted(inner, folder.label()))
                                    .about(folder.declared());
                        });
            }
        }

        /** Volumes and nothing else. */
        public Storage(List<Volume> volumes) {
            this(volumes, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
        }

        /** The same with other volumes. */
        public Storage volumes(List<Volume> others) {
            return new Storage(others, files, scratch, shares, hostPaths, seeds, borrowed);
        }

        /** The same with these shares too. */
        public Storage sharing(List<MountedShare> others) {
            return new Storage(volumes, files, scratch, joined(shares, others), hostPaths, seeds, borrowed);
        }

        /** The same with one file more. */
        public Storage mounting(MountedFile file) {
            return new Storage(volumes, joined(files, List.of(file)), scratch, shares, hostPaths, seeds, borrowed);
        }

        /** The same with one folder in memory more. */
        public Storage mounting(Scratch folder) {
            return new Storage(volumes, files, joined(scratch, List.of(folder)), shares, hostPaths, seeds, borrowed);
        }

        /** The same with one folder or file of the node more. */
        public Storage mounting(HostPath path) {
            return new Storage(volumes, files, scratch, shares, joined(hostPaths, List.of(path)), seeds, borrowed);
        }

        /** The same with one more folder of somebody else's. */
        public Storage borrowing(MountedData another) {
            return new Storage(volumes, files, scratch, shares, hostPaths, seeds, joined(borrowed, List.of(another)));
        }

        /** What resources of its deployment make or lead to that it has, wherever it goes. */
        public List<MountedFile> allFiles() {
            return joined(
                    joined(files, seeds),
                    borrowed.stream().map(MountedData::file).toList());
        }

        /** The same with one file more that its volumes begin with. */
        public Storage seeded(MountedFile file) {
            return new Storage(volumes, files, scratch, shares, hostPaths, joined(seeds, List.of(file)), borrowed);
        }

        private static <T> List<T> joined(List<T> some, List<T> others) {
            return Stream.concat(some.stream(), others.stream()).toList();
        }

        /** Keeping these volumes. */
        public static Storage keeping(Volume... volumes) {
            return new Storage(List.of(volumes));
        }
    }

    /**
     * How a container's health is told.
     *
     * @param probe without one, running is all that is known
     * @param thresholds from when on the probe's failures count
     */
    public record HealthCheck(
            Optional<Probe> probe, @Since(3) HealthThresholds thresholds) {
        /** Running is all that is known. */
        public static final HealthCheck DEFAULT = new HealthCheck(Optional.empty(), HealthThresholds.DEFAULT);

        /** By asking it. */
        public static HealthCheck by(Probe probe) {
            return new HealthCheck(Optional.of(probe), HealthThresholds.DEFAULT);
        }

        /** The same, with other thresholds. */
        public HealthCheck with(HealthThresholds others) {
            return new HealthCheck(probe, others);
        }
    }

    /**
     * What a container may know and do.
     *
     * @param secrets that it reads from files
     * @param env variables of its process, of no other, in which some of these secrets stand
     * @param privileges what it may do beyond the least, and why
     */
    public record Security(
            List<MountedSecret> secrets,
            @Since(5) Map<EnvName, SecretText> env,
            @Since(5) Map<Privilege, Reason> privileges) {
        /** It knows no secret, and may do the least. */
        public static final Security DEFAULT = new Security(List.of(), Map.of(), Map.of());

        public Security {
            secrets = List.copyOf(secrets);
            env = Map.copyOf(env);
            privileges = Map.copyOf(privileges);
            List<SecretRef> known = secrets.stream().map(MountedSecret::ref).toList();
            env.forEach((variable, text) -> {
                if (!variable.isOfShells()) {
                    throw new InvalidValueException(
                            "variable %s has a '.' in its name, and no secret can be put there".formatted(variable));
                }
                text.secrets().forEach(secret -> {
                    if (!known.contains(secret)) {
                        throw new InvalidValueException("variable %s has secret '%s', which the container does not read"
                                .formatted(variable, secret.name()));
                    }
                });
            });
        }

        /** The least, and reading these secrets. */
        public static Security reading(List<MountedSecret> secrets) {
            return DEFAULT.and(secrets);
        }

        /** The same, reading these too. */
        public Security and(List<MountedSecret> others) {
            return new Security(
                    Stream.concat(secrets.stream(), others.stream()).distinct().toList(), env, privileges);
        }

        /** The same, with these variables too. */
        public Security env(Map<EnvName, SecretText> others) {
            Map<EnvName, SecretText> all = new HashMap<>(env);
            all.putAll(others);
            return new Security(secrets, all, privileges);
        }

        /** The same, which may do one thing more. */
        public Security allowing(Privilege privilege, Reason because) {
            Map<Privilege, Reason> all = new EnumMap<>(Privilege.class);
            all.putAll(privileges);
            all.put(privilege, because);
            return new Security(secrets, env, all);
        }
    }

    /** One of which only the image and the memory are known. */
    public static Container of(ContainerName name, ImageReference image, Memory memoryLimit) {
        return new Container(
                name,
                image,
                Pull.DEFAULT,
                Execution.DEFAULT,
                Resources.of(memoryLimit),
                Network.DEFAULT,
                Storage.DEFAULT,
                HealthCheck.DEFAULT,
                Security.DEFAULT,
                Mobility.MOVES);
    }

    /** The containers among resources, in their order. */
    public static Stream<Container> among(Stream<? extends NodeResource> resources) {
        return resources.filter(Container.class::isInstance).map(Container.class::cast);
    }

    /** The same with one environment variable more, or with another value of it. */
    public Container env(EnvName variable, EnvText value) {
        return changed(draft -> draft.execution = execution.env(variable, value));
    }

    /** The same, started again by this policy when its process ended. */
    public Container restart(RestartPolicy policy) {
        return changed(draft -> draft.execution = execution.restart(policy));
    }

    /** The same, as a job. */
    public Container job(JobSpec other) {
        return changed(draft -> draft.execution = execution.with(other));
    }

    /** The same from that very image, whatever its tag names; it follows nothing then. */
    public Container pinnedTo(ImageDigest digest) {
        return changed(draft -> {
            draft.image = image.pinnedTo(digest);
            draft.pull = pull.withoutUpdates();
        });
    }

    /** The same, coming to its image otherwise. */
    public Container with(Pull other) {
        return changed(draft -> draft.pull = other);
    }

    /** The same, as one of several replicas: its turn where these take turns. */
    public Container replica(int number) {
        return pull.updates()
                .map(updates -> with(pull.with(updates.turn(number))))
                .orElse(this);
    }

    /** The same, started or ended otherwise. */
    public Container with(Execution other) {
        return changed(draft -> draft.execution = other);
    }

    /** The same with other resources. */
    public Container with(Resources other) {
        return changed(draft -> draft.resources = other);
    }

    /** The same, reached otherwise. */
    public Container with(Network other) {
        return changed(draft -> draft.network = other);
    }

    /** The same, keeping other things. */
    public Container with(Storage other) {
        return changed(draft -> draft.storage = other);
    }

    /** The same, with its health told otherwise. */
    public Container with(HealthCheck other) {
        return changed(draft -> draft.healthCheck = other);
    }

    /** The same, knowing other things. */
    public Container with(Security other) {
        return changed(draft -> draft.security = other);
    }

    private Container changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.container();
    }

    /** A container while one thing of it is changed: the one place that passes on all the others. */
    private static final class Draft {
        private ImageReference image;
        private ContainerName name;
        private Pull pull;
        private Execution execution;
        private Resources resources;
        private Network network;
        private Storage storage;
        private HealthCheck healthCheck;
        private Security security;
        private Mobility mobility;

        Draft(Container before) {
            this.name = before.name;
            this.image = before.image;
            this.pull = before.pull;
            this.execution = before.execution;
            this.resources = before.resources;
            this.network = before.network;
            this.storage = before.storage;
            this.healthCheck = before.healthCheck;
            this.security = before.security;
            this.mobility = before.mobility;
        }

        Container container() {
            return new Container(
                    name, image, pull, execution, resources, network, storage, healthCheck, security, mobility);
        }
    }

    /** Whether it has no network of its own: {@link Privilege#HOST_NETWORK}. */
    public boolean isOnHostNetwork() {
        return security.privileges().containsKey(Privilege.HOST_NETWORK);
    }

    /** How long its process has to end when it is told to. */
    public Duration timeToStop() {
        return execution.stop().within().orElse(storage.volumes().isEmpty() ? Stop.USUAL : Stop.WITH_DATA);
    }

    @Override
    public ResourceId id() {
        return new ResourceId(ContainerKind.NAME, ResourceName.of(name.value()));
    }

    @Override
    public Container named(ResourceName other) {
        ContainerName now = ContainerName.of(other.value());
        return changed(draft -> {
            draft.name = now;
            draft.network = network.shared()
                    .map(shared -> network.sharing(shared.renamed(name, now)))
                    .orElse(network);
        });
    }

    @Override
    public Claim claim() {
        return Claim.of(resources.reserved())
                .ports(network.ports().stream().map(PublishedPort::taken).toList())
                .devices(resources.devices())
                .volumes(storage.volumes().stream().map(Volume::name).toList())
                .shares(storage.shares().stream().map(MountedShare::share).toList())
                .secrets(Stream.concat(security.secrets().stream(), pull.login().map(PullLogin::secret).stream())
                        .distinct()
                        .toList());
    }

    /** A container has the name of its service. */
    @Override
    public Optional<ServiceName> service() {
        return Optional.of(ServiceName.of(name.value()));
    }

    @Override
    public Container placed(List<DeviceGrant> devices, Mobility policy) {
        return with(resources.with(devices)).changed(draft -> draft.mobility = policy);
    }
}
