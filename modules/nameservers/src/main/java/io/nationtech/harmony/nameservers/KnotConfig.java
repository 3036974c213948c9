package io.nationtech.harmony.nameservers;

import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Port;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * What knot is told: {@code knot.conf(5)}.
 *
 * @param zones the folder of their files
 * @param run what it may write to
 * @param becomes as whom it goes on once it has its ports
 */
record KnotConfig(
        SortedSet<IpAddress> addresses,
        SortedSet<Port> ports,
        SortedSet<DnsName> names,
        Path zones,
        Path run,
        Optional<String> becomes) {

    static Path socket(Path run) {
        return run.resolve("knot.sock");
    }

    /** Where it answers; another one is taken up by a restart alone. */
    String listen() {
        return addresses.isEmpty() ? "" : all();
    }

    private String all() {
        return addresses.stream()
                .flatMap(address -> ports.stream().map(port -> "\"%s@%s\"".formatted(address, port)))
                .collect(Collectors.joining(", ", "    listen: [ ", " ]\n"));
    }

    String text() {
        return """
                # Written by the node's agent; what is changed here is overwritten.
                server:
                %1$s%2$s    rundir: "%3$s"
                    pidfile: "%3$s/pid"
                    identity: ""
                    version: ""
                control:
                    listen: "%4$s"
                    timeout: 5
                log:
                  - target: stderr
                    any: warning
                database:
                    storage: "%3$s"
                template:
                  - id: default
                    storage: "%5$s"
                    file: "%%s%6$s"
                    zonefile-load: whole
                    zonefile-sync: -1
                    journal-content: none
                    semantic-checks: on
                    module: mod-stats
                zone:
                %7$s""".formatted(
                        becomes.map("    user: \"%1$s:%1$s\"\n"::formatted).orElse(""),
                        listen(),
                        run,
                        socket(run),
                        zones,
                        KnotFolder.ENDING,
                        names.stream().map("  - domain: \"%s.\"\n"::formatted).collect(Collectors.joining()));
    }
}
