package io.nationtech.harmony.form;

import io.nationtech.harmony.domain.value.Port;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records that are wrong in one way, and one that is old. */
public final class Odd {
    private Odd() {}

    record Hidden(int number) {}

    public record Any(Object object) {}

    public record ByPort(Map<Port, String> ports) {}

    public sealed interface Clash {
        record One(String kind) implements Clash {}
    }

    /** Holds a type whose text is not all of it. */
    public record Lossy(Rounded rounded) {}

    /** Loses its tenths. */
    public record Rounded(int whole, int tenths) {
        public static Rounded of(String text) {
            return new Rounded(Integer.parseInt(text), 0);
        }

        @Override
        public String toString() {
            return Integer.toString(whole);
        }
    }

    /** Watering as it was before there were valves. */
    public record OldWatering(Optional<Duration> every, List<String> steps) {}
}
