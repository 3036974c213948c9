package io.nationtech.harmony.hardware.source;

import io.nationtech.harmony.domain.hardware.Device;
import io.nationtech.harmony.domain.hardware.Platform;
import io.nationtech.harmony.domain.hardware.PowerSource;
import io.nationtech.harmony.domain.hardware.Processor;
import io.nationtech.harmony.domain.hardware.ThermalZone;
import io.nationtech.harmony.domain.hardware.WorkSpace;
import io.nationtech.harmony.domain.value.Memory;

/** One thing that a source found; together they make a node's hardware. */
public sealed interface Fact {

    /** The processor. */
    record OfProcessor(Processor processor) implements Fact {}

    /** The memory that the kernel manages. */
    record OfMemory(Memory memory) implements Fact {}

    /** A device. */
    record OfDevice(Device device) implements Fact {}

    /** A temperature. */
    record OfTemperature(ThermalZone zone) implements Fact {}

    /** What the node runs on. */
    record OfPower(PowerSource power) implements Fact {}

    /** What stands below the work. */
    record OfPlatform(Platform platform) implements Fact {}

    /** Where containers are kept. */
    record OfWorkSpace(WorkSpace space) implements Fact {}
}
