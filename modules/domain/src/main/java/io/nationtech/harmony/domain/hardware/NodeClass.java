package io.nationtech.harmony.domain.hardware;

import io.nationtech.harmony.domain.value.Memory;

/**
 * A kind of node that a topology says it has: the least hardware that such a node comes with. What is not said counts as not there.
 *
 * <pre>{@code
 * NodeClass.of(NodeClassName.of("pi5"), Memory.gibibytes(8))
 *         .with(InstructionSet.ARMV8_2)
 *         .with(new GpioChip(DevicePath.of("gpiochip0"), ModelName.cleaned("pinctrl-rp1"), 54, Set.of()))
 * }</pre>
 */
public record NodeClass(NodeClassName name, Hardware hardware) {

    /** Any 64-bit PC with so much memory. */
    public static NodeClass of(NodeClassName name, Memory memory) {
        return new NodeClass(name, Hardware.least(InstructionSet.X86_64_V1, 1, memory));
    }

    /** The same with a processor of this instruction set. */
    public NodeClass with(InstructionSet isa) {
        Device[] devices = hardware.devices().toArray(Device[]::new);
        return new NodeClass(name, Hardware.least(isa, 1, hardware.memory()).with(devices));
    }

    /** The same with these devices as well. */
    public NodeClass with(Device... more) {
        return new NodeClass(name, hardware.with(more));
    }
}
