package io.nationtech.harmony.fleet.json;

import io.nationtech.harmony.domain.hardware.Bandwidth;
import io.nationtech.harmony.domain.hardware.Device;
import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.Disk;
import io.nationtech.harmony.domain.hardware.DiskHealth;
import io.nationtech.harmony.domain.hardware.DiskSpace;
import io.nationtech.harmony.domain.hardware.GpioChip;
import io.nationtech.harmony.domain.hardware.GraphicsCard;
import io.nationtech.harmony.domain.hardware.I2cBus;
import io.nationtech.harmony.domain.hardware.Medium;
import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.domain.hardware.NetworkLink;
import io.nationtech.harmony.domain.hardware.PciClass;
import io.nationtech.harmony.domain.hardware.PciDevice;
import io.nationtech.harmony.domain.hardware.PciId;
import io.nationtech.harmony.domain.hardware.PwmChip;
import io.nationtech.harmony.domain.hardware.SerialPort;
import io.nationtech.harmony.domain.hardware.SpiDevice;
import io.nationtech.harmony.domain.hardware.TpmChip;
import io.nationtech.harmony.domain.hardware.UsbClass;
import io.nationtech.harmony.domain.hardware.UsbDevice;
import io.nationtech.harmony.domain.hardware.UsbId;
import io.nationtech.harmony.domain.hardware.VideoCamera;
import io.nationtech.harmony.domain.value.Memory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A device: its kind, its path, and what its kind has. */
final class DeviceForm {
    private static final EnumForm<Medium> MEDIUM = new EnumForm<>(Medium.class);
    private static final EnumForm<DiskHealth> HEALTH = new EnumForm<>(DiskHealth.class);
    private static final EnumForm<NetworkLink.Type> LINK = new EnumForm<>(NetworkLink.Type.class);
    private static final EnumForm<NetworkLink.State> STATE = new EnumForm<>(NetworkLink.State.class);
    private static final EnumForm<TpmChip.Version> TPM = new EnumForm<>(TpmChip.Version.class);

    private DeviceForm() {}

    static Map<String, Object> write(Device device) {
        return switch (device) {
            case Disk disk ->
                form(
                        "disk",
                        disk,
                        "medium",
                        MEDIUM.write(disk.medium()),
                        "sizeBytes",
                        disk.size().bytes(),
                        "freeBytes",
                        disk.free().bytes(),
                        "health",
                        HEALTH.write(disk.health()));
            case NetworkLink link -> {
                Map<String, Object> form =
                        form("link", link, "over", LINK.write(link.type()), "state", STATE.write(link.state()));
                link.speed().ifPresent(speed -> form.put("bitsPerSecond", speed.bitsPerSecond()));
                yield form;
            }
            case PciDevice pci ->
                form(
                        "pci",
                        pci,
                        "vendor",
                        pci.id().vendor(),
                        "device",
                        pci.id().device(),
                        "class",
                        pci.type().code());
            case UsbDevice usb ->
                form(
                        "usb",
                        usb,
                        "vendor",
                        usb.id().vendor(),
                        "product",
                        usb.id().product(),
                        "class",
                        usb.type().code(),
                        "model",
                        usb.model().value());
            case GraphicsCard card -> {
                Map<String, Object> form =
                        form("gpu", card, "model", card.model().value());
                card.memory().ifPresent(memory -> form.put("memoryBytes", memory.bytes()));
                yield form;
            }
            case TpmChip tpm -> form("tpm", tpm, "tpmVersion", TPM.write(tpm.version()));
            case GpioChip chip ->
                form(
                        "gpio",
                        chip,
                        "label",
                        chip.label().value(),
                        "lines",
                        chip.lines(),
                        "taken",
                        chip.taken().stream().sorted().toList());
            case I2cBus bus -> form("i2c", bus, "number", bus.number());
            case SpiDevice spi -> form("spi", spi, "bus", spi.bus(), "chipSelect", spi.chipSelect());
            case PwmChip pwm -> form("pwm", pwm, "channels", pwm.channels());
            case SerialPort port -> form("serial", port);
            case VideoCamera camera ->
                form("camera", camera, "model", camera.model().value());
        };
    }

    private static Map<String, Object> form(String kind, Device device, Object... rest) {
        Map<String, Object> form = new LinkedHashMap<>(
                Ordered.map("kind", kind, "path", device.path().value()));
        form.putAll(Ordered.map(rest));
        return form;
    }

    /**
     * @throws UnknownWordException when a newer version wrote what is not known here
     */
    static Device read(Fields fields) {
        DevicePath path = fields.text("path", DevicePath::of);
        return switch (fields.text("kind")) {
            case "disk" ->
                new Disk(
                        path,
                        MEDIUM.read(fields, "medium"),
                        fields.number("sizeBytes", DiskSpace::ofBytes),
                        fields.number("freeBytes", DiskSpace::ofBytes),
                        HEALTH.read(fields, "health"));
            case "link" ->
                new NetworkLink(
                        path,
                        LINK.read(fields, "over"),
                        STATE.read(fields, "state"),
                        fields.numberIfAny("bitsPerSecond", Bandwidth::new));
            case "pci" ->
                new PciDevice(
                        path,
                        new PciId(fields.integer("vendor"), fields.integer("device")),
                        new PciClass(fields.integer("class")));
            case "usb" ->
                new UsbDevice(
                        path,
                        new UsbId(fields.integer("vendor"), fields.integer("product")),
                        new UsbClass(fields.integer("class")),
                        model(fields));
            case "gpu" -> new GraphicsCard(path, model(fields), fields.numberIfAny("memoryBytes", Memory::ofBytes));
            case "tpm" -> new TpmChip(path, TPM.read(fields, "tpmVersion"));
            case "gpio" ->
                new GpioChip(
                        path,
                        fields.text("label", ModelName::new),
                        fields.integer("lines"),
                        Set.copyOf(fields.integers("taken")));
            case "i2c" -> new I2cBus(path, fields.integer("number"));
            case "spi" -> new SpiDevice(path, fields.integer("bus"), fields.integer("chipSelect"));
            case "pwm" -> new PwmChip(path, fields.integer("channels"));
            case "serial" -> new SerialPort(path);
            case "camera" -> new VideoCamera(path, model(fields));
            default -> throw fields.unknown("kind");
        };
    }

    private static ModelName model(Fields fields) {
        return fields.text("model", ModelName::new);
    }
}
