package io.nationtech.harmony.haproxy;

import io.nationtech.harmony.files.DurableFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files of the proxy, all in memory: after a restart of the machine there are none.
 *
 * @param reader the user who reads keys; the agent's own when nobody is named
 */
record ProxyFolder(Path folder, Optional<String> reader) {
    static final String CONFIG = "haproxy.cfg";
    private static final String CANDIDATE = "candidate.cfg";
    private static final int MOST_BYTES = 1 << 20;

    Path config() {
        return folder.resolve(CONFIG);
    }

    /** A key, or what else nobody but the proxy reads at any time. */
    void writeKey(Path file, String text) throws IOException {
        Files.createDirectories(folder);
        DurableFile.replacePrivate(
                file,
                fresh -> {
                    if (reader.isPresent()) {
                        Files.setOwner(
                                fresh,
                                fresh.getFileSystem()
                                        .getUserPrincipalLookupService()
                                        .lookupPrincipalByName(reader.get()));
                    }
                    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("r--------"));
                },
                text.getBytes(StandardCharsets.UTF_8));
    }

    /** What a file holds; empty when it is not there. */
    Optional<byte[]> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream stream = Files.newInputStream(file)) {
            return Optional.of(stream.readNBytes(MOST_BYTES));
        }
    }

    /** Writes a configuration, which has hashes of passwords, and what it names, without anybody reading it yet. */
    Path propose(String config, Map<Path, String> lists) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<Path, String> list : lists.entrySet()) {
            DurableFile.replace(list.getKey(), list.getValue().getBytes(StandardCharsets.UTF_8));
        }
        Path candidate = folder.resolve(CANDIDATE);
        writeKey(candidate, config);
        return candidate;
    }

    /** From now on it is what the proxy reads. */
    void accept(Path candidate) throws IOException {
        Files.move(candidate, config(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes lists, certificates and users that nothing names any more. */
    void keepOnly(Set<Path> needed) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> isOfANames(file) && !needed.contains(file))
                    .toList()) {
                Files.delete(file);
            }
        }
    }

    private static boolean isOfANames(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".list") || name.endsWith(".pem") || name.endsWith(".users");
    }

    /** Deletes all. */
    void clear() throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
