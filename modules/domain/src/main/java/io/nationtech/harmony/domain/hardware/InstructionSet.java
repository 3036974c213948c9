package io.nationtech.harmony.domain.hardware;

import io.nationtech.harmony.domain.node.Architecture;

/**
 * What a processor can execute, as a level that contains those below it: x86-64-v1 to v4 of the x86-64 psABI (§3.1.1), and the
 * Arm A-profile versions.
 */
public enum InstructionSet {
    X86_64_V1(Architecture.AMD64, 1, "x86-64-v1"),
    X86_64_V2(Architecture.AMD64, 2, "x86-64-v2"),
    X86_64_V3(Architecture.AMD64, 3, "x86-64-v3"),
    X86_64_V4(Architecture.AMD64, 4, "x86-64-v4"),
    ARMV8_0(Architecture.ARM64, 80, "armv8.0-a"),
    ARMV8_1(Architecture.ARM64, 81, "armv8.1-a"),
    ARMV8_2(Architecture.ARM64, 82, "armv8.2-a"),
    ARMV8_3(Architecture.ARM64, 83, "armv8.3-a"),
    ARMV8_4(Architecture.ARM64, 84, "armv8.4-a"),
    ARMV8_5(Architecture.ARM64, 85, "armv8.5-a"),
    ARMV9_0(Architecture.ARM64, 90, "armv9.0-a");

    private final Architecture architecture;
    private final int level;
    private final String label;

    InstructionSet(Architecture architecture, int level, String label) {
        this.architecture = architecture;
        this.level = level;
        this.label = label;
    }

    /** What every processor of the architecture can execute. */
    public static InstructionSet leastOf(Architecture architecture) {
        return switch (architecture) {
            case AMD64 -> X86_64_V1;
            case ARM64 -> ARMV8_0;
        };
    }

    /** The architecture that the level belongs to. */
    public Architecture architecture() {
        return architecture;
    }

    /** Whether code made for {@code other} runs here. */
    public boolean includes(InstructionSet other) {
        return architecture == other.architecture && level >= other.level;
    }

    @Override
    public String toString() {
        return label;
    }
}
