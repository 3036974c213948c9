package io.nationtech.harmony.driver;

import io.nationtech.harmony.domain.node.NodeEndpoints;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.files.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the services of other deployments are, heard while somebody tells, and remembered on disk for when nobody does. All but what it hears is done by
 * one thread at a time.
 *
 * @param <T> one such place
 */
public final class RememberedEndpoints<T extends Comparable<T>> implements AutoCloseable {
    private static final int MOST_BYTES = 4 << 20;

    private final Path file;
    private final Form<T> form;
    private final DeploymentEndpoints endpoints;
    private final Consumer<DeploymentName> changed;
    private final Map<DeploymentName, DeploymentEndpoints.Watch> watches = new HashMap<>();
    private final Map<DeploymentName, List<T>> known = new ConcurrentHashMap<>();
    private List<T> onDisk;

    /**
     * What a driver makes of what it hears. The text of each place is a line of the file.
     *
     * @param of those of one deployment, in order
     * @param parse reads such a line; empty when it is none
     * @param deployment whose it is
     */
    public record Form<T>(
            Function<List<NodeEndpoints>, List<T>> of,
            Function<String, Optional<T>> parse,
            Function<T, DeploymentName> deployment) {}

    /**
     * @param file on disk; at most 4 MiB of it are read
     * @param changed told whose services are elsewhere now; returns at once
     */
    public RememberedEndpoints(
            Path file, Form<T> form, DeploymentEndpoints endpoints, Consumer<DeploymentName> changed) {
        this.file = file;
        this.form = form;
        this.endpoints = endpoints;
        this.changed = changed;
        this.onDisk = read();
        known.putAll(onDisk.stream().collect(Collectors.groupingBy(form.deployment())));
    }

    /** What cannot be read is not known. */
    private List<T> read() {
        try {
            if (!Files.exists(file) || Files.size(file) > MOST_BYTES) {
                return List.of();
            }
            try (Stream<String> lines = Files.lines(file)) {
                return lines.map(form.parse()).flatMap(Optional::stream).toList();
            }
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    /** From now on, hears of these deployments and of no other. */
    public void listenTo(Set<DeploymentName> deployments) {
        watches.entrySet().removeIf(watch -> {
            boolean isOver = !deployments.contains(watch.getKey());
            if (isOver) {
                watch.getValue().close();
            }
            return isOver;
        });
        known.keySet().retainAll(deployments);
        deployments.forEach(deployment -> watches.computeIfAbsent(
                deployment,
                _ -> endpoints.watch(
                        deployment, told -> hear(deployment, form.of().apply(told)))));
    }

    private void hear(DeploymentName deployment, List<T> told) {
        if (!told.equals(known.put(deployment, told))) {
            changed.accept(deployment);
        }
    }

    /** Those of a deployment, in order; none when nothing is known of it. */
    public List<T> of(DeploymentName deployment) {
        return known.getOrDefault(deployment, List.of());
    }

    /** Remembers what is known. */
    public void save() throws IOException {
        List<T> now = known.values().stream().flatMap(List::stream).sorted().toList();
        if (!now.equals(onDisk)) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            DurableFile.replace(
                    file,
                    now.stream()
                            .map("%s%n"::formatted)
                            .collect(Collectors.joining())
                            .getBytes(StandardCharsets.UTF_8));
            onDisk = now;
        }
    }

    /** Hears nothing any more, and remembers nothing. */
    public void forget() throws IOException {
        listenTo(Set.of());
        Files.deleteIfExists(file);
        onDisk = List.of();
    }

    /** Hears nothing any more. */
    @Override
    public void close() {
        watches.values().forEach(DeploymentEndpoints.Watch::close);
        watches.clear();
    }
}
