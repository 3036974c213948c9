package io.nationtech.harmony.domain.hardware;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A hold on one device. Two claims of one piece of work get two devices, unless both share; two claims meet on one device when
 * their units have one path.
 */
public sealed interface DeviceClaim extends Requirement
        permits Gpu, Gpio, Tpm, Storage, Usb, Pci, I2c, Spi, Pwm, Serial, Camera {

    /** Whether others may use the device too. */
    Sharing sharing();

    /** What it takes of the device, in bytes; 0 when nothing is counted. */
    long amount();

    /** What in the hardware it could take hold of, were there enough of it; ordered by path. */
    List<Unit> units(Hardware hardware);

    /** The same claim on any amount: what can be decided once and for all of a piece of hardware. */
    DeviceClaim ofAnyAmount();

    /** The kind of device for people, as in {@code GPU}. */
    String kind();

    /** The one device that it names, if it names one, so that two claims can be seen to contradict each other. */
    default Optional<String> names() {
        return Optional.empty();
    }

    @Override
    default boolean isMetBy(Hardware hardware) {
        for (Unit unit : units(hardware)) {
            if (unit.capacity() >= amount()) {
                return true;
            }
        }
        return false;
    }

    @Override
    default Shortfall miss(Hardware hardware) {
        List<Unit> units = units(hardware);
        if (units.isEmpty()) {
            return Shortfall.absent("has no " + kind());
        }
        long largest = units.stream().mapToLong(Unit::capacity).max().orElseThrow();
        return Shortfall.shortOf(
                "needs %s more: its largest %s has %s"
                        .formatted(Amount.iec(amount() - largest), kind(), Amount.iec(largest)),
                amount(),
                largest);
    }

    /** The units that devices of one kind give; by plain loops, as placement asks this of every node. */
    static <D extends Device> List<Unit> unitsOf(
            Hardware hardware, Class<D> kind, Predicate<D> fits, Function<D, Unit> unit) {
        List<Unit> units = List.of();
        for (Device device : hardware.devices()) {
            if (kind.isInstance(device) && fits.test(kind.cast(device))) {
                units = units.isEmpty() ? new ArrayList<>(2) : units;
                units.add(unit.apply(kind.cast(device)));
            }
        }
        return units;
    }
}
