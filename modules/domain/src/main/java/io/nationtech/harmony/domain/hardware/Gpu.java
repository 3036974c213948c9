package io.nationtech.harmony.domain.hardware;

import io.nationtech.harmony.domain.value.Memory;
import java.util.List;
import java.util.Optional;

/** A graphics processor or accelerator; taken whole unless shared. Shared, it takes the memory that it asks for. */
public record Gpu(Optional<Memory> memory, Sharing sharing) implements DeviceClaim {

    /** Any. */
    public static Gpu any() {
        return new Gpu(Optional.empty(), Sharing.EXCLUSIVE);
    }

    /** One with at least so much memory of its own. */
    public static Gpu withMemory(Memory memory) {
        return new Gpu(Optional.of(memory), Sharing.EXCLUSIVE);
    }

    /** The same, where others may use the rest of it. */
    public Gpu shared() {
        return new Gpu(memory, Sharing.SHARED);
    }

    @Override
    public long amount() {
        return memory.map(Memory::bytes).orElse(0L);
    }

    @Override
    public List<Unit> units(Hardware hardware) {
        return DeviceClaim.unitsOf(
                hardware,
                GraphicsCard.class,
                _ -> true,
                card -> new Unit(card.path(), card.memory().map(Memory::bytes).orElse(0L)));
    }

    @Override
    public DeviceClaim ofAnyAmount() {
        return any();
    }

    @Override
    public String kind() {
        return "GPU";
    }

    @Override
    public String toString() {
        return (sharing == Sharing.SHARED ? "shared GPU" : "GPU")
                + memory.map(least -> " with " + least).orElse("");
    }
}
