package io.nationtech.harmony.containers;

import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.domain.node.ContainerHistory.Exit;
import io.nationtech.harmony.driver.Owned;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What the last words of programs that failed say of a privilege that they lack. Only what to do is told, not the words: a program may write
 * anything into its log.
 */
final class Complaints {
    /** How much of a log is looked at. */
    static final int LINES = 30;

    private static final String AS_ROOT =
            "if it begins as root and becomes another user, say .allows(Privilege.START_AS_ROOT, …), or name that user by .user(…)";
    private static final Map<String, String> KNOWN = Map.of(
            "read-only file system",
            "keep what it writes there in .volumes(…) or .scratch(…), or say .allows(Privilege.WRITABLE_ROOT, …)",
            "operation not permitted",
            AS_ROOT,
            "permission denied",
            AS_ROOT);

    private final Map<Owned, Heard> heard = new ConcurrentHashMap<>();

    private record Heard(Exit exit, Optional<String> complaint) {}

    /**
     * What to do about a process that ended, where its log tells.
     *
     * @param log read once for each end, as it costs a program
     */
    Optional<String> of(Owned owned, Exit exit, Supplier<List<String>> log) {
        if (exit.code() == 0) {
            return Optional.empty();
        }
        Optional<Heard> known = Optional.ofNullable(heard.get(owned))
                .filter(before -> before.exit().equals(exit));
        Heard now = known.orElseGet(() -> new Heard(exit, complaint(log)));
        heard.put(owned, now);
        return now.complaint();
    }

    private static Optional<String> complaint(Supplier<List<String>> log) {
        try {
            return log.get().reversed().stream()
                    .map(line -> line.toLowerCase(Locale.ROOT))
                    .flatMap(line -> KNOWN.entrySet().stream().filter(known -> line.contains(known.getKey())))
                    .findFirst()
                    .map(known -> "its log says '%s': %s".formatted(known.getKey(), known.getValue()));
        } catch (RuntimeUnavailableException e) {
            return Optional.empty();
        }
    }

    void forget(Owned owned) {
        heard.remove(owned);
    }
}
