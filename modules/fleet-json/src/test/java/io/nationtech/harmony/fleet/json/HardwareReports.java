package io.nationtech.harmony.fleet.json;

import io.nationtech.harmony.domain.hardware.Bandwidth;
import io.nationtech.harmony.domain.hardware.CpuFeature;
import io.nationtech.harmony.domain.hardware.CpuTopology;
import io.nationtech.harmony.domain.hardware.Device;
import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.Disk;
import io.nationtech.harmony.domain.hardware.DiskHealth;
import io.nationtech.harmony.domain.hardware.DiskSpace;
import io.nationtech.harmony.domain.hardware.Generation;
import io.nationtech.harmony.domain.hardware.GpioChip;
import io.nationtech.harmony.domain.hardware.GraphicsCard;
import io.nationtech.harmony.domain.hardware.Hardware;
import io.nationtech.harmony.domain.hardware.HardwareReport;
import io.nationtech.harmony.domain.hardware.I2cBus;
import io.nationtech.harmony.domain.hardware.InstructionSet;
import io.nationtech.harmony.domain.hardware.Location;
import io.nationtech.harmony.domain.hardware.Machine;
import io.nationtech.harmony.domain.hardware.Medium;
import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.domain.hardware.NetworkLink;
import io.nationtech.harmony.domain.hardware.OperatingSystem;
import io.nationtech.harmony.domain.hardware.OsVersion;
import io.nationtech.harmony.domain.hardware.PciClass;
import io.nationtech.harmony.domain.hardware.PciDevice;
import io.nationtech.harmony.domain.hardware.PciId;
import io.nationtech.harmony.domain.hardware.Platform;
import io.nationtech.harmony.domain.hardware.PowerSource;
import io.nationtech.harmony.domain.hardware.Processor;
import io.nationtech.harmony.domain.hardware.PwmChip;
import io.nationtech.harmony.domain.hardware.SecureBoot;
import io.nationtech.harmony.domain.hardware.SerialPort;
import io.nationtech.harmony.domain.hardware.SpiDevice;
import io.nationtech.harmony.domain.hardware.ThermalZone;
import io.nationtech.harmony.domain.hardware.TpmChip;
import io.nationtech.harmony.domain.hardware.Unread;
import io.nationtech.harmony.domain.hardware.UplinkClass;
import io.nationtech.harmony.domain.hardware.UsbClass;
import io.nationtech.harmony.domain.hardware.UsbDevice;
import io.nationtech.harmony.domain.hardware.UsbId;
import io.nationtech.harmony.domain.hardware.VideoCamera;
import io.nationtech.harmony.domain.hardware.Virtualisation;
import io.nationtech.harmony.domain.hardware.WorkSpace;
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.SiteName;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Hardware of any kind, at random. */
final class HardwareReports extends DomainContextBase {

    @Provide
    Arbitrary<HardwareReport> reports() {
        Arbitrary<Hardware> hardware = Combinators.combine(
                        processors(),
                        memory(),
                        devices().list().ofMaxSize(8).uniqueElements(Device::path),
                        zones().list().ofMaxSize(3),
                        powers(),
                        Arbitraries.of(UplinkClass.class),
                        platforms(),
                        workSpaces().optional())
                .as(Hardware::new);
        Arbitrary<List<Unread>> unread = Combinators.combine(names(), names(), names())
                .as(Unread::new)
                .list()
                .ofMaxSize(3);
        return Combinators.combine(
                        Arbitraries.longs().between(1, Long.MAX_VALUE - 1).map(Generation::new), hardware, unread)
                .as((generation, has, not) -> new HardwareReport(
                        NodeId.of("n1"),
                        generation,
                        new Location(SiteName.of("home"), FailureDomain.of("shelf")),
                        has,
                        not));
    }

    private static Arbitrary<Processor> processors() {
        Arbitrary<CpuTopology> topologies = Combinators.combine(numbers(1, 4), numbers(1, 64), numbers(1, 2))
                .as((sockets, cores, threads) -> new CpuTopology(sockets, sockets * cores, sockets * cores * threads));
        return Combinators.combine(
                        Arbitraries.of(InstructionSet.class),
                        names(),
                        Arbitraries.of("avx2", "sha_ni", "fp", "sse4_1")
                                .map(CpuFeature::of)
                                .set(),
                        topologies)
                .as(Processor::new);
    }

    private static Arbitrary<WorkSpace> workSpaces() {
        return Combinators.combine(
                        Arbitraries.longs().between(1, 1L << 60),
                        Arbitraries.integers().between(1, 99))
                .as((size, part) -> new WorkSpace(DiskSpace.ofBytes(size), DiskSpace.ofBytes(size / part)));
    }

    private static Arbitrary<Device> devices() {
        Arbitrary<DiskSpace> sizes = Arbitraries.longs().between(0, 1L << 60).map(DiskSpace::ofBytes);
        return Arbitraries.oneOf(List.<Arbitrary<? extends Device>>of(
                Combinators.combine(
                                paths(),
                                Arbitraries.of(Medium.class),
                                sizes,
                                Arbitraries.integers().between(1, 9),
                                Arbitraries.of(DiskHealth.class))
                        .as((path, medium, size, part, health) ->
                                new Disk(path, medium, size, DiskSpace.ofBytes(size.bytes() / part), health)),
                Combinators.combine(
                                paths(),
                                Arbitraries.of(NetworkLink.Type.class),
                                Arbitraries.of(NetworkLink.State.class),
                                Arbitraries.longs()
                                        .between(1, 10_000_000_000_000L)
                                        .map(Bandwidth::new)
                                        .optional())
                        .as(NetworkLink::new),
                Combinators.combine(paths(), numbers(0, 0xFFFF), numbers(0, 0xFFFF))
                        .as((path, id, type) -> new PciDevice(path, new PciId(id, 0xFFFF - id), new PciClass(type))),
                Combinators.combine(paths(), numbers(0, 0xFFFF), numbers(0, 0xFF), names())
                        .as((path, id, type, model) ->
                                new UsbDevice(path, new UsbId(id, 0xFFFF - id), new UsbClass(type), model)),
                Combinators.combine(paths(), names(), memory().optional()).as(GraphicsCard::new),
                Combinators.combine(paths(), Arbitraries.of(TpmChip.Version.class))
                        .as(TpmChip::new),
                Combinators.combine(
                                paths(),
                                names(),
                                numbers(8, 1_024),
                                numbers(0, 7).set())
                        .as(GpioChip::new),
                Combinators.combine(paths(), numbers(0, 255)).as(I2cBus::new),
                Combinators.combine(paths(), numbers(0, 255), numbers(0, 255)).as(SpiDevice::new),
                Combinators.combine(paths(), numbers(1, 256)).as(PwmChip::new),
                paths().map(SerialPort::new),
                Combinators.combine(paths(), names()).as(VideoCamera::new)));
    }

    private static Arbitrary<ThermalZone> zones() {
        return Combinators.combine(paths(), names(), numbers(-50, 250)).as(ThermalZone::new);
    }

    private static Arbitrary<PowerSource> powers() {
        return Arbitraries.oneOf(
                Arbitraries.of(new PowerSource.Unknown(), new PowerSource.Mains()),
                numbers(0, 100).map(PowerSource.BackedMains::new),
                numbers(0, 100).map(PowerSource.Battery::new));
    }

    private static Arbitrary<Platform> platforms() {
        return Combinators.combine(
                        names(),
                        Arbitraries.of(Machine.class),
                        Arbitraries.of(Virtualisation.class),
                        Arbitraries.of(SecureBoot.class),
                        numbers(0, 999_999).list().ofMinSize(1).ofMaxSize(4).map(OsVersion::new))
                .as((model, machine, virtualisation, secureBoot, version) -> new Platform(
                        model, machine, virtualisation, secureBoot, new OperatingSystem("debian", version, version)));
    }

    private static Arbitrary<DevicePath> paths() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('0', '9')
                .withChars(":._/@+-")
                .ofMaxLength(20)
                .map(rest -> DevicePath.of("d" + rest));
    }

    private static Arbitrary<ModelName> names() {
        return Arbitraries.strings().all().ofMaxLength(120).map(ModelName::cleaned);
    }

    private static Arbitrary<Memory> memory() {
        return Arbitraries.longs().greaterOrEqual(1).map(Memory::ofBytes);
    }

    private static Arbitrary<Integer> numbers(int least, int most) {
        return Arbitraries.integers().between(least, most);
    }
}
