package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.hardware.DeviceGrant;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the device files by which a container uses what it was given. What it was given came over the mesh, so only what looks like the
 * kernel's own name of such a device is looked up; anything else would be a way to any file of the machine.
 */
final class DeviceFiles {
    private static final Pattern GPIO = Pattern.compile("(gpiochip\\d{1,3})/\\d{1,4}");
    private static final Pattern TPM = Pattern.compile("tpm(\\d{1,2})");
    private static final Pattern I2C = Pattern.compile("i2c-\\d{1,3}");
    private static final Pattern SPI = Pattern.compile("spidev\\d{1,3}\\.\\d{1,3}");
    private static final Pattern SERIAL = Pattern.compile("tty[A-Za-z]{0,8}\\d{1,3}");
    private static final Pattern CAMERA = Pattern.compile("video\\d{1,3}");
    private static final Pattern BUS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9:._-]{0,63}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,3}");

    private final Path root;

    /**
     * @param root under which dev and sys are
     */
    DeviceFiles(Path root) {
        this.root = root;
    }

    /** What came of a search. */
    sealed interface Search {
        /**
         * All are there.
         *
         * @param files as in {@code /dev/gpiochip0}, each once, in order
         */
        record Found(List<String> files) implements Search {
            public Found {
                files = List.copyOf(files);
            }
        }

        /** One is not. */
        record Missing(Cause cause) implements Search {}
    }

    /** The files of all that was given. Room on a disk needs none: work uses it through the file system. */
    Search find(List<DeviceGrant> grants) {
        var found = new TreeSet<String>();
        for (DeviceGrant grant : grants) {
            switch (find(grant)) {
                case Search.Found(List<String> files) -> found.addAll(files);
                case Search.Missing missing -> {
                    return missing;
                }
            }
        }
        return new Search.Found(List.copyOf(found));
    }

    private Search find(DeviceGrant grant) {
        String path = grant.path().value();
        return switch (grant.kind()) {
            case STORAGE -> new Search.Found(List.of());
            case GPIO_LINE -> named(grant, GPIO.matcher(path), "/dev/%s");
            // By the kernel's resource manager, through which many use it at once.
            case TPM -> named(grant, TPM.matcher(path), "/dev/tpmrm%s");
            case I2C_BUS -> named(grant, I2C.matcher(path), "/dev/%s");
            case SPI -> named(grant, SPI.matcher(path), "/dev/%s");
            case SERIAL_PORT -> named(grant, SERIAL.matcher(path), "/dev/%s");
            case CAMERA -> named(grant, CAMERA.matcher(path), "/dev/%s");
            case GPU -> under(grant, List.of("drm/renderD", "accel/accel"));
            case PCI -> under(grant, List.of("drm/renderD", "accel/accel", "apex/apex_"));
            case USB -> usb(grant);
            case PWM_CHANNEL ->
                missing(grant, "the kernel offers it in /sys only, which a container has no part of by this version");
        };
    }

    private Search named(DeviceGrant grant, Matcher name, String form) {
        if (!name.matches()) {
            return missing(grant, "the kernel gives no such name");
        }
        String file = form.formatted(name.group(name.groupCount()));
        return there(grant, file);
    }

    private Search there(DeviceGrant grant, String file) {
        return Files.exists(root.resolve(file.substring(1)))
                ? new Search.Found(List.of(file))
                : missing(grant, file + " is not there");
    }

    /** Of a PCI or platform device, what its driver made under its place in /sys: {@code drm/renderD128} is {@code /dev/dri/renderD128}. */
    private Search under(DeviceGrant grant, List<String> kinds) {
        if (!BUS.matcher(grant.path().value()).matches()) {
            return missing(grant, "the kernel gives no such name");
        }
        List<String> files = new ArrayList<>();
        for (String bus : List.of("pci", "platform")) {
            Path device = root.resolve("sys/bus/%s/devices/%s".formatted(bus, grant.path()));
            for (String kind : kinds) {
                String[] parts = kind.split("/", 2);
                children(device.resolve(parts[0]), parts[1])
                        .forEach(child -> files.add("/dev/%s%s".formatted(folder(parts[0]), child)));
            }
        }
        if (files.isEmpty()) {
            return missing(
                    grant,
                    "no driver is bound to it that offers it to containers: there is no render or accelerator file");
        }
        Optional<Search> absent = files.stream()
                .map(file -> there(grant, file))
                .filter(Search.Missing.class::isInstance)
                .findFirst();
        return absent.orElseGet(() -> new Search.Found(files));
    }

    private static String folder(String kind) {
        return switch (kind) {
            case "drm" -> "dri/";
            case "accel" -> "accel/";
            default -> "";
        };
    }

    private static List<String> children(Path folder, String begin) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder, begin + "*")) {
            children.forEach(child -> names.add(child.getFileName().toString()));
        } catch (IOException e) {
            return List.of();
        }
        return names;
    }

    private Search usb(DeviceGrant grant) {
        if (!BUS.matcher(grant.path().value()).matches()) {
            return missing(grant, "the kernel gives no such name");
        }
        Path device = root.resolve("sys/bus/usb/devices").resolve(grant.path().value());
        String bus = number(device.resolve("busnum"));
        String number = number(device.resolve("devnum"));
        return bus.isEmpty() || number.isEmpty()
                ? missing(grant, "nothing is plugged in there")
                : there(grant, "/dev/bus/usb/%03d/%03d".formatted(Integer.parseInt(bus), Integer.parseInt(number)));
    }

    private static String number(Path file) {
        try {
            String text = Files.readString(file).strip();
            return NUMBER.matcher(text).matches() ? text : "";
        } catch (IOException e) {
            return "";
        }
    }

    private static Search missing(DeviceGrant grant, String why) {
        return new Search.Missing(
                new Cause(
                        "device %s (%s) cannot be given to the container: %s"
                                .formatted(
                                        grant.path(),
                                        grant.kind()
                                                .name()
                                                .toLowerCase(Locale.ROOT)
                                                .replace('_', ' '),
                                        why),
                        "this node's devices",
                        "plug it in, or load its driver (`ls -l /dev`, `dmesg`); else deploy again, so that another node is chosen"));
    }
}
