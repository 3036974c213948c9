package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.hardware.Amount;
import io.nationtech.harmony.domain.hardware.DeviceGrant;
import io.nationtech.harmony.domain.hardware.Disk;
import io.nationtech.harmony.domain.hardware.GraphicsCard;
import io.nationtech.harmony.domain.hardware.Hardware;
import io.nationtech.harmony.domain.node.Claim;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodePort;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * What is left of a node for one deployment beside what others hold there by now. Its plan was made against what they held then.
 *
 * @param others what each other deployment takes
 */
record Headroom(NodeStatus node, SortedMap<DeploymentName, Claim> others) {
    private static final double MILLIS = 1_000;

    static Headroom of(NodeStatus node, Map<DeploymentName, Claim> others) {
        return new Headroom(node, new TreeMap<>(others));
    }

    /** Why the deployment cannot have this in place of what it has; asks only for what is more. */
    Optional<Cause> against(Claim before, Claim after) {
        return device(before, after)
                .or(() -> port(before, after))
                .or(() -> cpu(before, after))
                .or(() -> memory(before, after))
                .map(
                        what -> new Cause(
                                what,
                                "node '%s'".formatted(node.info().id()),
                                "deploy again: that finds another node, or says what each misses; to have this one, withdraw who holds it"));
    }

    private Optional<String> device(Claim before, Claim after) {
        return after.newDevices(before).stream()
                .filter(device -> isBarred(device) || isTooFull(device, after))
                .findFirst()
                .map(device -> taken(device.words(), other -> other.has(device)));
    }

    private boolean isBarred(DeviceGrant device) {
        return others.values().stream()
                .flatMap(other -> other.devices().stream())
                .anyMatch(device::excludes);
    }

    private boolean isTooFull(DeviceGrant device, Claim after) {
        return device.bytes() > 0 && sum(other -> other.bytesOf(device)) + after.bytesOf(device) > capacity(device);
    }

    private long capacity(DeviceGrant device) {
        Hardware hardware = node.knownHardware();
        return switch (device.kind()) {
            case STORAGE ->
                hardware.devices(Disk.class)
                        .filter(disk -> disk.path().equals(device.path()))
                        .mapToLong(disk -> disk.free().bytes())
                        .sum();
            case GPU ->
                hardware.devices(GraphicsCard.class)
                        .filter(card -> card.path().equals(device.path()))
                        .mapToLong(card -> card.memory().map(Memory::bytes).orElse(0L))
                        .sum();
            case GPIO_LINE, TPM, USB, PCI, I2C_BUS, SPI, PWM_CHANNEL, SERIAL_PORT, CAMERA -> Long.MAX_VALUE;
        };
    }

    private Optional<String> port(Claim before, Claim after) {
        return taken(after.ports(), before.ports(), Headroom::has)
                .or(() -> taken(after.sharedPorts(), before.sharedPorts(), Headroom::hasAlone));
    }

    private Optional<String> taken(
            Set<NodePort> after, Set<NodePort> before, Function<NodePort, Predicate<Claim>> inTheWay) {
        return after.stream()
                .filter(port -> !before.contains(port))
                .filter(port -> others.values().stream().anyMatch(inTheWay.apply(port)))
                .sorted()
                .findFirst()
                .map(port -> taken("port " + port, inTheWay.apply(port)));
    }

    private static Predicate<Claim> has(NodePort port) {
        return other -> other.ports().contains(port) || other.sharedPorts().contains(port);
    }

    private static Predicate<Claim> hasAlone(NodePort port) {
        return other -> other.ports().contains(port);
    }

    private Optional<String> cpu(Claim before, Claim after) {
        long all = (long) (node.knownHardware().processor().topology().threads() * MILLIS);
        long over = sum(Claim::cpuMillis) + after.cpuMillis() - all;
        return after.cpuMillis() > before.cpuMillis() && over > 0
                ? Optional.of(isShort(over / MILLIS + " CPU", other -> other.cpuMillis() > 0))
                : Optional.empty();
    }

    private Optional<String> memory(Claim before, Claim after) {
        long all = node.knownHardware().memory().bytes();
        long over = sum(Claim::memory) + after.memory() - all;
        return after.memory() > before.memory() && over > 0
                ? Optional.of(isShort(Amount.iec(over) + " of memory", other -> other.memory() > 0))
                : Optional.empty();
    }

    private long sum(ToLongFunction<Claim> part) {
        return others.values().stream().mapToLong(part).sum();
    }

    private String taken(String what, Predicate<Claim> by) {
        return "%s of node '%s' is taken by %s".formatted(what, node.info().id(), holders(by));
    }

    private String isShort(String missing, Predicate<Claim> by) {
        return "node '%s' is short of %s; its room is taken by %s"
                .formatted(node.info().id(), missing, holders(by));
    }

    private String holders(Predicate<Claim> by) {
        return others.entrySet().stream()
                .filter(other -> by.test(other.getValue()))
                .map(other -> "deployment '%s'".formatted(other.getKey()))
                .collect(Collectors.joining(", "));
    }
}
