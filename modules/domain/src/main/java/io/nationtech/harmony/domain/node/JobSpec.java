package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * When a container runs whose process ends by itself, and how long it may. Two runs of it are never at once.
 *
 * @param trigger what makes it run
 * @param deadline after which a run is killed: 1 s to 30 days, in whole seconds, and no longer than from one run to the next; without one,
 *     a run takes as long as it takes
 */
public record JobSpec(Trigger trigger, Optional<Duration> deadline) {
    private static final Duration LONGEST = Duration.ofDays(30);

    public JobSpec {
        deadline.ifPresent(JobSpec::requireBounded);
        if (trigger instanceof Schedule schedule) {
            Optional<Duration> period = schedule.at().shortestPeriod();
            deadline.filter(time ->
                            period.filter(next -> time.compareTo(next) > 0).isPresent())
                    .ifPresent(time -> {
                        throw new InvalidValueException(
                                        "a run may take %s, and the next one of '%s' comes after %s; give it less time, or run it more seldom"
                                                .formatted(words(time), schedule.at(), words(period.orElseThrow())))
                                .about(time);
                    });
        }
    }

    private static void requireBounded(Duration time) {
        if (time.compareTo(Duration.ofSeconds(1)) < 0
                || time.compareTo(LONGEST) > 0
                || !time.equals(Duration.ofSeconds(time.toSeconds()))) {
            throw new InvalidValueException(
                            "a run cannot be given %s; use whole seconds, 1 s to 30 days".formatted(words(time)))
                    .about(time);
        }
    }

    private static String words(Duration time) {
        return time.toString().substring(time.isNegative() ? 0 : 2).toLowerCase(Locale.ROOT);
    }

    /** One that takes as long as it takes. */
    public static JobSpec of(Trigger trigger) {
        return new JobSpec(trigger, Optional.empty());
    }

    /** The same, whose runs are killed after so long. */
    public JobSpec deadline(Duration time) {
        return new JobSpec(trigger, Optional.of(time));
    }
}
