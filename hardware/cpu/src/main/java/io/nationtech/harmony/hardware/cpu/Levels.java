package io.nationtech.harmony.hardware.cpu;

import io.nationtech.harmony.domain.hardware.InstructionSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which features, by Linux' names, make which level; a level needs all of those below it. */
final class Levels {
    /** x86-64 psABI 1.0 §3.1.1, table 3.1; v1 is what every amd64 processor has. */
    private static final List<Map.Entry<InstructionSet, Set<String>>> X86 = List.of(
            Map.entry(
                    InstructionSet.X86_64_V2, Set.of("cx16", "lahf_lm", "popcnt", "pni", "sse4_1", "sse4_2", "ssse3")),
            Map.entry(
                    InstructionSet.X86_64_V3,
                    Set.of("avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "abm", "movbe", "xsave")),
            Map.entry(InstructionSet.X86_64_V4, Set.of("avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl")));

    /** What each version makes mandatory and Linux tells (Arm ARM K.a, A2; Documentation/arch/arm64/elf_hwcaps.rst). */
    private static final List<Map.Entry<InstructionSet, Set<String>>> ARM = List.of(
            Map.entry(InstructionSet.ARMV8_1, Set.of("atomics", "asimdrdm", "crc32")),
            Map.entry(InstructionSet.ARMV8_2, Set.of("dcpop")),
            Map.entry(InstructionSet.ARMV8_3, Set.of("jscvt", "fcma", "lrcpc")),
            Map.entry(InstructionSet.ARMV8_4, Set.of("dit", "flagm", "uscat", "ilrcpc")),
            Map.entry(InstructionSet.ARMV8_5, Set.of("flagm2", "frint", "sb", "bti")),
            Map.entry(InstructionSet.ARMV9_0, Set.of("sve2")));

    private Levels() {}

    static InstructionSet x86(Set<String> features) {
        return highest(InstructionSet.X86_64_V1, X86, features);
    }

    static InstructionSet arm(Set<String> features) {
        return highest(InstructionSet.ARMV8_0, ARM, features);
    }

    private static InstructionSet highest(
            InstructionSet least, List<Map.Entry<InstructionSet, Set<String>>> levels, Set<String> features) {
        InstructionSet reached = least;
        for (var level : levels) {
            if (!features.containsAll(level.getValue())) {
                return reached;
            }
            reached = level.getKey();
        }
        return reached;
    }
}
