package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.ProgramOption;
import io.nationtech.harmony.domain.value.EnvName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How podman is told that a container reckons with its node's time zone. The C library reads {@code /etc/localtime}; runtimes with a table of their
 * own want the zone's name, in {@code TZ}; who has that name and no table is in UTC, so the zone's own table comes along.
 *
 * @param words that tell podman
 * @param mounts as podman's and quadlet's volume option want them
 */
record NodeTimeZone(List<String> words, List<String> mounts) {
    /** localtime(5): a link into the table of zones; without one, UTC. */
    private static final Path LOCAL = Path.of("/etc/localtime");

    private static final Path ZONES = Path.of("/usr/share/zoneinfo");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+){0,2}");
    private static final EnvName VARIABLE = EnvName.of("TZ");

    static NodeTimeZone of(Container container) {
        if (!container.execution().program().options().contains(ProgramOption.NODE_TIME_ZONE)
                || Files.notExists(LOCAL)) {
            return new NodeTimeZone(List.of(), List.of());
        }
        return name(LOCAL, ZONES)
                .map(zone -> named(container, zone))
                .orElseGet(() -> new NodeTimeZone(List.of("--tz=local"), List.of()));
    }

    private static NodeTimeZone named(Container container, String zone) {
        String toPodman = "--tz=" + zone;
        Path table = ZONES.resolve(zone);
        return new NodeTimeZone(
                isSaid(container) ? List.of(toPodman) : List.of(toPodman, "--env=%s=%s".formatted(VARIABLE, zone)),
                List.of("%1$s:%1$s:ro".formatted(table)));
    }

    private static boolean isSaid(Container container) {
        return container.execution().env().containsKey(VARIABLE)
                || container.security().env().containsKey(VARIABLE);
    }

    /** The name of the zone, where the link tells it. */
    static Optional<String> name(Path local, Path zones) {
        try {
            Path table = local.resolveSibling(Files.readSymbolicLink(local)).normalize();
            return Optional.of(table)
                    .filter(path -> path.startsWith(zones) && Files.isRegularFile(path))
                    .map(path -> zones.relativize(path).toString())
                    .filter(NAME.asMatchPredicate());
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }
}
