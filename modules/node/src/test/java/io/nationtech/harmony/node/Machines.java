package io.nationtech.harmony.node;

import io.nationtech.harmony.domain.hardware.CpuTopology;
import io.nationtech.harmony.domain.hardware.Device;
import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.Disk;
import io.nationtech.harmony.domain.hardware.DiskHealth;
import io.nationtech.harmony.domain.hardware.DiskSpace;
import io.nationtech.harmony.domain.hardware.Hardware;
import io.nationtech.harmony.domain.hardware.InstructionSet;
import io.nationtech.harmony.domain.hardware.Machine;
import io.nationtech.harmony.domain.hardware.Medium;
import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.domain.hardware.OperatingSystem;
import io.nationtech.harmony.domain.hardware.OsVersion;
import io.nationtech.harmony.domain.hardware.Platform;
import io.nationtech.harmony.domain.hardware.PowerSource;
import io.nationtech.harmony.domain.hardware.Processor;
import io.nationtech.harmony.domain.hardware.SecureBoot;
import io.nationtech.harmony.domain.hardware.SerialPort;
import io.nationtech.harmony.domain.hardware.ThermalZone;
import io.nationtech.harmony.domain.hardware.UplinkClass;
import io.nationtech.harmony.domain.hardware.Virtualisation;
import io.nationtech.harmony.domain.hardware.WorkSpace;
import io.nationtech.harmony.domain.value.Memory;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Hardware for tests. */
final class Machines {
    private Machines() {}

    static Hardware with(PowerSource power, int celsius, Device... devices) {
        return machine(power, celsius, Optional.empty(), devices);
    }

    static Hardware withWorkSpace(long gibibytes, long free) {
        return machine(
                new PowerSource.Mains(),
                40,
                Optional.of(new WorkSpace(DiskSpace.gibibytes(gibibytes), DiskSpace.gibibytes(free))));
    }

    private static Hardware machine(PowerSource power, int celsius, Optional<WorkSpace> space, Device... devices) {
        return new Hardware(
                new Processor(InstructionSet.X86_64_V3, ModelName.cleaned("N100"), Set.of(), new CpuTopology(1, 4, 4)),
                Memory.gibibytes(16),
                List.of(devices),
                List.of(new ThermalZone(DevicePath.of("thermal_zone0"), ModelName.cleaned("acpitz"), celsius)),
                power,
                UplinkClass.UNKNOWN,
                new Platform(
                        ModelName.cleaned("mini-PC"),
                        Machine.BARE_METAL,
                        Virtualisation.OFFERED,
                        SecureBoot.OFF,
                        new OperatingSystem("debian", OsVersion.of("13"), OsVersion.of("6.12"))),
                space);
    }

    static Hardware with(Device... devices) {
        return with(new PowerSource.Mains(), 40, devices);
    }

    static Disk disk(int gibibytes, int free) {
        return new Disk(
                DevicePath.of("sda"),
                Medium.SSD,
                DiskSpace.gibibytes(gibibytes),
                DiskSpace.gibibytes(free),
                DiskHealth.GOOD);
    }

    static SerialPort stick() {
        return new SerialPort(DevicePath.of("ttyUSB0"));
    }
}
