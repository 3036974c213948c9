package io.nationtech.harmony.domain.hardware;

import io.nationtech.harmony.domain.value.Memory;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Hardware in the words of people. */
public final class HardwareText {

    private HardwareText() {}

    /** What kind of device it is, in one word. */
    public static String kind(Device device) {
        return switch (device) {
            case Disk _ -> "disk";
            case NetworkLink _ -> "link";
            case PciDevice _ -> "PCI";
            case UsbDevice _ -> "USB";
            case GraphicsCard _ -> "GPU";
            case TpmChip _ -> "TPM";
            case GpioChip _ -> "GPIO";
            case I2cBus _ -> "I²C";
            case SpiDevice _ -> "SPI";
            case PwmChip _ -> "PWM";
            case SerialPort _ -> "serial";
            case VideoCamera _ -> "camera";
        };
    }

    /** What a device is, without kind and path; may be empty. */
    public static String of(Device device) {
        return switch (device) {
            case Disk disk ->
                "%s, %s, %s free, health %s".formatted(disk.medium(), disk.size(), disk.free(), word(disk.health()));
            case NetworkLink link ->
                "%s, %s".formatted(word(link.type()), word(link.state()))
                        + link.speed().map(speed -> ", " + speed).orElse("");
            case PciDevice pci -> "%s, class %s".formatted(pci.id(), pci.type());
            case UsbDevice usb -> "%s, %s".formatted(usb.id(), usb.model());
            case GraphicsCard card ->
                card.model()
                        + card.memory().map(memory -> ", " + amount(memory)).orElse(", no memory of its own known");
            case TpmChip tpm -> tpm.version() == TpmChip.Version.V2_0 ? "2.0" : "1.2";
            case GpioChip chip ->
                "%s, %d lines, %d of them free"
                        .formatted(
                                chip.label(),
                                chip.lines(),
                                chip.lines() - chip.taken().size());
            case I2cBus bus -> "bus " + bus.number();
            case SpiDevice spi -> "bus %d, chip select %d".formatted(spi.bus(), spi.chipSelect());
            case PwmChip pwm -> pwm.channels() + " channels";
            case SerialPort _ -> "";
            case VideoCamera camera -> camera.model().toString();
        };
    }

    /** A processor, but for its features, which are many. */
    public static String of(Processor processor) {
        CpuTopology built = processor.topology();
        return "%s, %s, %d cores, %d threads"
                .formatted(processor.model(), processor.isa(), built.cores(), built.threads());
    }

    /** What a node runs on. */
    public static String of(PowerSource power) {
        return switch (power) {
            case PowerSource.Unknown() -> "unknown";
            case PowerSource.Mains() -> "mains";
            case PowerSource.BackedMains(int percent) -> "mains, with a battery at %d %%".formatted(percent);
            case PowerSource.Battery(int percent) -> "battery at %d %%".formatted(percent);
        };
    }

    /** What stands below the work. */
    public static String of(Platform platform) {
        return "%s, %s, %s, secure boot %s; %s"
                .formatted(
                        platform.model(),
                        word(platform.machine()),
                        platform.virtualisation() == Virtualisation.OFFERED
                                ? "can run virtual machines"
                                : "cannot run virtual machines",
                        word(platform.secureBoot()),
                        platform.system());
    }

    /** What is left of where containers are kept. */
    public static String of(Optional<WorkSpace> space) {
        return space.map(WorkSpace::toString).orElse("unknown");
    }

    /** How the site reaches the rest. */
    public static String of(UplinkClass uplink) {
        return word(uplink);
    }

    /** As much as it is; installed memory less what the kernel keeps is never a round number. */
    public static String amount(Memory memory) {
        return Amount.iec(memory.bytes());
    }

    /** What differs between two processors: all of it, or only features. */
    static String difference(Processor before, Processor after) {
        return of(before).equals(of(after))
                ? "gained [%s], lost [%s]"
                        .formatted(
                                without(after.features(), before.features()),
                                without(before.features(), after.features()))
                : of(after);
    }

    private static String without(Set<CpuFeature> all, Set<CpuFeature> those) {
        TreeSet<CpuFeature> rest = new TreeSet<>(all);
        rest.removeAll(those);
        return rest.stream().map(CpuFeature::toString).collect(Collectors.joining(" "));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
