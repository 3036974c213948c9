package io.nationtech.harmony.domain.hardware;

import java.util.Comparator;
import java.util.Optional;

/**
 * A node that is not hotter than this. A node that measures nothing does not have it.
 *
 * @param celsius 0 to 120
 */
public record Temperature(int celsius) implements Trait {
    public Temperature {
        Bounds.within("temperature in °C", celsius, 0, 120);
    }

    /** At most so hot, at its hottest zone. */
    public static Temperature atMost(int celsius) {
        return new Temperature(celsius);
    }

    @Override
    public Optional<Miss> missedBy(Hardware hardware) {
        Optional<ThermalZone> hottest = hardware.thermal().stream().max(Comparator.comparingInt(ThermalZone::celsius));
        if (hottest.isEmpty()) {
            return Optional.of(Miss.absent("the node measures no temperature"));
        }
        int has = hottest.get().celsius();
        return has <= celsius
                ? Optional.empty()
                : Optional.of(Miss.shortOf(
                        "is %d °C too hot: %s has %d °C"
                                .formatted(has - celsius, hottest.get().kind(), has),
                        has,
                        celsius));
    }

    @Override
    public String toString() {
        return "at most %d °C".formatted(celsius);
    }
}
