package io.nationtech.harmony.hardware.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.domain.hardware.InstructionSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LevelsTest {
    private static final Set<String> V2 = Set.of("cx16", "lahf_lm", "popcnt", "pni", "sse4_1", "sse4_2", "ssse3");
    private static final Set<String> V3 = Set.of("avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "abm", "movbe", "xsave");
    private static final Set<String> V4 = Set.of("avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl");

    private static Set<String> all(List<Set<String>> sets) {
        Set<String> all = new HashSet<>();
        sets.forEach(all::addAll);
        return all;
    }

    @Test
    void aLevelNeedsAllOfItsFeaturesAndOfThoseBelow() {
        assertEquals(InstructionSet.X86_64_V1, Levels.x86(Set.of()));
        assertEquals(InstructionSet.X86_64_V2, Levels.x86(V2));
        assertEquals(InstructionSet.X86_64_V3, Levels.x86(all(List.of(V2, V3))));
        assertEquals(InstructionSet.X86_64_V4, Levels.x86(all(List.of(V2, V3, V4))));
        assertEquals(InstructionSet.X86_64_V1, Levels.x86(V3), "v3 without v2");
        Set<String> withoutMovbe = all(List.of(V2, V3, V4));
        withoutMovbe.remove("movbe");
        assertEquals(InstructionSet.X86_64_V2, Levels.x86(withoutMovbe));
    }

    @Test
    void versionsOfArmAreToldByWhatTheyMakeMandatory() {
        assertEquals(InstructionSet.ARMV8_0, Levels.arm(Set.of("fp", "asimd", "crc32")), "Cortex-A72");
        assertEquals(
                InstructionSet.ARMV8_2,
                Levels.arm(Set.of("atomics", "asimdrdm", "crc32", "dcpop", "lrcpc")),
                "Cortex-A76");
    }
}
