package io.nationtech.harmony.domain.hardware;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Memory;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a node has, in quantities. No serial number, hardware address or other mark of one machine is part of it.
 *
 * @param memory what the kernel manages
 * @param devices at most 4096, ordered by path; of one kind, each at a path of its own
 * @param thermal at most 256
 * @param workSpace empty when the node could not find out
 */
public record Hardware(
        Processor processor,
        Memory memory,
        List<Device> devices,
        List<ThermalZone> thermal,
        PowerSource power,
        UplinkClass uplink,
        Platform platform,
        Optional<WorkSpace> workSpace) {
    private static final int MOST_DEVICES = 4_096;
    private static final int MOST_ZONES = 256;

    public Hardware {
        Bounds.atMost("devices", devices, MOST_DEVICES);
        Bounds.atMost("thermal zones", thermal, MOST_ZONES);
        devices = devices.stream()
                .sorted(Comparator.comparing(Device::path)
                        .thenComparing(device -> device.getClass().getSimpleName()))
                .toList();
        thermal = List.copyOf(thermal);
        devices.stream()
                .collect(Collectors.groupingBy(
                        device -> device.getClass().getSimpleName() + " " + device.path(), Collectors.counting()))
                .forEach((name, count) -> {
                    if (count > 1) {
                        throw new InvalidValueException("%s is reported %d times".formatted(name, count));
                    }
                });
    }

    /**
     * The least that a machine with so many processors and so much memory has: no device, and nothing that a requirement would ask for
     * beyond the instruction set.
     *
     * @param threads logical processors, 1 to 8192
     */
    public static Hardware least(InstructionSet isa, int threads, Memory memory) {
        ModelName unknown = ModelName.cleaned("");
        return new Hardware(
                new Processor(isa, unknown, Set.of(), new CpuTopology(1, threads, threads)),
                memory,
                List.of(),
                List.of(),
                new PowerSource.Unknown(),
                UplinkClass.UNKNOWN,
                new Platform(
                        unknown,
                        Machine.BARE_METAL,
                        Virtualisation.NOT_OFFERED,
                        SecureBoot.UNKNOWN,
                        new OperatingSystem("linux", OsVersion.of("0"), OsVersion.of("0"))),
                Optional.empty());
    }

    /** The same with these devices as well. */
    public Hardware with(Device... more) {
        return new Hardware(
                processor,
                memory,
                Stream.concat(devices.stream(), Stream.of(more)).toList(),
                thermal,
                power,
                uplink,
                platform,
                workSpace);
    }

    /** The same with this processor. */
    public Hardware with(Processor other) {
        return new Hardware(other, memory, devices, thermal, power, uplink, platform, workSpace);
    }

    /** The devices of one kind, ordered by path. */
    public <D extends Device> Stream<D> devices(Class<D> kind) {
        return devices.stream().filter(kind::isInstance).map(kind::cast);
    }
}
