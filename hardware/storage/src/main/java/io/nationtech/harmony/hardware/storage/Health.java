package io.nationtech.harmony.hardware.storage;

import io.nationtech.harmony.domain.hardware.DiskHealth;
import io.nationtech.harmony.hardware.source.Look;
import java.util.Optional;
import java.util.stream.Stream;

/** What a disk says of itself where sysfs tells it: eMMC does; a controller that gave up is told of NVMe. */
final class Health {
    /** JESD84-B51 §7.4.41: 1 normal, 2 most of the spare blocks are used, 3 nearly all. */
    private static final int URGENT = 3;

    /** JESD84-B51 §7.4.42, in tenths of the rated life: 10 is 90 to 100 %, 11 is more. */
    private static final int WORN = 10;

    private Health() {}

    static DiskHealth of(Look look, String disk) {
        String device = "sys/block/" + disk + "/device/";
        if (look.textIfAny(device + "state").filter("dead"::equals).isPresent()) {
            return DiskHealth.FAILING;
        }
        Optional<Integer> spare = number(look.textIfAny(device + "pre_eol_info"));
        Optional<Integer> life = Stream.of(
                        look.textIfAny(device + "life_time").orElse("").split(" "))
                .flatMap(part -> number(Optional.of(part)).stream())
                .max(Integer::compare);
        if (spare.filter(value -> value >= URGENT).isPresent()) {
            return DiskHealth.FAILING;
        }
        if (life.filter(value -> value >= WORN).isPresent()) {
            return DiskHealth.WORN;
        }
        // 0 is what a card says that keeps no count.
        return spare.or(() -> life).filter(value -> value > 0).isPresent() ? DiskHealth.GOOD : DiskHealth.UNKNOWN;
    }

    private static Optional<Integer> number(Optional<String> text) {
        return text.filter(digits -> digits.matches("0x[0-9a-fA-F]{1,2}")).map(Integer::decode);
    }
}
