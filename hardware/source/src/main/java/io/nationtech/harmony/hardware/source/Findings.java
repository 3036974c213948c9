package io.nationtech.harmony.hardware.source;

import io.nationtech.harmony.domain.hardware.Unread;
import java.util.List;

/**
 * What a source found, and what it could not read.
 *
 * @param unread what is there, or should be, but cannot be read or cannot be true
 */
public record Findings(List<Fact> facts, List<Unread> unread) {
    public Findings {
        facts = List.copyOf(facts);
        unread = List.copyOf(unread);
    }

    /** Nothing at all. */
    public static Findings none() {
        return new Findings(List.of(), List.of());
    }
}
