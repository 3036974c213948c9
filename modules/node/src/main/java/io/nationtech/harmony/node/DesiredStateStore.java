package io.nationtech.harmony.node;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.files.DurableFile;
import io.nationtech.harmony.fleet.Decoded;
import io.nationtech.harmony.fleet.FleetCodec;
import io.nationtech.harmony.mesh.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * What the node was last told, one file per deployment: a line {@code harmony-desired-state <revision> <CRC-32C in hex>}, then
 * the codec's form. A file is replaced by rename after it and its folder reached the disk, so a power cut leaves the old or
 * the new one. Used by one thread per deployment.
 */
public final class DesiredStateStore {
    private static final String MAGIC = "harmony-desired-state";
    private static final String SUFFIX = ".state";
    private static final String CORRUPT_SUFFIX = ".corrupt";

    private static final int LONGEST_HEADER = 64;

    private final Path folder;
    private final FleetCodec codec;

    /** What was found on disk. */
    public record Loaded(List<Versioned<DesiredState>> states, Map<DeploymentName, Cause> problems) {
        public Loaded {
            states = List.copyOf(states);
            problems = Map.copyOf(problems);
        }
    }

    /**
     * @param folder made when it is missing
     */
    public DesiredStateStore(Path folder, FleetCodec codec) {
        this.folder = folder;
        this.codec = codec;
    }

    /**
     * Reads everything. A file that is broken is set aside under another name and told as a problem; one from a newer version, or
     * that the disk does not give, is left as it is and told. What a power cut left half written is removed.
     *
     * @throws IOException when the folder cannot be made or read
     */
    public Loaded load() throws IOException {
        Files.createDirectories(folder);
        removeHalfWritten();
        List<Versioned<DesiredState>> states = new ArrayList<>();
        Map<DeploymentName, Cause> problems = new HashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                deployment(file).ifPresent(deployment -> {
                    switch (readOrTell(file)) {
                        case Decoded.Value<Versioned<DesiredState>>(var state) -> states.add(state);
                        case Decoded.Unreadable<Versioned<DesiredState>>(Cause cause) ->
                            problems.put(deployment, cause);
                    }
                });
            }
        }
        return new Loaded(states, problems);
    }

    /**
     * Keeps what the node was told, and returns once it is on the disk.
     *
     * @throws IOException when it cannot be kept; what was kept before still is
     */
    public void save(Versioned<DesiredState> state) throws IOException {
        byte[] form = codec.encode(state.value()).bytes();
        byte[] header = "%s %s %s\n"
                .formatted(MAGIC, Long.toString(state.revision()), checksum(form))
                .getBytes(StandardCharsets.US_ASCII);
        DurableFile.replace(file(state.value().deployment()), header, form);
    }

    /**
     * Forgets a deployment.
     *
     * @throws IOException when the file cannot be removed
     */
    public void forget(DeploymentName deployment) throws IOException {
        if (Files.deleteIfExists(file(deployment))) {
            DurableFile.sync(folder);
        }
    }

    private void removeHalfWritten() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> file.toString().endsWith(SUFFIX + DurableFile.NEW_SUFFIX))
                    .toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** One file that the disk does not give holds up no other deployment. */
    private Decoded<Versioned<DesiredState>> readOrTell(Path file) {
        try {
            return read(file);
        } catch (IOException e) {
            return new Decoded.Unreadable<>(new Cause(
                    "the desired state on disk cannot be read: " + e,
                    file.toString(),
                    "look at `dmesg` and at the file; while the mesh is reachable it is read again from there"));
        }
    }

    private Decoded<Versioned<DesiredState>> read(Path file) throws IOException {
        if (Files.size(file) > LONGEST_HEADER + Payload.LARGEST) {
            return setAside(file, "it is larger than any desired state");
        }
        byte[] content = Files.readAllBytes(file);
        int lineEnd = 0;
        while (lineEnd < content.length && content[lineEnd] != '\n') {
            lineEnd++;
        }
        String[] header = new String(content, 0, lineEnd, StandardCharsets.US_ASCII).split(" ", -1);
        int bodyStart = Math.min(lineEnd + 1, content.length);
        byte[] form = Arrays.copyOfRange(content, bodyStart, content.length);
        if (header.length != 3
                || !header[0].equals(MAGIC)
                || !header[1].matches("[0-9]{1,18}")
                || !header[2].equals(checksum(form))
                || form.length > Payload.LARGEST) {
            return setAside(file, "its checksum does not fit its content");
        }
        return switch (codec.desiredState(Payload.of(form))) {
            case Decoded.Value<DesiredState>(DesiredState state)
            when !file(state.deployment()).equals(file) ->
                setAside(file, "it is of deployment '%s'".formatted(state.deployment()));
            case Decoded.Value<DesiredState>(DesiredState state) ->
                new Decoded.Value<>(new Versioned<>(Long.parseLong(header[1]), state));
            case Decoded.Unreadable<DesiredState>(Cause cause) ->
                new Decoded.Unreadable<>(new Cause(cause.what(), file.toString(), cause.next()));
        };
    }

    private Decoded<Versioned<DesiredState>> setAside(Path file, String why) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + CORRUPT_SUFFIX);
        Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        return new Decoded.Unreadable<>(new Cause(
                "the desired state on disk is broken: " + why,
                aside.toString(),
                "nothing to do while the mesh is reachable: it is read again from there. What runs goes on"));
    }

    /** Whose state a file is; empty for what is not ours. */
    private static Optional<DeploymentName> deployment(Path file) {
        String name = file.getFileName().toString();
        try {
            return name.endsWith(SUFFIX)
                    ? Optional.of(DeploymentName.of(name.substring(0, name.length() - SUFFIX.length())))
                    : Optional.empty();
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    private Path file(DeploymentName deployment) {
        return folder.resolve(deployment.value() + SUFFIX);
    }

    private static String checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
