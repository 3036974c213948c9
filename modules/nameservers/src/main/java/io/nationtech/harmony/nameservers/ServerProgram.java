package io.nationtech.harmony.nameservers;

import java.nio.file.Path;
import java.util.List;

/**
 * A name server, as it is run.
 *
 * @param unit of systemd, without its ending
 * @param description for people
 * @param user whom Debian's package makes for it
 * @param words what runs it, in the foreground
 * @param run the folder of its sockets and of its process' number, which it may write to
 * @param memory the most that it may take, as systemd writes it
 */
record ServerProgram(String unit, String description, String user, List<String> words, Path run, String memory) {
    ServerProgram {
        words = List.copyOf(words);
    }

    /** Where the number of its process is. */
    Path pidFile() {
        return run.resolve("pid");
    }
}
