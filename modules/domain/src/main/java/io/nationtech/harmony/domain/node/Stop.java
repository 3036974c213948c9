package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.time.Duration;
import java.util.Optional;

/**
 * How a container is ended.
 *
 * @param signal what its process is told first; what the image says, or TERM, when empty
 * @param within after which it is killed: 1 s to 5 min, in whole seconds; when empty, {@link #USUAL}, or {@link #WITH_DATA} for what keeps
 *     data
 */
public record Stop(Optional<StopSignal> signal, Optional<Duration> within) {
    /** As its image says. */
    public static final Stop DEFAULT = new Stop(Optional.empty(), Optional.empty());

    /** As with other container engines. */
    public static final Duration USUAL = Duration.ofSeconds(10);

    /** Databases take longer than the usual ten seconds to write what they have in memory. */
    public static final Duration WITH_DATA = Duration.ofSeconds(60);

    /** The longest that a container can be given. */
    public static final Duration LONGEST = Duration.ofMinutes(5);

    public Stop {
        within.filter(time -> time.compareTo(Duration.ofSeconds(1)) < 0
                        || time.compareTo(LONGEST) > 0
                        || !time.equals(Duration.ofSeconds(time.toSeconds())))
                .ifPresent(time -> {
                    throw new InvalidValueException("a container cannot be given %s to end; use whole seconds, 1 to %d"
                                    .formatted(time, LONGEST.toSeconds()))
                            .about(time);
                });
    }

    /** The same, told by another signal. */
    public Stop by(StopSignal other) {
        return new Stop(Optional.of(other), within);
    }

    /** The same, with so much time. */
    public Stop within(Duration time) {
        return new Stop(signal, Optional.of(time));
    }
}
