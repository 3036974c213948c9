package io.nationtech.harmony.domain.hardware;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One difference between two reports of a node. */
public sealed interface HardwareChange {

    /** A device came. */
    record Added(Device device) implements HardwareChange {}

    /** A device went. */
    record Removed(Device device) implements HardwareChange {}

    /** A device is another one, or says something else of itself. */
    record Replaced(Device before, Device after) implements HardwareChange {}

    /**
     * Something other than a device differs.
     *
     * @param what as in {@code memory}
     */
    record Altered(String what, String before, String after) implements HardwareChange {}

    /** All differences: devices by path, then the rest. */
    static List<HardwareChange> between(Hardware before, Hardware after) {
        List<HardwareChange> changes = new ArrayList<>();
        var old = before.devices().stream().collect(Collectors.toMap(DeviceKey::of, Function.identity()));
        for (Device device : after.devices()) {
            Device previous = old.remove(DeviceKey.of(device));
            if (previous == null) {
                changes.add(new Added(device));
            } else if (!previous.equals(device)) {
                changes.add(new Replaced(previous, device));
            }
        }
        before.devices().stream()
                .filter(device -> old.containsKey(DeviceKey.of(device)))
                .map(Removed::new)
                .forEach(changes::add);
        altered(changes, "memory", before.memory(), after.memory());
        altered(changes, "processor", before.processor(), after.processor());
        altered(changes, "power", before.power(), after.power());
        altered(changes, "uplink", before.uplink(), after.uplink());
        altered(changes, "platform", before.platform(), after.platform());
        return List.copyOf(changes);
    }

    private static void altered(List<HardwareChange> changes, String what, Object before, Object after) {
        if (!Objects.equals(before, after)) {
            changes.add(new Altered(what, before.toString(), after.toString()));
        }
    }
}
