package io.nationtech.harmony.hardware.platform;

import io.nationtech.harmony.domain.hardware.Machine;
import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.hardware.source.Look;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The machine as its maker calls it, by DMI on PCs and by the device tree on boards; its serial numbers are never read. */
final class Board {
    private static final String DMI = "sys/class/dmi/id/";
    private static final String TREE = "proc/device-tree/";
    /** What makers leave in where they should have written something. */
    private static final Pattern PLACEHOLDER = Pattern.compile(
            "(?i)(to be filled by o\\.?e\\.?m\\.?|default string|system (manufacturer|product name)|not (specified|applicable)|o\\.e\\.m\\.|none|)");

    private static final Pattern VIRTUAL = Pattern.compile(
            "(QEMU|KVM|VMware|innotek|VirtualBox|Xen|Bochs|Parallels|OpenStack|Google Compute|Apple Virtualization|Microsoft Corporation Virtual Machine).*");
    private static final List<String> MARKS_OF_CONTAINERS =
            List.of("run/.containerenv", ".dockerenv", "run/systemd/container", "run/host/container-manager");

    private Board() {}

    static ModelName model(Look look) {
        return ModelName.cleaned(dmi(look, "sys_vendor", "product_name")
                .or(() -> dmi(look, "board_vendor", "board_name"))
                .or(() -> look.text(TREE + "model"))
                .orElse(""));
    }

    /** A maker without a product tells nothing. */
    private static Optional<String> dmi(Look look, String maker, String product) {
        return said(look, product)
                .map(name -> said(look, maker)
                        .filter(vendor -> !name.startsWith(vendor))
                        .map(vendor -> vendor + " " + name)
                        .orElse(name));
    }

    private static Optional<String> said(Look look, String file) {
        return look.textIfAny(DMI + file)
                .filter(text -> !PLACEHOLDER.matcher(text).matches());
    }

    static Machine machine(Look look) {
        if (MARKS_OF_CONTAINERS.stream().anyMatch(look::exists)) {
            return Machine.CONTAINER;
        }
        boolean isVirtual = hasHypervisorFlag(look)
                || VIRTUAL.matcher(dmi(look, "sys_vendor", "product_name").orElse(""))
                        .matches()
                || look.exists(TREE + "hypervisor")
                || look.textIfAny(TREE + "model")
                        .filter("linux,dummy-virt"::equals)
                        .isPresent()
                || look.exists("sys/hypervisor/type");
        return isVirtual ? Machine.VIRTUAL_MACHINE : Machine.BARE_METAL;
    }

    /** A processor of amd64 says so in its flags. */
    private static boolean hasHypervisorFlag(Look look) {
        return look.textIfAny("proc/cpuinfo")
                .filter(text -> Pattern.compile("^flags\\s*:.* hypervisor( |$)", Pattern.MULTILINE)
                        .matcher(text)
                        .find())
                .isPresent();
    }
}
