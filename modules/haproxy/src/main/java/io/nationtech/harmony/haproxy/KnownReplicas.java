package io.nationtech.harmony.haproxy;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.driver.DeploymentEndpoints;
import io.nationtech.harmony.endpoint.Endpoint;
import io.nationtech.harmony.files.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the services of other deployments are, heard while somebody tells, and remembered on disk for when nobody does. All but what it hears is done by
 * one thread at a time.
 */
final class KnownReplicas implements AutoCloseable {
    private static final String FILE = "replicas";
    private static final int MOST_BYTES = 4 << 20;

    private final Path folder;
    private final DeploymentEndpoints endpoints;
    private final Consumer<DeploymentName> changed;
    private final Map<DeploymentName, DeploymentEndpoints.Watch> watches = new HashMap<>();
    private final Map<DeploymentName, List<EndpointReplica>> known = new ConcurrentHashMap<>();
    private List<EndpointReplica> onDisk;

    /**
     * @param folder on disk
     * @param changed told whose replicas are elsewhere now; returns at once
     */
    KnownReplicas(Path folder, DeploymentEndpoints endpoints, Consumer<DeploymentName> changed) {
        this.folder = folder;
        this.endpoints = endpoints;
        this.changed = changed;
        this.onDisk = read(folder.resolve(FILE));
        known.putAll(onDisk.stream()
                .collect(Collectors.groupingBy(replica -> replica.endpoint().deployment())));
    }

    /** What cannot be read is not known. */
    private static List<EndpointReplica> read(Path file) {
        try {
            if (!Files.exists(file) || Files.size(file) > MOST_BYTES) {
                return List.of();
            }
            try (Stream<String> lines = Files.lines(file)) {
                return lines.map(EndpointReplica::parse)
                        .flatMap(Optional::stream)
                        .toList();
            }
        } catch (IOException | UncheckedIOException e) {
            return List.of();
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
                deployment, _ -> endpoints.watch(deployment, told -> hear(deployment, EndpointReplica.of(told)))));
    }

    private void hear(DeploymentName deployment, List<EndpointReplica> told) {
        if (!told.equals(known.put(deployment, told))) {
            changed.accept(deployment);
        }
    }

    /** The replicas of these, by endpoint; also of those that have none. */
    Map<Endpoint, List<EndpointReplica>> of(Set<Endpoint> endpoints) {
        return endpoints.stream()
                .collect(Collectors.toMap(
                        endpoint -> endpoint,
                        endpoint -> known.getOrDefault(endpoint.deployment(), List.of()).stream()
                                .filter(replica -> replica.endpoint().equals(endpoint))
                                .toList()));
    }

    /** Remembers what is known. */
    void save() throws IOException {
        List<EndpointReplica> now = new ArrayList<>();
        known.values().forEach(now::addAll);
        now.sort(null);
        if (!now.equals(onDisk)) {
            Files.createDirectories(folder);
            DurableFile.replace(
                    folder.resolve(FILE),
                    now.stream()
                            .map("%s%n"::formatted)
                            .collect(Collectors.joining())
                            .getBytes(StandardCharsets.UTF_8));
            onDisk = List.copyOf(now);
        }
    }

    /** Hears nothing any more, and remembers nothing. */
    void forget() throws IOException {
        listenTo(Set.of());
        Files.deleteIfExists(folder.resolve(FILE));
        onDisk = List.of();
    }

    /** Hears nothing any more. */
    @Override
    public void close() {
        watches.values().forEach(DeploymentEndpoints.Watch::close);
        watches.clear();
    }
}
