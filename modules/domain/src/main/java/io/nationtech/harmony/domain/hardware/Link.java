package io.nationtech.harmony.domain.hardware;

import java.util.Comparator;
import java.util.Optional;

/** A network link that carries, of at least this speed. */
public record Link(Bandwidth atLeast) implements Trait {

    /** A link of this speed or more. */
    public static Link atLeast(Bandwidth speed) {
        return new Link(speed);
    }

    @Override
    public boolean isMetBy(Hardware hardware) {
        return fastest(hardware).filter(speed -> speed.compareTo(atLeast) >= 0).isPresent();
    }

    @Override
    public Shortfall miss(Hardware hardware) {
        return fastest(hardware)
                .map(has -> Shortfall.shortOf(
                        "needs a link of %s, the fastest has %s".formatted(atLeast, has),
                        atLeast.bitsPerSecond(),
                        has.bitsPerSecond()))
                .orElseGet(() -> Shortfall.absent("no link of the node tells its speed; needs " + atLeast));
    }

    private static Optional<Bandwidth> fastest(Hardware hardware) {
        return hardware.devices(NetworkLink.class)
                .filter(link -> link.state() == NetworkLink.State.UP)
                .flatMap(link -> link.speed().stream())
                .max(Comparator.naturalOrder());
    }

    @Override
    public String toString() {
        return "link of " + atLeast;
    }
}
