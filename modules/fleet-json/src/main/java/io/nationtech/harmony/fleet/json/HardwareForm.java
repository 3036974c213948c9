package io.nationtech.harmony.fleet.json;

import io.nationtech.harmony.domain.hardware.CpuFeature;
import io.nationtech.harmony.domain.hardware.CpuTopology;
import io.nationtech.harmony.domain.hardware.Device;
import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.Generation;
import io.nationtech.harmony.domain.hardware.Hardware;
import io.nationtech.harmony.domain.hardware.HardwareReport;
import io.nationtech.harmony.domain.hardware.InstructionSet;
import io.nationtech.harmony.domain.hardware.Location;
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
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.SiteName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a node says of its hardware. A device of a kind that is not known here is left out and told among what is unread: the
 * node has something more than is seen, and nothing less.
 */
final class HardwareForm {
    private static final EnumForm<InstructionSet> ISA = new EnumForm<>(InstructionSet.class);
    private static final EnumForm<UplinkClass> UPLINK = new EnumForm<>(UplinkClass.class);
    private static final EnumForm<Machine> MACHINE = new EnumForm<>(Machine.class);
    private static final EnumForm<Virtualisation> VIRTUALISATION = new EnumForm<>(Virtualisation.class);
    private static final EnumForm<SecureBoot> SECURE_BOOT = new EnumForm<>(SecureBoot.class);
    private static final String UNKNOWN = "unknown";
    private static final String MAINS = "mains";
    private static final String BACKED = "backed_mains";
    private static final String BATTERY = "battery";

    private HardwareForm() {}

    static Map<String, Object> write(HardwareReport report) {
        Hardware hardware = report.hardware();
        return Ordered.map(
                "node", report.node().value(),
                "generation", report.generation().number(),
                "site", report.location().site().value(),
                "failureDomain", report.location().failureDomain().value(),
                "processor", write(hardware.processor()),
                "memoryBytes", hardware.memory().bytes(),
                "devices", hardware.devices().stream().map(DeviceForm::write).toList(),
                "thermal",
                        hardware.thermal().stream()
                                .map(zone -> Ordered.map(
                                        "path", zone.path().value(),
                                        "kind", zone.kind().value(),
                                        "celsius", zone.celsius()))
                                .toList(),
                "power", write(hardware.power()),
                "uplink", UPLINK.write(hardware.uplink()),
                "platform", write(hardware.platform()),
                "unread",
                        report.unread().stream()
                                .map(unread -> Ordered.map(
                                        "source", unread.source().value(),
                                        "what", unread.what().value(),
                                        "why", unread.why().value()))
                                .toList());
    }

    static HardwareReport read(Fields fields) {
        List<Unread> unread = new ArrayList<>(fields.objects("unread", HardwareForm::readUnread));
        List<Device> devices = fields.objects("devices", device -> readDevice(device, unread)).stream()
                .flatMap(List::stream)
                .toList();
        return new HardwareReport(
                fields.text("node", NodeId::of),
                fields.number("generation", Generation::new),
                new Location(fields.text("site", SiteName::of), fields.text("failureDomain", FailureDomain::of)),
                new Hardware(
                        fields.object("processor", HardwareForm::readProcessor),
                        fields.number("memoryBytes", Memory::ofBytes),
                        devices,
                        fields.objects("thermal", HardwareForm::readZone),
                        fields.object("power", HardwareForm::readPower),
                        UPLINK.read(fields, "uplink"),
                        fields.object("platform", HardwareForm::readPlatform)),
                unread);
    }

    private static List<Device> readDevice(Fields fields, List<Unread> unread) {
        try {
            return List.of(DeviceForm.read(fields));
        } catch (UnknownWordException e) {
            unread.add(new Unread(
                    ModelName.cleaned("report"),
                    ModelName.cleaned(fields.text("path")),
                    ModelName.cleaned(String.valueOf(e.getMessage()))));
            return List.of();
        }
    }

    private static Map<String, Object> write(Processor processor) {
        return Ordered.map(
                "isa", ISA.write(processor.isa()),
                "model", processor.model().value(),
                "features",
                        processor.features().stream()
                                .map(CpuFeature::value)
                                .sorted()
                                .toList(),
                "sockets", processor.topology().sockets(),
                "cores", processor.topology().cores(),
                "threads", processor.topology().threads());
    }

    private static Processor readProcessor(Fields fields) {
        return new Processor(
                ISA.read(fields, "isa"),
                fields.text("model", ModelName::new),
                Set.copyOf(fields.texts("features", CpuFeature::of)),
                new CpuTopology(fields.integer("sockets"), fields.integer("cores"), fields.integer("threads")));
    }

    private static ThermalZone readZone(Fields fields) {
        return new ThermalZone(
                fields.text("path", DevicePath::of), fields.text("kind", ModelName::new), fields.integer("celsius"));
    }

    private static Map<String, Object> write(PowerSource power) {
        return switch (power) {
            case PowerSource.Unknown() -> Ordered.map("kind", UNKNOWN);
            case PowerSource.Mains() -> Ordered.map("kind", MAINS);
            case PowerSource.BackedMains(int percent) -> Ordered.map("kind", BACKED, "percent", percent);
            case PowerSource.Battery(int percent) -> Ordered.map("kind", BATTERY, "percent", percent);
        };
    }

    private static PowerSource readPower(Fields fields) {
        return switch (fields.text("kind")) {
            case UNKNOWN -> new PowerSource.Unknown();
            case MAINS -> new PowerSource.Mains();
            case BACKED -> new PowerSource.BackedMains(fields.integer("percent"));
            case BATTERY -> new PowerSource.Battery(fields.integer("percent"));
            default -> throw fields.unknown("kind");
        };
    }

    private static Map<String, Object> write(Platform platform) {
        return Ordered.map(
                "model", platform.model().value(),
                "machine", MACHINE.write(platform.machine()),
                "virtualisation", VIRTUALISATION.write(platform.virtualisation()),
                "secureBoot", SECURE_BOOT.write(platform.secureBoot()),
                "system", platform.system().id(),
                "systemVersion", platform.system().version().toString(),
                "kernelVersion", platform.system().kernel().toString());
    }

    private static Platform readPlatform(Fields fields) {
        return new Platform(
                fields.text("model", ModelName::new),
                MACHINE.read(fields, "machine"),
                VIRTUALISATION.read(fields, "virtualisation"),
                SECURE_BOOT.read(fields, "secureBoot"),
                new OperatingSystem(
                        fields.text("system"),
                        fields.text("systemVersion", OsVersion::of),
                        fields.text("kernelVersion", OsVersion::of)));
    }

    private static Unread readUnread(Fields fields) {
        return new Unread(
                fields.text("source", ModelName::new),
                fields.text("what", ModelName::new),
                fields.text("why", ModelName::new));
    }
}
