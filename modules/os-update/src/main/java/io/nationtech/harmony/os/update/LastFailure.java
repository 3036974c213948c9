package io.nationtech.harmony.os.update;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.system.NodeSystem;
import io.nationtech.harmony.domain.system.SystemVersion;
import io.nationtech.harmony.domain.value.InvalidValueException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Why a system did not get well, as its own units left it on the disk before the machine went back: plain text whose first line is
 * {@code version <V>}. It may be anything: power was cut, or whoever wrote it was ill.
 */
final class LastFailure {
    private static final int LONGEST = 1 << 14;
    private static final String VERSION = "version ";

    private LastFailure() {}

    /** What it says, where that can be read. */
    static Optional<NodeSystem.Failed> read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Instant at = Files.getLastModifiedTime(file).toInstant();
            return parse(new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8), at);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static Optional<NodeSystem.Failed> parse(String text, Instant at) {
        String[] parts = text.split("\n", 2);
        try {
            return parts[0].startsWith(VERSION)
                    ? Optional.of(wentBack(
                            SystemVersion.of(
                                    parts[0].substring(VERSION.length()).strip()),
                            at,
                            parts.length < 2 ? "" : parts[1].strip()))
                    : Optional.empty();
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    /** @param reason empty when nobody knows it */
    static NodeSystem.Failed wentBack(SystemVersion version, Instant at, String reason) {
        return new NodeSystem.Failed(
                version,
                NodeSystem.Step.PROVING,
                at,
                new Cause(
                        "%s was started, did not get well, and the node went back: %s"
                                .formatted(version, reason.isEmpty() ? "it left no reason" : reason),
                        "the node's operating system",
                        "mend it and make a newer release; a node does not try the same one again. `journalctl --list-boots` there shows its boots"));
    }
}
