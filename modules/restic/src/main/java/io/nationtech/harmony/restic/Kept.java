package io.nationtech.harmony.restic;

import io.nationtech.harmony.backup.BackupKind;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.driver.Owned;
import io.nationtech.harmony.files.DurableFile;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a node knows of its backups, on its disk: a file for each, in a folder for each deployment. */
record Kept(Path root) {
    private static final Logger LOG = System.getLogger(Kept.class.getName());
    private static final String RECORD = ".backup";
    private static final String RESTORING = ".restoring";

    /** The backups of a deployment. */
    Map<ResourceId, BackupRecord> of(DeploymentName deployment) {
        Path folder = root.resolve(deployment.value());
        if (!Files.isDirectory(folder)) {
            return Map.of();
        }
        Map<ResourceId, BackupRecord> all = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(RECORD)) {
                    read(file)
                            .flatMap(BackupRecord::parse)
                            .ifPresent(known -> all.put(
                                    new ResourceId(
                                            new BackupKind().name(),
                                            ResourceName.of(name.substring(0, name.length() - RECORD.length()))),
                                    known));
                }
            }
            return all;
        } catch (IOException e) {
            throw trouble("cannot be listed", folder, e);
        }
    }

    Optional<BackupRecord> find(Owned backup) {
        Path file = file(backup, RECORD);
        Optional<String> text = read(file);
        Optional<BackupRecord> known = text.flatMap(BackupRecord::parse);
        if (text.isPresent() && known.isEmpty()) {
            LOG.log(Level.WARNING, "What was known of a backup is broken, so it counts as a new one: {0}", file);
        }
        return known;
    }

    void keep(Owned backup, BackupRecord known) {
        write(file(backup, RECORD), known.text());
    }

    Optional<Restoring> restoring(Owned backup) {
        return read(file(backup, RESTORING)).flatMap(Restoring::parse);
    }

    void keep(Owned backup, Restoring restoring) {
        write(file(backup, RESTORING), restoring.text());
    }

    void forgetRestoring(Owned backup) {
        delete(file(backup, RESTORING));
    }

    /** Forgets a backup; tells whether it was known. */
    boolean forget(Owned backup) {
        boolean isThere = Files.exists(file(backup, RECORD));
        delete(file(backup, RESTORING));
        delete(file(backup, RECORD));
        return isThere;
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw trouble("cannot be read", file, e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.resolveSibling(""));
            DurableFile.replace(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw trouble("cannot be written", file, e);
        }
    }

    private static void delete(Path file) {
        try {
            DurableFile.delete(file);
        } catch (NoSuchFileException e) {
            // Its folder is not there either.
        } catch (IOException e) {
            throw trouble("cannot be deleted", file, e);
        }
    }

    private Path file(Owned backup, String suffix) {
        return root.resolve(backup.deployment().value())
                .resolve(backup.resource().name().value() + suffix);
    }

    private static RuntimeUnavailableException trouble(String what, Path where, IOException e) {
        return new RuntimeUnavailableException(new Cause(
                "what is known of a backup %s: %s".formatted(what, e),
                where.toString(),
                "make room on the disk or repair it: `df -h`, `dmesg`; what ran before goes on"));
    }
}
