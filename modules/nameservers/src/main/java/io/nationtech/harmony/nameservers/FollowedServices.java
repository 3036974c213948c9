package io.nationtech.harmony.nameservers;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.driver.DeploymentEndpoints;
import io.nationtech.harmony.files.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the services of deployments take connections, heard while somebody tells, and remembered on disk for when nobody does. All but what it hears
 * is done by one thread at a time.
 */
final class FollowedServices implements AutoCloseable {
    private static final String FILE = "followed";
    private static final int MOST_BYTES = 4 << 20;

    private final Path folder;
    private final DeploymentEndpoints endpoints;
    private final Consumer<DeploymentName> changed;
    private final Map<DeploymentName, DeploymentEndpoints.Watch> watches = new HashMap<>();
    private final Map<DeploymentName, SortedSet<ServiceAddress>> known = new ConcurrentHashMap<>();
    private SortedSet<ServiceAddress> onDisk;

    /**
     * @param folder on disk
     * @param changed told whose services are elsewhere now; returns at once
     */
    FollowedServices(Path folder, DeploymentEndpoints endpoints, Consumer<DeploymentName> changed) {
        this.folder = folder;
        this.endpoints = endpoints;
        this.changed = changed;
        this.onDisk = read(folder.resolve(FILE));
        known.putAll(onDisk.stream()
                .collect(Collectors.groupingBy(ServiceAddress::deployment, Collectors.toCollection(TreeSet::new))));
    }

    /** What cannot be read is not known. */
    private static SortedSet<ServiceAddress> read(Path file) {
        try {
            if (!Files.exists(file) || Files.size(file) > MOST_BYTES) {
                return new TreeSet<>();
            }
            try (Stream<String> lines = Files.lines(file)) {
                return lines.map(ServiceAddress::parse)
                        .flatMap(Optional::stream)
                        .collect(Collectors.toCollection(TreeSet::new));
            }
        } catch (IOException | UncheckedIOException e) {
            return new TreeSet<>();
        }
    }

    /** From now on, hears of these deployments and of no other. */
    void listenTo(Set<DeploymentName> deployments) {
        watches.entrySet().removeIf(watch -> {
            boolean isOver = !deployments.contains(watch.getKey());
            if (isOver) {
                watch.getValue().close();
            }
            return isOver;
        });
        known.keySet().retainAll(deployments);
        deployments.forEach(deployment -> watches.computeIfAbsent(
                deployment, _ -> endpoints.watch(deployment, told -> hear(deployment, ServiceAddress.of(told)))));
    }

    private void hear(DeploymentName deployment, SortedSet<ServiceAddress> told) {
        if (!told.equals(known.put(deployment, told))) {
            changed.accept(deployment);
        }
    }

    /** Those of these deployments, in order. */
    List<ServiceAddress> of(Collection<DeploymentName> deployments) {
        return deployments.stream()
                .sorted()
                .flatMap(deployment -> known.getOrDefault(deployment, new TreeSet<>()).stream())
                .toList();
    }

    /** Remembers what is known. */
    void save() throws IOException {
        SortedSet<ServiceAddress> now =
                known.values().stream().flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new));
        if (!now.equals(onDisk)) {
            Files.createDirectories(folder);
            DurableFile.replace(
                    folder.resolve(FILE),
                    now.stream()
                            .map("%s%n"::formatted)
                            .collect(Collectors.joining())
                            .getBytes(StandardCharsets.UTF_8));
            onDisk = now;
        }
    }

    /** Hears nothing any more, and remembers nothing. */
    void forget() throws IOException {
        listenTo(Set.of());
        Files.deleteIfExists(folder.resolve(FILE));
        onDisk = new TreeSet<>();
    }

    /** Hears nothing any more. */
    @Override
    public void close() {
        watches.values().forEach(DeploymentEndpoints.Watch::close);
        watches.clear();
    }
}
