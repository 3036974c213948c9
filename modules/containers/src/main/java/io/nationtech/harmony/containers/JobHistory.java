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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is known of the jobs of a node. Safe for use by several threads, one for each deployment. */
interface JobHistory {

    /** The jobs of a deployment. */
    Map<ResourceId, JobRecord> of(DeploymentName deployment);

    /** Keeps what is known of a job now. */
    void keep(Owned job, JobRecord known);

    /** Forgets a job; tells whether it was known. */
    boolean forget(Owned job);

    /** One that is lost with its process. */
    static JobHistory inMemory() {
        return new InMemory(new ConcurrentHashMap<>());
    }

    /** One that outlives it: a file for each job, in a folder for each deployment. */
    static JobHistory in(Path folder) {
        return new OnDisk(folder);
    }

    /** For as long as its process lives. */
    record InMemory(Map<Owned, JobRecord> known) implements JobHistory {
        @Override
        public Map<ResourceId, JobRecord> of(DeploymentName deployment) {
            return known.entrySet().stream()
                    .filter(entry -> entry.getKey().deployment().equals(deployment))
                    .collect(Collectors.toMap(entry -> entry.getKey().resource(), Map.Entry::getValue));
        }

        @Override
        public void keep(Owned job, JobRecord now) {
            known.put(job, now);
        }

        @Override
        public boolean forget(Owned job) {
            return Optional.ofNullable(known.remove(job)).isPresent();
        }
    }

    /** In files. */
    record OnDisk(Path root) implements JobHistory {
        private static final Logger LOG = System.getLogger(JobHistory.class.getName());
        private static final String SUFFIX = ".job";

        @Override
        public Map<ResourceId, JobRecord> of(DeploymentName deployment) {
            Path folder = root.resolve(deployment.value());
            if (!Files.isDirectory(folder)) {
                return Map.of();
            }
            try (Stream<Path> files = Files.list(folder)) {
                return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                        .flatMap(file -> read(file).map(known -> Map.entry(id(file), known)).stream())
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            } catch (IOException e) {
                throw trouble("cannot be listed", folder, e);
            }
        }

        private static Optional<JobRecord> read(Path file) {
            try {
                Optional<JobRecord> known = JobRecord.parse(Files.readString(file));
                if (known.isEmpty()) {
                    LOG.log(Level.WARNING, "What was known of a job is broken, so it counts as a new one: {0}", file);
                }
                return known;
            } catch (IOException e) {
                throw trouble("cannot be read", file, e);
            }
        }

        private static ResourceId id(Path file) {
            String name = file.getFileName().toString();
            return ContainerDriver.id(ContainerName.of(name.substring(0, name.length() - SUFFIX.length())));
        }

        @Override
        public void keep(Owned job, JobRecord known) {
            Path file = file(job);
            try {
                Files.createDirectories(file.resolveSibling(""));
                DurableFile.replace(file, known.text().getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw trouble("cannot be written, so it does not begin", file, e);
            }
        }

        @Override
        public boolean forget(Owned job) {
            Path file = file(job);
            boolean isThere = Files.exists(file);
            try {
                DurableFile.delete(file);
                return isThere;
            } catch (IOException e) {
                throw trouble("cannot be deleted", file, e);
            }
        }

        private Path file(Owned job) {
            return root.resolve(job.deployment().value())
                    .resolve(job.resource().name().value() + SUFFIX);
        }

        private static RuntimeUnavailableException trouble(String what, Path where, IOException e) {
            return new RuntimeUnavailableException(new Cause(
                    "what is known of a job %s: %s".formatted(what, e),
                    where.toString(),
                    "make room on the disk or repair it: `df -h`, `dmesg`; what ran before goes on"));
        }
    }
}
