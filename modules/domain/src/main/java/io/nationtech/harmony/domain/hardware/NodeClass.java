package io.nationtech.harmony.domain.hardware;

import io.nationtech.harmony.domain.value.Memory;

/**
 * A kind of node that a topology says it has: the least hardware that such a node comes with. A device that is not said counts as not
 * there; processors that are not said, as more than any machine of a home or an office has.
 *
 * <pre>{@code
 * NodeClass.of(NodeClassName.of("pi5"), Memory.gibibytes(8))
 *         .with(InstructionSet.ARMV8_2)
 *         .with(new GpioChip(DevicePath.of("gpiochip0"), ModelName.cleaned("pinctrl-rp1"), 54, Set.of()))
 * }</pre>
 */
public record NodeClass(NodeClassName name, Hardware hardware) {
    /** Of a kind that does not say: the largest workstations have 192. */
    private static final int UNSAID_THREADS = 256;

    /** Any 64-bit PC with so much memory. */
    public static NodeClass of(NodeClassName name, Memory memory) {
        return new NodeClass(name, Hardware.least(InstructionSet.X86_64_V1, UNSAID_THREADS, memory));
    }

    /** The same with a processor of this instruction set. */
    public NodeClass with(InstructionSet isa) {
        return with(isa, hardware.processor().topology());
    }

    /** The same with these processors. */
    public NodeClass with(CpuTopology processors) {
        return with(hardware.processor().isa(), processors);
    }

    private NodeClass with(InstructionSet isa, CpuTopology processors) {
        Processor before = hardware.processor();
        return new NodeClass(name, hardware.with(new Processor(isa, before.model(), before.features(), processors)));
    }

    /** The same with these devices as well. */
    public NodeClass with(Device... more) {
        return new NodeClass(name, hardware.with(more));
    }
}
