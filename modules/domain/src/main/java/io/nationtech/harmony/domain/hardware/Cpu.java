package io.nationtech.harmony.domain.hardware;

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
        public boolean isMetBy(Hardware hardware) {
            return hardware.processor().isa().includes(isa);
        }

        @Override
        public Shortfall miss(Hardware hardware) {
            InstructionSet has = hardware.processor().isa();
            return has.architecture() == isa.architecture()
                    ? new Shortfall("needs %s, the processor has %s".formatted(isa, has), 500)
                    : Shortfall.absent("needs %s, the processor is %s".formatted(isa, has));
        }

        @Override
        public String toString() {
            return "processor with " + isa;
        }
    }

    /** A feature. */
    record Feature(CpuFeature feature) implements Cpu {
        @Override
        public boolean isMetBy(Hardware hardware) {
            return hardware.processor().features().contains(feature);
        }

        @Override
        public Shortfall miss(Hardware hardware) {
            return Shortfall.absent("the processor has no " + feature);
        }

        @Override
        public String toString() {
            return "processor with " + feature;
        }
    }
}
