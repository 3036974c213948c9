package io.nationtech.harmony.hardware.cpu;

import java.util.Map;

/** Arm processors by the numbers of their maker and part, which is all that Linux tells of them (as in lscpu's table). */
final class ArmCore {
    private static final String ARM = "0x41";
    private static final Map<String, String> PARTS = Map.ofEntries(
            Map.entry("0xd03", "Cortex-A53"),
            Map.entry("0xd04", "Cortex-A35"),
            Map.entry("0xd05", "Cortex-A55"),
            Map.entry("0xd07", "Cortex-A57"),
            Map.entry("0xd08", "Cortex-A72"),
            Map.entry("0xd09", "Cortex-A73"),
            Map.entry("0xd0a", "Cortex-A75"),
            Map.entry("0xd0b", "Cortex-A76"),
            Map.entry("0xd0c", "Neoverse-N1"),
            Map.entry("0xd0d", "Cortex-A77"),
            Map.entry("0xd40", "Neoverse-V1"),
            Map.entry("0xd41", "Cortex-A78"),
            Map.entry("0xd46", "Cortex-A510"),
            Map.entry("0xd47", "Cortex-A710"),
            Map.entry("0xd49", "Neoverse-N2"),
            Map.entry("0xd4f", "Neoverse-V2"),
            Map.entry("0xd80", "Cortex-A520"),
            Map.entry("0xd81", "Cortex-A720"));

    private ArmCore() {}

    /** For people; by its numbers where the part is not known here. */
    static String name(String implementer, String part) {
        if (implementer.equals(ARM) && PARTS.containsKey(part)) {
            return "Arm " + PARTS.get(part);
        }
        return implementer.isEmpty() ? "unknown" : "implementer %s part %s".formatted(implementer, part);
    }
}
