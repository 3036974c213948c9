package io.nationtech.harmony.domain.hardware;

import java.util.Optional;

/** What work needs of the processor. */
public sealed interface Cpu extends Trait {

    /** At least this instruction set. */
    static Cpu isa(InstructionSet isa) {
        return new Isa(isa);
    }

    /** This feature. */
    static Cpu feature(CpuFeature feature) {
        return new Feature(feature);
    }

    /** At least an instruction set. */
    record Isa(InstructionSet isa) implements Cpu {
        @Override
        public Optional<Miss> missedBy(Hardware hardware) {
            InstructionSet has = hardware.processor().isa();
            if (has.includes(isa)) {
                return Optional.empty();
            }
            return Optional.of(
                    has.architecture() == isa.architecture()
                            ? new Miss("needs %s, the processor has %s".formatted(isa, has), 500)
                            : Miss.absent("needs %s, the processor is %s".formatted(isa, has)));
        }

        @Override
        public String toString() {
            return "processor with " + isa;
        }
    }

    /** A feature. */
    record Feature(CpuFeature feature) implements Cpu {
        @Override
        public Optional<Miss> missedBy(Hardware hardware) {
            return hardware.processor().features().contains(feature)
                    ? Optional.empty()
                    : Optional.of(Miss.absent("the processor has no " + feature));
        }

        @Override
        public String toString() {
            return "processor with " + feature;
        }
    }
}
