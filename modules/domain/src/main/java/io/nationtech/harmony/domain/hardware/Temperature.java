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
    public boolean isMetBy(Hardware hardware) {
        return hottest(hardware).filter(zone -> zone.celsius() <= celsius).isPresent();
    }

    @Override
    public Shortfall miss(Hardware hardware) {
        return hottest(hardware)
                .map(zone -> Shortfall.shortOf(
                        "is %d °C too hot: %s has %d °C"
                                .formatted(zone.celsius() - celsius, zone.kind(), zone.celsius()),
                        zone.celsius(),
                        celsius))
                .orElseGet(() -> Shortfall.absent("the node measures no temperature"));
    }

    private static Optional<ThermalZone> hottest(Hardware hardware) {
        return hardware.thermal().stream().max(Comparator.comparingInt(ThermalZone::celsius));
    }

    @Override
    public String toString() {
        return "at most %d °C".formatted(celsius);
    }
}
