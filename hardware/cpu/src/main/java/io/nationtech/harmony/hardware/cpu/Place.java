package io.nationtech.harmony.hardware.cpu;

import java.util.Map;
import java.util.Optional;

/** Where a logical processor sits; the kernel's numbers, which only tell what is the same. */
record Place(String socket, String core) {

    /** Out of {@code /proc/cpuinfo}; only amd64 has it there. */
    static Optional<Place> of(Map<String, String> fields) {
        String socket = fields.get("physical id");
        String core = fields.get("core id");
        return socket == null || core == null ? Optional.empty() : Optional.of(new Place(socket, core));
    }
}
