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
    public Optional<Miss> missedBy(Hardware hardware) {
        Optional<Bandwidth> best = hardware.devices(NetworkLink.class)
                .filter(link -> link.state() == NetworkLink.State.UP)
                .flatMap(link -> link.speed().stream())
                .max(Comparator.naturalOrder());
        if (best.isEmpty()) {
            return Optional.of(Miss.absent("no link of the node tells its speed; needs " + atLeast));
        }
        Bandwidth has = best.get();
        return has.compareTo(atLeast) >= 0
                ? Optional.empty()
                : Optional.of(Miss.shortOf(
                        "needs a link of %s, the fastest has %s".formatted(atLeast, has),
                        atLeast.bitsPerSecond(),
                        has.bitsPerSecond()));
    }

    @Override
    public String toString() {
        return "link of " + atLeast;
    }
}
