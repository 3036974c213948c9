package io.nationtech.harmony.containers;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.driver.Owned;
import io.nationtech.harmony.files.DurableFile;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is known of a node's containers over restarts of its agent. Safe for use by several threads, one for each deployment.
 *
 * @param <R> what is known of one
 */
interface History<R> {

    /** What is known, by container. */
    Map<ResourceId, R> of(DeploymentName deployment);

    /** What is known of one. */
    Optional<R> of(Owned container);

    /** Keeps what is known of a container now. */
    void keep(Owned container, R known);

    /** Forgets a container; tells whether it was known. */
    boolean forget(Owned container);

    /**
     * How it is written.
     *
     * @param about what it is about, in one word
     * @param parse empty when a text is none
     */
    record Form<R>(String about, Function<R, String> text, Function<String, Optional<R>> parse) {
        private String suffix() {
            return "." + about;
        }
    }

    /** One that is lost with its process. */
    static <R> History<R> inMemory() {
        return new InMemory<>(new ConcurrentHashMap<>());
    }

    /** One that outlives it: a file for each container, in a folder for each deployment. */
    static <R> History<R> in(Path folder, Form<R> form) {
        return new OnDisk<>(folder, form);
    }

    /** For as long as its process lives. */
    record InMemory<R>(Map<Owned, R> known) implements History<R> {
        @Override
        public Map<ResourceId, R> of(DeploymentName deployment) {
            return known.entrySet().stream()
                    .filter(entry -> entry.getKey().deployment().equals(deployment))
                    .collect(Collectors.toMap(entry -> entry.getKey().resource(), Map.Entry::getValue));
        }

        @Override
        public Optional<R> of(Owned container) {
            return Optional.ofNullable(known.get(container));
        }

        @Override
        public void keep(Owned container, R now) {
            known.put(container, now);
        }

        @Override
        public boolean forget(Owned container) {
            return Optional.ofNullable(known.remove(container)).isPresent();
        }
    }

    /** In files. */
    record OnDisk<R>(Path root, Form<R> form) implements History<R> {
        private static final Logger LOG = System.getLogger(History.class.getName());

        @Override
        public Map<ResourceId, R> of(DeploymentName deployment) {
            Path folder = root.resolve(deployment.value());
            if (!Files.isDirectory(folder)) {
                return Map.of();
            }
            try (Stream<Path> files = Files.list(folder)) {
                return files.filter(file -> file.getFileName().toString().endsWith(form.suffix()))
                        .flatMap(file -> read(file).map(known -> Map.entry(id(file), known)).stream())
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            } catch (IOException e) {
                throw trouble("cannot be listed", folder, e);
            }
        }

        @Override
        public Optional<R> of(Owned container) {
            Path file = file(container);
            return Files.exists(file) ? read(file) : Optional.empty();
        }

        private Optional<R> read(Path file) {
            try {
                Optional<R> known = form.parse().apply(Files.readString(file));
                if (known.isEmpty()) {
                    LOG.log(
                            Level.WARNING,
                            "What was known of a container''s {0} is broken, so it counts as a new one: {1}",
                            form.about(),
                            file);
                }
                return known;
            } catch (IOException e) {
                throw trouble("cannot be read", file, e);
            }
        }

        private ResourceId id(Path file) {
            String name = file.getFileName().toString();
            return ContainerDriver.id(ContainerName.of(
                    name.substring(0, name.length() - form.suffix().length())));
        }

        @Override
        public void keep(Owned container, R known) {
            Path file = file(container);
            try {
                Files.createDirectories(file.resolveSibling(""));
                DurableFile.replace(file, form.text().apply(known).getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw trouble("cannot be written, so it does not begin", file, e);
            }
        }

        @Override
        public boolean forget(Owned container) {
            Path file = file(container);
            boolean isThere = Files.exists(file);
            try {
                DurableFile.delete(file);
                return isThere;
            } catch (IOException e) {
                throw trouble("cannot be deleted", file, e);
            }
        }

        private Path file(Owned container) {
            return root.resolve(container.deployment().value())
                    .resolve(container.resource().name().value() + form.suffix());
        }

        private RuntimeUnavailableException trouble(String what, Path where, IOException e) {
            return new RuntimeUnavailableException(new Cause(
                    "what is known of a container's %s %s: %s".formatted(form.about(), what, e),
                    where.toString(),
                    "make room on the disk or repair it: `df -h`, `dmesg`; what ran before goes on"));
        }
    }
}
