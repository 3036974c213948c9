package io.nationtech.harmony.domain.hardware;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One difference between two reports of a node. */
public sealed interface HardwareChange {

    /** A device came. */
    record Added(Device device) implements HardwareChange {
        @Override
        public String toString() {
            return "new: " + name(device) + text(device);
        }
    }

    /** A device went. */
    record Removed(Device device) implements HardwareChange {
        @Override
        public String toString() {
            return "gone: " + name(device) + text(device);
        }
    }

    /** A device is another one, or says something else of itself. */
    record Replaced(Device before, Device after) implements HardwareChange {
        @Override
        public String toString() {
            return "changed: %s: %s → %s".formatted(name(after), HardwareText.of(before), HardwareText.of(after));
        }
    }

    /**
     * Something other than a device differs.
     *
     * @param what as in {@code memory}
     */
    record Altered(String what, String before, String after) implements HardwareChange {
        @Override
        public String toString() {
            return "changed: %s: %s → %s".formatted(what, before, after);
        }
    }

    private static String name(Device device) {
        return HardwareText.kind(device) + " " + device.path();
    }

    private static String text(Device device) {
        return HardwareText.of(device).isEmpty() ? "" : ", " + HardwareText.of(device);
    }

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
        altered(changes, "memory", HardwareText.amount(before.memory()), HardwareText.amount(after.memory()));
        if (!before.processor().equals(after.processor())) {
            changes.add(new Altered(
                    "processor",
                    HardwareText.of(before.processor()),
                    HardwareText.difference(before.processor(), after.processor())));
        }
        altered(changes, "power", HardwareText.of(before.power()), HardwareText.of(after.power()));
        altered(changes, "uplink", HardwareText.of(before.uplink()), HardwareText.of(after.uplink()));
        altered(changes, "platform", HardwareText.of(before.platform()), HardwareText.of(after.platform()));
        altered(changes, "work space", HardwareText.of(before.workSpace()), HardwareText.of(after.workSpace()));
        return List.copyOf(changes);
    }

    private static void altered(List<HardwareChange> changes, String what, String before, String after) {
        if (!before.equals(after)) {
            changes.add(new Altered(what, before, after));
        }
    }
}
