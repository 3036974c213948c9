package io.nationtech.harmony.node;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.files.DurableFile;
import io.nationtech.harmony.fleet.Decoded;
import io.nationtech.harmony.fleet.FleetCodec;
import io.nationtech.harmony.fleet.Serial;
import io.nationtech.harmony.mesh.Payload;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * What the node was last told, one file per deployment: a line {@code harmony-desired-state <revision> <CRC-32C in hex>}, then
 * the codec's form. While that was never there as a whole, a second file of the same sort has what was there before it, and once the
 * node went back to that, a third says why. Of what was signed, one more says what was followed last, and stays when the deployment is
 * withdrawn: what was said before comes to nothing for good. A file is replaced by rename after it and its folder reached the disk, so a power cut leaves
 * the old or the new one. Used by one thread per deployment.
 */
public final class DesiredStateStore {
    private static final Logger LOG = System.getLogger(DesiredStateStore.class.getName());
    private static final String MAGIC = "harmony-desired-state";
    private static final String SUFFIX = ".state";
    private static final String LAST_GOOD_SUFFIX = ".last-good";
    private static final String ROLLBACK_SUFFIX = ".rollback";
    private static final String SERIAL_SUFFIX = ".serial";
    private static final String CORRUPT_SUFFIX = ".corrupt";

    private static final int LONGEST_HEADER = 64;

    private final Path folder;
    private final FleetCodec codec;

    /**
     * What was found on disk.
     *
     * @param states what was told last
     * @param lastGood what was there before, of deployments whose newest was never there as a whole
     * @param rollbacks why nodes went back to that, under the revision from which they did
     * @param problems why there is none of the first
     */
    public record Loaded(
            List<Versioned<DesiredState>> states,
            Map<DeploymentName, Versioned<DesiredState>> lastGood,
            Map<DeploymentName, Versioned<Cause>> rollbacks,
            Map<DeploymentName, Cause> problems) {
        public Loaded {
            states = List.copyOf(states);
            lastGood = Map.copyOf(lastGood);
            rollbacks = Map.copyOf(rollbacks);
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
     * that the disk does not give, is left as it is and told. What a power cut left half written is removed. Without what was there
     * before there is no way back, and without the reason the newest is tried again: that these cannot be read is only logged.
     *
     * @throws IOException when the folder cannot be made or read
     */
    public Loaded load() throws IOException {
        Files.createDirectories(folder);
        removeHalfWritten();
        Map<DeploymentName, Cause> problems = new HashMap<>();
        Map<DeploymentName, Versioned<DesiredState>> states = all(SUFFIX, this::desiredState, problems::put);
        return new Loaded(
                states.values().stream().toList(),
                all(LAST_GOOD_SUFFIX, this::desiredState, DesiredStateStore::warn),
                all(ROLLBACK_SUFFIX, this::why, DesiredStateStore::warn),
                problems);
    }

    private <T> Map<DeploymentName, Versioned<T>> all(
            String suffix, Reader<T> reader, BiConsumer<DeploymentName, Cause> problems) throws IOException {
        Map<DeploymentName, Versioned<T>> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                deployment(file, suffix).ifPresent(deployment -> {
                    switch (readOrTell(file, deployment, reader)) {
                        case Decoded.Value<Versioned<T>>(Versioned<T> value) -> found.put(deployment, value);
                        case Decoded.Unreadable<Versioned<T>>(Cause cause) -> problems.accept(deployment, cause);
                    }
                });
            }
        }
        return found;
    }

    private static void warn(DeploymentName deployment, Cause cause) {
        LOG.log(Level.WARNING, "Deployment {0}: {1}", deployment, cause);
    }

    /** What a file's form says, of the deployment that the file is named by. */
    private interface Reader<T> {
        Decoded<Owned<T>> read(Payload form);
    }

    private record Owned<T>(DeploymentName deployment, T value) {}

    private Decoded<Owned<DesiredState>> desiredState(Payload form) {
        return switch (codec.desiredState(form)) {
            case Decoded.Value<DesiredState>(DesiredState state) ->
                new Decoded.Value<>(new Owned<>(state.deployment(), state));
            case Decoded.Unreadable<DesiredState>(Cause cause) -> new Decoded.Unreadable<>(cause);
        };
    }

    /** Kept as what the node said then. */
    private Decoded<Owned<Cause>> why(Payload form) {
        return switch (codec.nodeState(form)) {
            case Decoded.Value<NodeState>(NodeState state)
            when state.convergence() instanceof Convergence.Failed(Cause cause) ->
                new Decoded.Value<>(new Owned<>(state.deployment(), cause));
            case Decoded.Value<NodeState>(NodeState state) ->
                new Decoded.Unreadable<>(new Cause(
                        "the node did not go back: it said %s".formatted(state.convergence()),
                        "node " + state.node(),
                        "remove the file"));
            case Decoded.Unreadable<NodeState>(Cause cause) -> new Decoded.Unreadable<>(cause);
        };
    }

    /**
     * Keeps what the node was told, and returns once it is on the disk.
     *
     * @throws IOException when it cannot be kept; what was kept before still is
     */
    public void save(Versioned<DesiredState> state) throws IOException {
        write(file(state.value().deployment(), SUFFIX), state.revision(), codec.encode(state.value()));
    }

    /**
     * Keeps, before what is newer is saved, what the node had whole last.
     *
     * @throws IOException when it cannot be kept; what was kept before still is
     */
    public void saveLastGood(Versioned<DesiredState> state) throws IOException {
        write(file(state.value().deployment(), LAST_GOOD_SUFFIX), state.revision(), codec.encode(state.value()));
    }

    /**
     * Keeps that the node went back from what it was told, so that it does not try that again after a restart.
     *
     * @param from under which it was told that
     * @throws IOException when it cannot be kept
     */
    public void saveRollback(NodeId node, DeploymentName deployment, long from, Cause why) throws IOException {
        NodeState said = new NodeState(node, deployment, from, new Convergence.Failed(why), List.of());
        write(file(deployment, ROLLBACK_SUFFIX), from, codec.encode(said));
    }

    /**
     * Keeps, before what has it is saved, which of what was signed is followed.
     *
     * @throws IOException when it cannot be kept; what was kept before still is
     */
    public void saveSerial(DeploymentName deployment, Serial serial) throws IOException {
        write(file(deployment, SERIAL_SUFFIX), serial.number(), Payload.of(deployment + " " + serial.digest()));
    }

    /** Which of what was signed was followed last. Where the disk does not give it that is only logged, and anything signed counts. */
    public Optional<Serial> serial(DeploymentName deployment) {
        Path file = file(deployment, SERIAL_SUFFIX);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        return switch (readOrTell(file, deployment, DesiredStateStore::digest)) {
            case Decoded.Value<Versioned<String>>(Versioned<String> found) ->
                Optional.of(new Serial(found.revision(), found.value()));
            case Decoded.Unreadable<Versioned<String>>(Cause cause) -> {
                warn(deployment, cause);
                yield Optional.empty();
            }
        };
    }

    private static Decoded<Owned<String>> digest(Payload form) {
        String[] words = form.text().split(" ", -1);
        try {
            return new Decoded.Value<>(new Owned<>(DeploymentName.of(words[0]), words[words.length - 1]));
        } catch (InvalidValueException e) {
            return new Decoded.Unreadable<>(new Cause(
                    "the number of what was followed is not there: " + e.getMessage(), "this file", "remove the file"));
        }
    }

    private static void write(Path file, long revision, Payload payload) throws IOException {
        byte[] form = payload.bytes();
        byte[] header = "%s %s %s\n"
                .formatted(MAGIC, Long.toString(revision), checksum(form))
                .getBytes(StandardCharsets.US_ASCII);
        DurableFile.replace(file, header, form);
    }

    /**
     * Forgets what was there before the newest, as that is there now.
     *
     * @throws IOException when a file cannot be removed
     */
    public void forgetLastGood(DeploymentName deployment) throws IOException {
        delete(file(deployment, ROLLBACK_SUFFIX), file(deployment, LAST_GOOD_SUFFIX));
    }

    /**
     * Forgets that the node went back, as it is told something newer.
     *
     * @throws IOException when the file cannot be removed
     */
    public void forgetRollback(DeploymentName deployment) throws IOException {
        delete(file(deployment, ROLLBACK_SUFFIX));
    }

    /**
     * Forgets a deployment, but not what of it was followed last.
     *
     * @throws IOException when a file cannot be removed
     */
    public void forget(DeploymentName deployment) throws IOException {
        forgetLastGood(deployment);
        delete(file(deployment, SUFFIX));
    }

    private void delete(Path... files) throws IOException {
        boolean isChanged = false;
        for (Path file : files) {
            isChanged |= Files.deleteIfExists(file);
        }
        if (isChanged) {
            DurableFile.sync(folder);
        }
    }

    private void removeHalfWritten() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(DesiredStateStore::isHalfWritten).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static boolean isHalfWritten(Path file) {
        return Stream.of(SUFFIX, LAST_GOOD_SUFFIX, ROLLBACK_SUFFIX, SERIAL_SUFFIX)
                .anyMatch(suffix -> file.toString().endsWith(suffix + DurableFile.NEW_SUFFIX));
    }

    /** One file that the disk does not give holds up no other deployment. */
    private static <T> Decoded<Versioned<T>> readOrTell(Path file, DeploymentName deployment, Reader<T> reader) {
        try {
            return read(file, deployment, reader);
        } catch (IOException e) {
            return new Decoded.Unreadable<>(new Cause(
                    "the desired state on disk cannot be read: " + e,
                    file.toString(),
                    "look at `dmesg` and at the file; while the mesh is reachable it is read again from there"));
        }
    }

    private static <T> Decoded<Versioned<T>> read(Path file, DeploymentName deployment, Reader<T> reader)
            throws IOException {
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
        return switch (reader.read(Payload.of(form))) {
            case Decoded.Value<Owned<T>>(Owned<T> found)
            when !found.deployment().equals(deployment) ->
                setAside(file, "it is of deployment '%s'".formatted(found.deployment()));
            case Decoded.Value<Owned<T>>(Owned<T> found) ->
                new Decoded.Value<>(new Versioned<>(Long.parseLong(header[1]), found.value()));
            case Decoded.Unreadable<Owned<T>>(Cause cause) ->
                new Decoded.Unreadable<>(new Cause(cause.what(), file.toString(), cause.next()));
        };
    }

    private static <T> Decoded<Versioned<T>> setAside(Path file, String why) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + CORRUPT_SUFFIX);
        Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        return new Decoded.Unreadable<>(new Cause(
                "the desired state on disk is broken: " + why,
                aside.toString(),
                "nothing to do while the mesh is reachable: it is read again from there. What runs goes on"));
    }

    /** Whose file of a sort it is; empty for what is not ours. */
    private static Optional<DeploymentName> deployment(Path file, String suffix) {
        String name = file.getFileName().toString();
        try {
            return name.endsWith(suffix)
                    ? Optional.of(DeploymentName.of(name.substring(0, name.length() - suffix.length())))
                    : Optional.empty();
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    private Path file(DeploymentName deployment, String suffix) {
        return folder.resolve(deployment.value() + suffix);
    }

    private static String checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
