package io.nationtech.harmony.hardware.gpu;

import io.nationtech.harmony.hardware.source.Look;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Names out of the list of PCI ids (pci.ids(5)), where the node has it; else the numbers. */
final class PciNames {
    private static final List<String> FILES = List.of("usr/share/misc/pci.ids", "usr/share/hwdata/pci.ids");
    private static final int MOST_BYTES = 4 << 20;

    private PciNames() {}

    static String of(Look look, int vendor, int device) {
        return FILES.stream()
                .flatMap(file -> look.text(file, MOST_BYTES).stream())
                .findFirst()
                .flatMap(list -> find(list, vendor, device))
                .orElseGet(() -> "%04x:%04x".formatted(vendor, device));
    }

    /** A vendor's line begins at the margin, its devices' with one tab, their variants' with two. */
    static Optional<String> find(String list, int vendor, int device) {
        String vendorStart = "%04x  ".formatted(vendor);
        String deviceStart = "\t%04x  ".formatted(device);
        Iterator<String> lines = list.lines().iterator();
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith(vendorStart)) {
                return Optional.of(withDevice(lines, line.substring(vendorStart.length()), deviceStart));
            }
        }
        return Optional.empty();
    }

    private static String withDevice(Iterator<String> lines, String vendor, String deviceStart) {
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith(deviceStart)) {
                return vendor + " " + line.substring(deviceStart.length());
            }
            if (!line.startsWith("\t") && !line.startsWith("#")) {
                break;
            }
        }
        return vendor + " " + deviceStart.strip();
    }
}
