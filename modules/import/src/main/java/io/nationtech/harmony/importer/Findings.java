package io.nationtech.harmony.importer;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What is found while an application is read: what cannot be said, and what changes. */
final class Findings {
    private final List<Refusal> refusals = new ArrayList<>();
    private final Set<Note> notes = new LinkedHashSet<>();
    private final Map<String, WantedShare> shares = new LinkedHashMap<>();

    void refuse(Place at, String what, String next) {
        refusals.add(new Refusal(at, Holes.shown(what), Holes.shown(next)));
    }

    void note(Place at, String what, String became) {
        notes.add(new Note(at, Holes.shown(what), Holes.shown(became)));
    }

    void wants(WantedShare share) {
        shares.putIfAbsent(share.share().value(), share);
    }

    /** What the domain refuses of this is told with the line of the source. */
    void attempt(Place at, Runnable reading) {
        made(at, () -> {
            reading.run();
            return true;
        });
    }

    /** The same of what makes something. */
    <T> Optional<T> made(Place at, Supplier<T> making) {
        try {
            return Optional.of(making.get());
        } catch (InvalidValueException e) {
            refuse(at, String.valueOf(e.getMessage()), "correct it, or leave it out");
        } catch (RefusedSourceException e) {
            refusals.add(e.refusal());
        }
        return Optional.empty();
    }

    List<Refusal> refusals() {
        return List.copyOf(new LinkedHashSet<>(refusals));
    }

    List<Note> notes() {
        return List.copyOf(notes);
    }

    List<WantedShare> shares() {
        return List.copyOf(shares.values());
    }
}
