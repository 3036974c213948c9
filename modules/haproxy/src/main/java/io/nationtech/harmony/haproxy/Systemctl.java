package io.nationtech.harmony.haproxy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Tells the machine's systemd what to do. */
final class Systemctl {
    private static final Duration PATIENTLY = Duration.ofSeconds(20);
    private static final Duration QUICKLY = Duration.ofSeconds(2);

    private Systemctl() {}

    static LocalProgram.Result run(String... words) {
        return LocalProgram.run(
                PATIENTLY,
                Stream.concat(Stream.of("systemctl"), Stream.of(words)).toList());
    }

    /** The last that a unit wrote. */
    static String newestLines(String unit) {
        return LocalProgram.run(
                        QUICKLY, List.of("journalctl", "--unit", unit, "--lines", "8", "--output", "cat", "--no-pager"))
                .output();
    }
}
