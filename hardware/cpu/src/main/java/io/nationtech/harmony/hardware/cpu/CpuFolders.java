package io.nationtech.harmony.hardware.cpu;

import io.nationtech.harmony.hardware.source.Look;
import java.util.List;
import java.util.stream.Stream;

/** {@code /sys/devices/system/cpu}: where each logical processor that is online sits. */
final class CpuFolders {
    private static final String FOLDER = "sys/devices/system/cpu";

    private CpuFolders() {}

    static List<Place> read(Look look) {
        return look.names(FOLDER).stream()
                .filter(name -> name.matches("cpu[0-9]{1,5}"))
                .flatMap(name -> place(look, FOLDER + "/" + name + "/topology/", name))
                .toList();
    }

    /** One that is offline has no folder of topology. Firmware that numbers no cores writes the same for all. */
    private static Stream<Place> place(Look look, String folder, String name) {
        return look.textIfAny(folder + "core_id").stream()
                .map(core -> new Place(
                        look.textIfAny(folder + "physical_package_id").orElse("0"),
                        look.textIfAny(folder + "thread_siblings_list").orElse(core.equals("-1") ? name : core)));
    }
}
