package io.nationtech.harmony.graph;

import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a deployment owns, as its journal tells. What these resources look like is read from the world. */
public final class Ledger {
    private final Map<ResourceId, Owned> owned = new TreeMap<>();

    /** Whether an apply saw the resource through. */
    public enum Settled {
        /** It was there as declared. */
        YES,
        /** An apply began with it and was cut off: it may be there, or half of it. */
        NO
    }

    /**
     * One resource that is owned.
     *
     * @param physical its name in the world
     * @param after the resources that it is made of
     */
    public record Owned(ResourceName physical, Set<ResourceId> after, Settled settled) {
        public Owned {
            after = Set.copyOf(after);
        }
    }

    /** A ledger of nothing. */
    public Ledger() {}

    /** Takes one more entry of the journal into account. */
    public void accept(JournalEntry entry) {
        switch (entry) {
            case JournalEntry.Began(var id, var physical, var after) ->
                owned.put(id, new Owned(physical, after, Settled.NO));
            case JournalEntry.Done(var id) ->
                owned.computeIfPresent(id, (_, known) -> new Owned(known.physical(), known.after(), Settled.YES));
            case JournalEntry.Gone(var id) -> owned.remove(id);
            case JournalEntry.Moved(var from, var id) ->
                Optional.ofNullable(owned.remove(from)).ifPresent(known -> owned.put(id, known));
        }
    }

    /** What is owned under a name. */
    public Optional<Owned> owned(ResourceId id) {
        return Optional.ofNullable(owned.get(id));
    }

    /** Everything that is owned. */
    public Map<ResourceId, Owned> all() {
        return Collections.unmodifiableMap(owned);
    }

    /** A ledger of the same. */
    public Ledger copy() {
        Ledger copy = new Ledger();
        copy.owned.putAll(owned);
        return copy;
    }
}
