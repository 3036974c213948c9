package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.hardware.CpuFeature;
import io.nationtech.harmony.domain.hardware.CpuTopology;
import io.nationtech.harmony.domain.hardware.Device;
import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.Disk;
import io.nationtech.harmony.domain.hardware.DiskHealth;
import io.nationtech.harmony.domain.hardware.DiskSpace;
import io.nationtech.harmony.domain.hardware.GpioChip;
import io.nationtech.harmony.domain.hardware.GraphicsCard;
import io.nationtech.harmony.domain.hardware.Hardware;
import io.nationtech.harmony.domain.hardware.I2cBus;
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
import io.nationtech.harmony.domain.hardware.SpiDevice;
import io.nationtech.harmony.domain.hardware.TpmChip;
import io.nationtech.harmony.domain.hardware.UplinkClass;
import io.nationtech.harmony.domain.hardware.UsbClass;
import io.nationtech.harmony.domain.hardware.UsbDevice;
import io.nationtech.harmony.domain.hardware.UsbId;
import io.nationtech.harmony.domain.hardware.Virtualisation;
import io.nationtech.harmony.domain.value.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Hardware as it stands in homes and offices. */
final class Machines {
    private Machines() {}

    static Hardware miniPc(int threads, int gibibytes, Device... more) {
        List<Device> devices = new ArrayList<>(List.of(more));
        devices.add(disk("nvme0n1", Medium.NVME, 256));
        devices.add(new TpmChip(DevicePath.of("tpm0"), TpmChip.Version.V2_0));
        return machine(InstructionSet.X86_64_V3, threads, gibibytes, devices, UplinkClass.ASYMMETRIC, "mini-PC");
    }

    static Hardware raspberryPi(int gibibytes, Device... more) {
        List<Device> devices = new ArrayList<>(List.of(more));
        devices.add(disk("mmcblk0", Medium.SD_CARD, 32));
        devices.add(
                new GpioChip(DevicePath.of("gpiochip0"), ModelName.cleaned("pinctrl-bcm2711"), 58, Set.of(0, 1, 42)));
        devices.add(new I2cBus(DevicePath.of("i2c-1"), 1));
        devices.add(new SpiDevice(DevicePath.of("spidev0.0"), 0, 0));
        return machine(InstructionSet.ARMV8_0, 4, gibibytes, devices, UplinkClass.ASYMMETRIC, "Raspberry Pi 4");
    }

    static Hardware nas(int gibibytes) {
        List<Device> devices = List.of(disk("sda", Medium.HDD, 4_000), disk("sdb", Medium.HDD, 4_000));
        return machine(InstructionSet.X86_64_V2, 4, gibibytes, devices, UplinkClass.SYMMETRIC, "NAS");
    }

    static GraphicsCard graphics(String path, int gibibytes) {
        return new GraphicsCard(
                DevicePath.of(path), ModelName.cleaned("graphics card"), Optional.of(Memory.gibibytes(gibibytes)));
    }

    static Disk disk(String path, Medium medium, int gibibytes) {
        return new Disk(
                DevicePath.of(path),
                medium,
                DiskSpace.gibibytes(gibibytes),
                DiskSpace.gibibytes(gibibytes * 3L / 4),
                DiskHealth.GOOD);
    }

    static UsbDevice serialAdapter(String path) {
        return new UsbDevice(
                DevicePath.of(path), new UsbId(0x0403, 0x6001), new UsbClass(0), ModelName.cleaned("FT232 Serial"));
    }

    static Hardware machine(
            InstructionSet isa, int threads, int gibibytes, List<Device> devices, UplinkClass uplink, String model) {
        return new Hardware(
                new Processor(
                        isa,
                        ModelName.cleaned(model),
                        Set.of(CpuFeature.of("aes")),
                        new CpuTopology(1, threads, threads)),
                Memory.gibibytes(gibibytes),
                devices,
                List.of(),
                new PowerSource.Mains(),
                uplink,
                new Platform(
                        ModelName.cleaned(model),
                        Machine.BARE_METAL,
                        Virtualisation.OFFERED,
                        SecureBoot.UNKNOWN,
                        new OperatingSystem("debian", OsVersion.of("13"), OsVersion.of("6.12"))),
                Optional.empty());
    }
}
