package io.nationtech.harmony.hardware.detection;

import io.nationtech.harmony.domain.hardware.CpuTopology;
import io.nationtech.harmony.domain.hardware.Device;
import io.nationtech.harmony.domain.hardware.Hardware;
import io.nationtech.harmony.domain.hardware.InstructionSet;
import io.nationtech.harmony.domain.hardware.Machine;
import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.domain.hardware.OperatingSystem;
import io.nationtech.harmony.domain.hardware.OsVersion;
import io.nationtech.harmony.domain.hardware.Platform;
import io.nationtech.harmony.domain.hardware.PowerSource;
import io.nationtech.harmony.domain.hardware.Processor;
import io.nationtech.harmony.domain.hardware.SecureBoot;
import io.nationtech.harmony.domain.hardware.ThermalZone;
import io.nationtech.harmony.domain.hardware.Unread;
import io.nationtech.harmony.domain.hardware.UplinkClass;
import io.nationtech.harmony.domain.hardware.Virtualisation;
import io.nationtech.harmony.domain.hardware.WorkSpace;
import io.nationtech.harmony.domain.node.Architecture;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.hardware.source.Fact;
import io.nationtech.harmony.hardware.source.Findings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts facts together. What no source found is the least that it can be, so that nothing is placed on hope. */
final class Assembly {
    private static final ModelName SELF = ModelName.cleaned("detection");
    private static final int MOST_DEVICES = 4_096;
    private static final int MOST_ZONES = 256;
    private static final int MOST_UNREAD = 256;
    private static final ModelName UNKNOWN = ModelName.cleaned("unknown");

    private final UplinkClass uplink;
    private final List<Device> devices = new ArrayList<>();
    private final List<ThermalZone> zones = new ArrayList<>();
    private final List<Unread> unread = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private Processor processor;
    private Memory memory = Memory.ofBytes(1);
    private PowerSource power = new PowerSource.Unknown();
    private Platform platform = new Platform(
            UNKNOWN,
            Machine.BARE_METAL,
            Virtualisation.NOT_OFFERED,
            SecureBoot.UNKNOWN,
            new OperatingSystem("linux", OsVersion.of("0"), OsVersion.of("0")));
    private Optional<WorkSpace> workSpace = Optional.empty();

    private Assembly(Architecture architecture, UplinkClass uplink) {
        this.uplink = uplink;
        this.processor = new Processor(
                architecture == Architecture.AMD64 ? InstructionSet.X86_64_V1 : InstructionSet.ARMV8_0,
                UNKNOWN,
                Set.of(),
                new CpuTopology(1, 1, 1));
    }

    /**
     * @param architecture of the processor, should nothing else be known of it
     * @param uplink no file tells it, a person does
     */
    static Detected of(Collection<Findings> all, Architecture architecture, UplinkClass uplink) {
        Assembly assembly = new Assembly(architecture, uplink);
        all.forEach(findings -> {
            findings.facts().forEach(assembly::add);
            assembly.unread.addAll(findings.unread());
        });
        return assembly.detected();
    }

    private void add(Fact fact) {
        switch (fact) {
            case Fact.OfProcessor(Processor found) -> processor = found;
            case Fact.OfMemory(Memory found) -> memory = found;
            case Fact.OfDevice(Device found) -> add(found);
            case Fact.OfTemperature(ThermalZone found) -> add(found);
            case Fact.OfPower(PowerSource found) -> power = found;
            case Fact.OfPlatform(Platform found) -> platform = found;
            case Fact.OfWorkSpace(WorkSpace found) -> workSpace = Optional.of(found);
        }
    }

    private void add(Device device) {
        String kind = device.getClass().getSimpleName();
        if (devices.size() == MOST_DEVICES) {
            unread.add(note(kind + " " + device.path(), "there are more than %d devices".formatted(MOST_DEVICES)));
        } else if (seen.add(kind + " " + device.path())) {
            devices.add(device);
        } else {
            unread.add(note(kind + " " + device.path(), "it is told twice"));
        }
    }

    private void add(ThermalZone zone) {
        if (zones.size() < MOST_ZONES) {
            zones.add(zone);
        }
    }

    private static Unread note(String what, String why) {
        return new Unread(SELF, ModelName.cleaned(what), ModelName.cleaned(why));
    }

    private Detected detected() {
        return new Detected(
                new Hardware(processor, memory, devices, zones, power, uplink, platform, workSpace),
                unread.subList(0, Math.min(MOST_UNREAD, unread.size())));
    }
}
