package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.Cause;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A program of this machine that also runs in containers without any file of their own, as Debian's busybox-static.
 *
 * @param file where it is on this machine
 */
record StaticBusybox(Path file) {
    /** Where Debian puts it. */
    static final StaticBusybox OF_DEBIAN = new StaticBusybox(Path.of("/usr/bin/busybox"));

    /** Where containers have it; no image has anything there. */
    static final String INSIDE = "/.harmony/busybox";

    /** ELF's headers of 64-bit programs: elf(5). */
    private static final int MAGIC = 0x464c457f;

    private static final int HEADERS = 4096;
    private static final int PROGRAM_HEADERS_AT = 32;
    private static final int HEADER_SIZE_AT = 54;
    private static final int HEADER_COUNT_AT = 56;
    private static final int INTERPRETER = 3;

    /** Read-only, as podman's and quadlet's volume option want it. */
    String mount() {
        return "%s:%s:ro".formatted(file, INSIDE);
    }

    /**
     * Why it cannot be used; empty when it can.
     *
     * @param hindered what cannot be done then
     */
    Optional<Cause> obstacle(String hindered) {
        return isStatic()
                ? Optional.empty()
                : Optional.of(new Cause(
                        "%s: %s is not there, or needs shared libraries, which containers may not have"
                                .formatted(hindered, file),
                        "this node",
                        "install it: `apt install busybox-static`, which replaces the package busybox"));
    }

    private boolean isStatic() {
        try (InputStream stream = Files.newInputStream(file)) {
            ByteBuffer elf = ByteBuffer.wrap(stream.readNBytes(HEADERS)).order(ByteOrder.LITTLE_ENDIAN);
            return elf.getInt(0) == MAGIC && !hasInterpreter(elf);
        } catch (IOException | IndexOutOfBoundsException e) {
            return false;
        }
    }

    private static boolean hasInterpreter(ByteBuffer elf) {
        int first = Math.toIntExact(elf.getLong(PROGRAM_HEADERS_AT));
        int size = elf.getShort(HEADER_SIZE_AT);
        for (int i = 0; i < elf.getShort(HEADER_COUNT_AT); i++) {
            if (elf.getInt(first + i * size) == INTERPRETER) {
                return true;
            }
        }
        return false;
    }
}
