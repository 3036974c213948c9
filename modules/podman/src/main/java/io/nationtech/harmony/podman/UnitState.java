package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.node.ContainerStatus.Running;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A unit as {@code systemctl show} tells it.
 *
 * @param id the unit's full name
 * @param load whether systemd knows it: {@code loaded}, {@code not-found}, …
 * @param active roughly how it is, as {@code failed} or {@code activating}
 * @param sub finer than {@code active}: {@code running}, {@code auto-restart}, …
 * @param needDaemonReload {@code yes} when its file changed since systemd read it
 */
record UnitState(String id, String load, String active, String sub, String needDaemonReload) {
    static final String PROPERTIES = "Id,LoadState,ActiveState,SubState,NeedDaemonReload";

    /** Reads one block of {@code name=value} lines for each unit, an empty line between two. */
    static List<UnitState> parse(String text) {
        return Arrays.stream(text.split("\n\n"))
                .map(UnitState::properties)
                .filter(properties -> properties.containsKey("Id"))
                .map(properties -> new UnitState(
                        properties.getOrDefault("Id", ""),
                        properties.getOrDefault("LoadState", ""),
                        properties.getOrDefault("ActiveState", ""),
                        properties.getOrDefault("SubState", ""),
                        properties.getOrDefault("NeedDaemonReload", "")))
                .toList();
    }

    private static Map<String, String> properties(String block) {
        return block.lines()
                .filter(line -> line.contains("="))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')),
                        line -> line.substring(line.indexOf('=') + 1),
                        (_, last) -> last));
    }

    /** Whether systemd knows the unit's file as it is on disk. */
    boolean isRead() {
        return load.equals("loaded") && !needDaemonReload.equals("yes");
    }

    boolean isActive() {
        return active.equals("active");
    }

    /** Whether systemd is at it just now, and will say soon how it went; waiting for the next try does not count. */
    boolean isInBetween() {
        return running() == Running.STARTING && !sub.startsWith("auto-restart");
    }

    Running running() {
        return switch (active) {
            case "active" -> Running.RUNNING;
            case "activating", "deactivating", "reloading", "refreshing" -> Running.STARTING;
            default -> Running.STOPPED;
        };
    }
}
