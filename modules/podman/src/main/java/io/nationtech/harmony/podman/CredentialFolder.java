package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.capability.SecretValues;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.files.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The secrets of units as systemd's credentials: encrypted on disk with a key of this machine, opened by systemd into memory when the
 * unit starts, also while neither the agent nor the mesh is there (systemd-creds(1)).
 *
 * @param folder where the files are written
 */
record CredentialFolder(Path folder, Programs programs) {
    /** The folder as units know it. */
    static final Path KNOWN_AS = Path.of("/var/lib/harmony/credentials");

    private static final Duration ENCRYPTING = Duration.ofSeconds(30);

    /** The file's name. Neither a unit's last part nor a secret's name has dots. */
    static String file(UnitName unit, MountedSecret secret) {
        return "%s.%s.v%d.cred".formatted(unit, secret.ref().name(), secret.version());
    }

    /** Writes the credentials that are not there yet, so that they are on the disk; returns why one cannot be. */
    Optional<Cause> put(UnitName unit, Container container, SecretValues values) throws IOException {
        for (MountedSecret secret : container.security().secrets()) {
            Path file = folder.resolve(file(unit, secret));
            if (!Files.exists(file)) {
                Optional<Cause> obstacle = put(file, unit, secret, values);
                if (obstacle.isPresent()) {
                    return obstacle;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Cause> put(Path file, UnitName unit, MountedSecret secret, SecretValues values)
            throws IOException {
        List<Finished> made = new ArrayList<>();
        Optional<Cause> missing = values.lend(
                secret,
                value -> made.add(programs.run(
                        ENCRYPTING,
                        value,
                        List.of(
                                "systemd-creds",
                                "encrypt",
                                "--with-key=host",
                                "--name=" + secret.ref().name(),
                                "-",
                                "-"))));
        if (missing.isPresent()) {
            return missing;
        }
        Finished encrypted = made.getFirst();
        if (!encrypted.succeeded()) {
            return Optional.of(Diagnosis.of(
                    "secret '%s' cannot be made a credential"
                            .formatted(secret.ref().name()),
                    "unit " + unit.service(),
                    encrypted));
        }
        write(file, encrypted.output());
        return Optional.empty();
    }

    /** Deletes a unit's credentials, but for those of these secrets. */
    void keepOnly(UnitName unit, List<MountedSecret> secrets) throws IOException {
        Set<String> kept = secrets.stream().map(secret -> file(unit, secret)).collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith(unit + ".") && !kept.contains(name)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException e) {
            // Nothing was ever written there.
        }
    }

    private void write(Path file, String text) throws IOException {
        Files.createDirectories(folder);
        DurableFile.replace(file, text.getBytes(StandardCharsets.US_ASCII));
    }
}
