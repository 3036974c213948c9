package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.Ink.Tone;
import io.nationtech.harmony.domain.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of one thing that a deploy waits for.
 *
 * @param end when it ended, and how
 */
record NodeLine(String name, Instant began, Optional<End> end) {

    /** The end of the wait. */
    record End(Instant at, String word, Tone tone) {}

    static NodeLine begin(String name, Instant now) {
        return new NodeLine(name, now, Optional.empty());
    }

    NodeLine ended(Instant now, Outcome outcome) {
        Tone tone = outcome instanceof Outcome.Failed ? Tone.BAD : Tone.GOOD;
        return new NodeLine(name, began, Optional.of(new End(now, word(name, outcome), tone)));
    }

    static String word(String name, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Changed(String what) -> what;
            case Outcome.Unchanged() -> name + " has it already";
            case Outcome.Failed _ -> name + " failed";
        };
    }

    String text(Instant now, Ink ink) {
        String elapsed = ink.paint(
                Tone.FAINT, Elapsed.of(Duration.between(began, end.map(End::at).orElse(now))));
        return end.map(last -> "  %s %s  %s"
                        .formatted(ink.paint(last.tone(), last.tone() == Tone.BAD ? "✗" : "✓"), last.word(), elapsed))
                .orElseGet(() -> "  %s %s  %s".formatted(ink.paint(Tone.CHANGED, "…"), name, elapsed));
    }
}
