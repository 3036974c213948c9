package io.nationtech.harmony.runtime.memory;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.ImageLookup;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.domain.capability.SecretValues;
import io.nationtech.harmony.domain.capability.ShareFolder;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.ContainerHistory.Exit;
import io.nationtech.harmony.domain.node.ContainerStatus;
import io.nationtech.harmony.domain.node.MountedFile;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ImageDigest;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ShareName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One node's containers: web servers at an address of this machine. Outlives the node's agent, as real containers do. */
public final class InProcessRuntime implements ContainerRuntime, AutoCloseable {
    /** As shells say of a program that is not there. */
    private static final int NOT_FOUND = 127;

    private final Images images;
    private final IpAddress publishAt;
    private final Map<DeploymentName, Map<ContainerName, Served>> served = new ConcurrentHashMap<>();
    private final Map<String, Map<SecretRef, String>> secretsRead = new ConcurrentHashMap<>();
    private final Map<String, Map<MountedFile, Path>> filesMounted = new ConcurrentHashMap<>();
    private final Map<DeploymentName, Map<ContainerName, ImageReference>> pulling = new ConcurrentHashMap<>();
    private final List<Consumer<DeploymentName>> listeners = new CopyOnWriteArrayList<>();
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final List<Map<ContainerName, ImageReference>> tidied = new CopyOnWriteArrayList<>();
    private final Map<String, Path> volumes = new ConcurrentHashMap<>();
    private final Set<ShareName> shares = ConcurrentHashMap.newKeySet();
    private final Map<ImageReference, ImageDigest> stored = new ConcurrentHashMap<>();
    private volatile Optional<Supplier<RuntimeException>> broken = Optional.empty();

    public InProcessRuntime(Images images, IpAddress publishAt) {
        this.images = images;
        this.publishAt = publishAt;
    }

    @Override
    public Map<DeploymentName, List<ContainerStatus>> observe() {
        requireWorking();
        Map<DeploymentName, Map<ContainerName, ContainerStatus>> all = new TreeMap<>();
        served.forEach((deployment, containers) ->
                containers.forEach((_, container) -> put(all, deployment, container.status())));
        pulling.forEach((deployment, containers) -> containers.forEach((name, image) -> put(
                all,
                deployment,
                Optional.ofNullable(of(deployment).get(name))
                        .map(running -> running.status().pulling(image))
                        .orElseGet(() -> ContainerStatus.awaiting(name, image)))));
        return all.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> List.copyOf(entry.getValue().values())));
    }

    private static void put(
            Map<DeploymentName, Map<ContainerName, ContainerStatus>> all,
            DeploymentName deployment,
            ContainerStatus status) {
        all.computeIfAbsent(deployment, _ -> new TreeMap<>()).put(status.name(), status);
    }

    @Override
    public int execute(DeploymentName deployment, ContainerName container, Arguments command, Duration timeout) {
        return Optional.ofNullable(of(deployment).get(container))
                        .filter(Served::isRunning)
                        .filter(served -> images.knows(served.container().image(), command))
                        .isPresent()
                ? 0
                : NOT_FOUND;
    }

    @Override
    public Subscription onChange(Consumer<DeploymentName> changed) {
        listeners.add(changed);
        return () -> listeners.remove(changed);
    }

    private void tell(DeploymentName deployment) {
        synchronized (listeners) {
            listeners.forEach(listener -> listener.accept(deployment));
        }
    }

    @Override
    public Outcome converge(
            DeploymentName deployment, Container container, SecretValues secrets, Map<MountedFile, Path> files) {
        requireWorking();
        Optional<ShareName> missing = container.claim().shares().stream()
                .filter(share -> !shares.contains(share))
                .min(Comparator.naturalOrder());
        if (missing.isPresent()) {
            return failed(container, "container '%s' has no share '%s'".formatted(container.name(), missing.get()));
        }
        Served now = of(deployment).get(container.name());
        if (now != null
                && (now.isRunning() || now.isDone())
                && now.container().equals(container)
                && files.equals(filesMounted.get(deployment + "." + container.name()))) {
            return new Outcome.Unchanged();
        }
        Optional<Images.Image> image = images.find(container.image());
        if (image.isEmpty()) {
            return failed(container, "image '%s' cannot be pulled".formatted(container.image()));
        }
        try {
            fetch(deployment, container, image.get());
            Map<SecretRef, String> read = new HashMap<>();
            for (MountedSecret secret : container.security().secrets()) {
                Optional<Cause> unread = secrets.lend(
                        secret, value -> read.put(secret.ref(), new String(value, StandardCharsets.UTF_8)));
                if (unread.isPresent()) {
                    return new Outcome.Failed(unread.get());
                }
            }
            if (now != null) {
                now.stop();
            }
            secretsRead.put(deployment + "." + container.name(), read);
            filesMounted.put(deployment + "." + container.name(), Map.copyOf(files));
            of(deployment).put(container.name(), Served.start(container, image.get(), publishAt));
            images.tagged(container.image()).ifPresent(digest -> stored.putIfAbsent(container.image(), digest));
            done.add("started %s of %s".formatted(container.name(), container.image()));
            tell(deployment);
            return new Outcome.Changed("started");
        } catch (IOException e) {
            return failed(container, "container '%s' does not start: %s".formatted(container.name(), e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(container, "interrupted");
        }
    }

    @Override
    public ImageLookup lookUp(Container container, SecretValues secrets) {
        requireWorking();
        return images.tagged(container.image())
                .<ImageLookup>map(ImageLookup.Found::new)
                .orElseGet(() -> new ImageLookup.Unanswered(new Cause(
                        "nobody tells which image '%s' is now".formatted(container.image()),
                        "this process",
                        "tag it")));
    }

    @Override
    public Set<ImageDigest> digests(ImageReference image) {
        return Optional.ofNullable(stored.get(image)).map(Set::of).orElse(Set.of());
    }

    @Override
    public Optional<Cause> fetch(DeploymentName deployment, Container container, SecretValues secrets) {
        return images.find(container.image()).isPresent()
                ? Optional.empty()
                : Optional.of(new Cause(
                        "image '%s' cannot be pulled".formatted(container.image()), "this process", "serve it"));
    }

    private void fetch(DeploymentName deployment, Container container, Images.Image image) throws InterruptedException {
        if (image.fetched().getCount() == 0) {
            return;
        }
        Map<ContainerName, ImageReference> awaited =
                pulling.computeIfAbsent(deployment, _ -> new ConcurrentHashMap<>());
        awaited.put(container.name(), container.image());
        tell(deployment);
        try {
            image.fetched().await();
        } finally {
            awaited.remove(container.name());
            tell(deployment);
        }
    }

    private static Outcome failed(Container container, String what) {
        return new Outcome.Failed(
                new Cause(what, "container " + container.name(), "look at the registry, or mount the share"));
    }

    @Override
    public Outcome remove(DeploymentName deployment, ContainerName container) {
        requireWorking();
        Served old = of(deployment).remove(container);
        if (old == null) {
            return new Outcome.Unchanged();
        }
        old.stop();
        done.add("removed " + container);
        tell(deployment);
        return new Outcome.Changed("removed");
    }

    @Override
    public List<String> logs(DeploymentName deployment, ContainerName container, int lines) {
        requireWorking();
        return existing(deployment, container).newest(lines);
    }

    @Override
    public Optional<Path> volume(DeploymentName deployment, DataName volume) {
        requireWorking();
        return Optional.ofNullable(volumes.get(deployment + "." + volume));
    }

    /** Makes a volume be in a folder. */
    public void keep(DeploymentName deployment, DataName volume, Path folder) {
        volumes.put(deployment + "." + volume, folder);
    }

    /** None is in a folder. */
    @Override
    public ShareFolder share(ShareName share) {
        return new ShareFolder.Away(
                new Cause("there is no folder of share '%s'".formatted(share), "this process", "use a real runtime"));
    }

    /** By a shell of this machine. */
    @Override
    public List<String> command(
            DeploymentName deployment, ContainerName container, Arguments program, Map<String, String> environment) {
        existing(deployment, container);
        return environment.isEmpty()
                ? program.words()
                : Stream.of(
                                Stream.of("env"),
                                environment.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue()),
                                program.words().stream())
                        .flatMap(part -> part)
                        .toList();
    }

    @Override
    public Outcome restart(DeploymentName deployment, ContainerName container) {
        requireWorking();
        Served old = of(deployment).get(container);
        if (old == null) {
            return new Outcome.Unchanged();
        }
        old.stop();
        try {
            of(deployment)
                    .put(
                            container,
                            Served.start(
                                    old.container(),
                                    images.find(old.container().image()).orElseThrow(),
                                    publishAt));
        } catch (IOException e) {
            return failed(old.container(), "container '%s' does not start: %s".formatted(container, e.getMessage()));
        }
        done.add("restarted " + container);
        tell(deployment);
        return new Outcome.Changed("restarted");
    }

    @Override
    public Outcome pause(DeploymentName deployment, ContainerName container) {
        requireWorking();
        if (!Optional.ofNullable(of(deployment).get(container))
                .filter(Served::isRunning)
                .isPresent()) {
            return new Outcome.Unchanged();
        }
        done.add("paused " + container);
        return new Outcome.Changed("paused");
    }

    @Override
    public Outcome resume(DeploymentName deployment, ContainerName container) {
        requireWorking();
        if (!Optional.ofNullable(of(deployment).get(container))
                .filter(Served::isRunning)
                .isPresent()) {
            return new Outcome.Unchanged();
        }
        done.add("resumed " + container);
        return new Outcome.Changed("resumed");
    }

    @Override
    public void tidy(DeploymentName deployment, Map<ContainerName, ImageReference> declared) {
        tidied.add(Map.copyOf(declared));
    }

    /** The images with which deployments were as declared, in the order in which that was told. */
    public List<Map<ContainerName, ImageReference>> tidied() {
        return List.copyOf(tidied);
    }

    /** What was done so far, as in {@code started web of registry.internal/web:1}. */
    public List<String> done() {
        return List.copyOf(done);
    }

    /** What a container that runs found in the file of a secret. */
    public String secret(DeploymentName deployment, ContainerName container, SecretRef secret) {
        existing(deployment, container);
        return secretsRead.getOrDefault(deployment + "." + container, Map.of()).getOrDefault(secret, "");
    }

    /** What a container that runs finds where a file is mounted. */
    public String file(DeploymentName deployment, ContainerName container, MountedFile mounted) {
        existing(deployment, container);
        try {
            return Files.readString(filesMounted
                    .getOrDefault(deployment + "." + container, Map.of())
                    .get(mounted));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a share be there. */
    public void mount(ShareName share) {
        shares.add(share);
    }

    /** Makes a share be there no more. */
    public void unmount(ShareName share) {
        shares.remove(share);
    }

    /** Ends a container with success. */
    public void finish(DeploymentName deployment, ContainerName container) {
        existing(deployment, container).finish();
        tell(deployment);
    }

    /** Ends a container by itself, seen by the runtime. */
    public void exit(DeploymentName deployment, ContainerName container, Exit how) {
        existing(deployment, container).exit(how);
        tell(deployment);
    }

    /** Ends a container as a crash would. */
    public void crash(DeploymentName deployment, ContainerName container) {
        existing(deployment, container).stop();
        tell(deployment);
    }

    /** Makes a container write a line. */
    public void write(DeploymentName deployment, ContainerName container, String line) {
        existing(deployment, container).write(line);
    }

    /** Makes every call fail as without the tool, until {@link #repair}. */
    public void breakDown(Cause cause) {
        broken = Optional.of(() -> new RuntimeUnavailableException(cause));
    }

    /** Makes every call fail in a way that the port does not know, until {@link #repair}. */
    public void breakDown(RuntimeException defect) {
        broken = Optional.of(() -> defect);
    }

    /** Makes calls work again. */
    public void repair() {
        broken = Optional.empty();
    }

    private void requireWorking() {
        Optional<Supplier<RuntimeException>> now = broken;
        if (now.isPresent()) {
            throw now.get().get();
        }
    }

    private Served existing(DeploymentName deployment, ContainerName container) {
        return Optional.ofNullable(of(deployment).get(container))
                .orElseThrow(() -> new RuntimeUnavailableException(new Cause(
                        "there is no container '%s'".formatted(container), "deployment " + deployment, "deploy it")));
    }

    private Map<ContainerName, Served> of(DeploymentName deployment) {
        return served.computeIfAbsent(deployment, _ -> new ConcurrentSkipListMap<>());
    }

    /** Stops all containers. */
    @Override
    public void close() {
        served.values().forEach(containers -> new ArrayList<>(containers.values()).forEach(Served::stop));
    }
}
