package io.nationtech.harmony.importer;

import io.nationtech.harmony.domain.hardware.Camera;
import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.Gpu;
import io.nationtech.harmony.domain.hardware.I2c;
import io.nationtech.harmony.domain.hardware.Requirement;
import io.nationtech.harmony.domain.hardware.Serial;
import io.nationtech.harmony.domain.hardware.Spi;
import io.nationtech.harmony.domain.node.Privilege;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the devices of a service as what it needs of its node. */
final class DeviceReader {
    private static final Pattern SERIAL = Pattern.compile("/dev/(tty(?:USB|ACM|AMA|S)[0-9]+)");
    private static final Pattern I2C = Pattern.compile("/dev/i2c-([0-9]{1,3})");
    private static final Pattern SPI = Pattern.compile("/dev/spidev([0-9]{1,3})\\.([0-9]{1,3})");
    private static final Pattern SERIAL_VARIABLE =
            Pattern.compile("ZIGBEE|ZWAVE|SERIAL|TTY|USB|COM|P1|RFXTRX|CONBEE|DONGLE", Pattern.CASE_INSENSITIVE);

    private final Project project;
    private final Draft draft;
    private final RightsReader rights;
    private final Set<Requirement> needed = new HashSet<>();

    DeviceReader(Project project, Draft draft, RightsReader rights) {
        this.project = project;
        this.draft = draft;
        this.rights = rights;
    }

    void read(Value devices) {
        for (Value device : devices.items()) {
            String source = device.get("source").map(project::plain).orElse(project.plain(device));
            String target = device.get("target").map(project::plain).orElse("");
            List<String> parts = List.of(source.split(":"));
            project.findings()
                    .attempt(
                            device.at(),
                            () -> device(parts.getFirst(), parts.size() > 1 ? parts.get(1) : target, device.at()));
        }
    }

    void device(String path, String target, Place at) {
        boolean isElsewhere = !target.isEmpty() && !target.equals(path) && !target.matches("[rwm]+");
        if (path.startsWith("/dev/dri") || path.equals("/dev/dri")) {
            need(Gpu.any().shared());
        } else if (path.equals("/dev/net/tun")) {
            rights.allow(Privilege.TUN, "it makes a network interface of its own");
        } else if (path.equals("/dev/kvm")) {
            rights.allow(Privilege.KVM, "it runs virtual machines");
        } else if (path.equals("/dev/fuse")) {
            rights.allow(Privilege.FUSE, "it offers a file system of its own");
        } else if (path.matches("/dev/video[0-9]") && !isElsewhere) {
            need(Camera.any());
        } else if (path.matches("/dev/(u?random|null|zero|hwrng)")) {
            project.findings().note(at, path, "every container has it");
        } else if (path.equals("/dev") || path.equals("/dev/")) {
            all(at);
        } else if (!numbered(path, isElsewhere)) {
            other(path, target, at);
        }
    }

    private boolean numbered(String path, boolean isElsewhere) {
        Matcher serial = SERIAL.matcher(path);
        Matcher i2c = I2C.matcher(path);
        Matcher spi = SPI.matcher(path);
        if (isElsewhere) {
            return false;
        }
        if (serial.matches()) {
            need(Serial.port(DevicePath.of(serial.group(1))));
        } else if (i2c.matches()) {
            need(I2c.bus(Integer.parseInt(i2c.group(1))));
        } else if (spi.matches()) {
            need(Spi.device(Integer.parseInt(spi.group(1)), Integer.parseInt(spi.group(2))));
        } else {
            return false;
        }
        return true;
    }

    private void all(Place at) {
        if (!draft.source.get("privileged").map(Value::isTrue).orElse(false)) {
            throw new RefusedSourceException(
                    at,
                    "service '%s' has all devices of its machine".formatted(draft),
                    "name those that it uses, or say privileged: true");
        }
    }

    private void other(String path, String target, Place at) {
        boolean isSerial = path.startsWith("/dev/serial/")
                || (Holes.isIn(path) && SERIAL_VARIABLE.matcher(path + target).find());
        throw isSerial
                ? new RefusedSourceException(
                        at,
                        "service '%s' has a serial port by a name of its own: %s at %s"
                                .formatted(
                                        draft, Holes.shown(path), target.isEmpty() ? "the same" : Holes.shown(target)),
                        "name the kernel's, as in /dev/ttyUSB0, for both sides")
                : new RefusedSourceException(
                        at,
                        "service '%s' has device %s, which no capability is".formatted(draft, Holes.shown(path)),
                        "leave it out, or say privileged: true in its place");
    }

    private void need(Requirement requirement) {
        if (needed.add(requirement)) {
            draft.say(Word.of("needs", service -> service.needs(requirement), requirement));
        }
    }
}
