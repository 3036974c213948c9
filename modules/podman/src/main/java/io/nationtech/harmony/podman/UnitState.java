package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.node.ContainerHistory;
import io.nationtech.harmony.domain.node.ContainerHistory.Exit;
import io.nationtech.harmony.domain.node.ContainerStatus.Running;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A unit as {@code systemctl show --timestamp=unix} tells it.
 *
 * @param properties as in org.freedesktop.systemd1(5)
 */
record UnitState(Map<String, String> properties) {
    static final String PROPERTIES = "Id,LoadState,ActiveState,SubState,NeedDaemonReload,NRestarts,"
            + "ExecMainCode,ExecMainStatus,ExecMainStartTimestamp,ExecMainExitTimestamp";

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final Pattern UNIX_TIME = Pattern.compile("@\\d{1,12}");
    /** CLD_EXITED of wait(2): not ended by a signal. */
    private static final int EXITED = 1;

    private static final int BY_SIGNAL = 128;

    UnitState {
        properties = Map.copyOf(properties);
    }

    /** Reads one block of {@code name=value} lines for each unit, an empty line between two. */
    static List<UnitState> parse(String text) {
        return Arrays.stream(text.split("\n\n"))
                .map(UnitState::read)
                .filter(properties -> properties.containsKey("Id"))
                .map(UnitState::new)
                .toList();
    }

    private static Map<String, String> read(String block) {
        return block.lines()
                .filter(line -> line.contains("="))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')),
                        line -> line.substring(line.indexOf('=') + 1),
                        (_, last) -> last));
    }

    private String property(String name) {
        return properties.getOrDefault(name, "");
    }

    private int number(String name) {
        return NUMBER.matcher(property(name)).matches() ? Integer.parseInt(property(name)) : 0;
    }

    private Optional<Instant> time(String name) {
        return Optional.of(property(name))
                .filter(text -> UNIX_TIME.matcher(text).matches())
                .map(text -> Instant.ofEpochSecond(Long.parseLong(text.substring(1))));
    }

    /** Whether systemd knows the unit's file as it is on disk. */
    boolean isRead() {
        return property("LoadState").equals("loaded")
                && !property("NeedDaemonReload").equals("yes");
    }

    boolean isActive() {
        return property("ActiveState").equals("active");
    }

    /** Whether systemd is at it just now, and will say soon how it went; waiting for the next try does not count. */
    boolean isInBetween() {
        return running() == Running.STARTING && !property("SubState").startsWith("auto-restart");
    }

    Running running() {
        return switch (property("ActiveState")) {
            case "active" -> Running.RUNNING;
            case "activating", "deactivating", "reloading", "refreshing" -> Running.STARTING;
            case "inactive" ->
                lastExit().filter(exit -> exit.code() == 0).isPresent() ? Running.FINISHED : Running.STOPPED;
            default -> Running.STOPPED;
        };
    }

    ContainerHistory history() {
        return new ContainerHistory(number("NRestarts"), time("ExecMainStartTimestamp"), lastExit());
    }

    private Optional<Exit> lastExit() {
        int status = number("ExecMainStatus");
        return time("ExecMainExitTimestamp")
                .map(at -> new Exit(number("ExecMainCode") == EXITED ? status : BY_SIGNAL + status, at));
    }
}
