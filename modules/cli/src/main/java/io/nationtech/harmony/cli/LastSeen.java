package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.Ink.Tone;
import io.nationtech.harmony.cli.Table.Cell;
import io.nationtech.harmony.domain.node.Liveness;
import java.time.Duration;
import java.util.Map;

/** When a node was heard of. */
final class LastSeen {
    private LastSeen() {}

    static Cell cell(Liveness liveness) {
        return switch (liveness) {
            case Liveness.Alive(Duration silence) -> Cell.of(silence.isZero() ? "now" : Elapsed.of(silence) + " ago");
            case Liveness.Lost(Duration silence) -> new Cell("lost, %s ago".formatted(Elapsed.of(silence)), Tone.BAD);
            case Liveness.NeverSeen() -> new Cell("lost, never seen", Tone.BAD);
        };
    }

    static Map<String, Object> json(Liveness liveness) {
        return switch (liveness) {
            case Liveness.Alive(Duration silence) ->
                Json.object("liveness", "alive", "lastSeenSecondsAgo", silence.toSeconds());
            case Liveness.Lost(Duration silence) ->
                Json.object("liveness", "lost", "lastSeenSecondsAgo", silence.toSeconds());
            case Liveness.NeverSeen() -> Json.object("liveness", "never-seen");
        };
    }
}
