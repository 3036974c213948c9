package io.nationtech.harmony.importer;

import io.nationtech.harmony.domain.value.Memory;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts as compose and podman write them. */
final class Amounts {
    private static final Pattern MEMORY =
            Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([kmgt]?)i?b?", Pattern.CASE_INSENSITIVE);
    private static final Pattern TIME = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(us|ms|s|m|h)?");

    private Amounts() {}

    static Optional<Memory> memory(String text) {
        Matcher matcher = MEMORY.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int power = "kmgt".indexOf(matcher.group(2).toLowerCase(Locale.ROOT)) + 1;
        double bytes = Double.parseDouble(matcher.group(1))
                * Math.pow(1024, matcher.group(2).isEmpty() ? 0 : power);
        return bytes < 1 || bytes > Long.MAX_VALUE / 2.0
                ? Optional.empty()
                : Optional.of(Memory.ofBytes(Math.round(bytes)));
    }

    /** {@code 1m30s}, {@code 90}, {@code 1.5s}. */
    static Optional<Duration> time(String text) {
        Matcher matcher = TIME.matcher(text.strip());
        Duration sum = Duration.ZERO;
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            double amount = Double.parseDouble(matcher.group(1));
            double millis = switch (matcher.group(2) == null ? "s" : matcher.group(2)) {
                case "us" -> amount / 1000;
                case "ms" -> amount;
                case "m" -> amount * 60_000;
                case "h" -> amount * 3_600_000;
                default -> amount * 1000;
            };
            if (millis > Integer.MAX_VALUE) {
                return Optional.empty();
            }
            sum = sum.plusMillis(Math.round(millis));
            end = matcher.end();
        }
        return end == 0 || end < text.strip().length() ? Optional.empty() : Optional.of(sum);
    }
}
