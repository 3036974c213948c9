package io.nationtech.harmony.journal.mesh;

import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.KindName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.graph.History.State;
import io.nationtech.harmony.graph.Ledger.Owned;
import io.nationtech.harmony.graph.Ledger.Settled;
import io.nationtech.harmony.mesh.Payload;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The newest word on one resource: {@code 1 <state> <author> <kind> <name> <physical> <kind> <name> … [from <kind> <name>]}.
 *
 * @param after what it is made of
 * @param movedFrom the name that it had until this was written, and under which it is owned no longer
 */
record JournalRecord(
        State state,
        Author by,
        ResourceId id,
        ResourceName physical,
        Set<ResourceId> after,
        Optional<ResourceId> movedFrom) {
    static final String FORM = "1";

    /** Takes the place of what could not be read. */
    static final Payload SET_ASIDE = Payload.empty();

    private static final Pattern NEWER_FORM = Pattern.compile("([2-9]|[1-9][0-9]) .*", Pattern.DOTALL);
    private static final String FROM = "from";

    JournalRecord {
        after = Set.copyOf(after);
    }

    static JournalRecord owned(ResourceId id, Owned owned, Author by, Optional<ResourceId> movedFrom) {
        State state = owned.settled() == Settled.YES ? State.DONE : State.BEGAN;
        return new JournalRecord(state, by, id, owned.physical(), owned.after(), movedFrom);
    }

    static JournalRecord gone(ResourceId id, Author by) {
        return new JournalRecord(State.GONE, by, id, id.name(), Set.of(), Optional.empty());
    }

    /** Empty once it is gone. */
    Optional<Owned> owned() {
        return switch (state) {
            case BEGAN -> Optional.of(new Owned(physical, after, Settled.NO));
            case DONE -> Optional.of(new Owned(physical, after, Settled.YES));
            case GONE -> Optional.empty();
        };
    }

    Payload write() {
        Stream<String> head =
                Stream.of(FORM, state.name().toLowerCase(Locale.ROOT), by.value(), id.toString(), physical.value());
        Stream<String> parts = new TreeSet<>(after).stream().map(ResourceId::toString);
        Stream<String> from = movedFrom.stream().map(before -> FROM + " " + before);
        return Payload.of(Stream.of(head, parts, from).flatMap(words -> words).collect(Collectors.joining(" ")));
    }

    /** The form, where this is one of a version to come. */
    static OptionalInt newerForm(Payload payload) {
        Matcher newer = NEWER_FORM.matcher(payload.text());
        return newer.matches() ? OptionalInt.of(Integer.parseInt(newer.group(1))) : OptionalInt.empty();
    }

    /**
     * @throws InvalidValueException when this is not a record, or one of another form
     */
    static JournalRecord read(Payload payload) {
        Iterator<String> words = Arrays.asList(payload.text().split(" ")).iterator();
        String form = words.next();
        if (!form.equals(FORM)) {
            throw new InvalidValueException("it begins with '%s', and not with a form that is known here"
                    .formatted(form.substring(0, Math.min(form.length(), 20))));
        }
        State state = state(next(words));
        Author by = Author.of(next(words));
        ResourceId id = id(next(words), words);
        ResourceName physical = ResourceName.of(next(words));
        Set<ResourceId> after = new TreeSet<>();
        Optional<ResourceId> movedFrom = Optional.empty();
        while (words.hasNext()) {
            String kind = words.next();
            if (kind.equals(FROM)) {
                movedFrom = Optional.of(id(next(words), words));
            } else {
                after.add(id(kind, words));
            }
        }
        return new JournalRecord(state, by, id, physical, after, movedFrom);
    }

    private static State state(String word) {
        return Stream.of(State.values())
                .filter(state -> state.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new InvalidValueException("it says '%s' of a resource".formatted(word)));
    }

    private static ResourceId id(String kind, Iterator<String> words) {
        return new ResourceId(KindName.of(kind), ResourceName.of(next(words)));
    }

    private static String next(Iterator<String> words) {
        if (!words.hasNext()) {
            throw new InvalidValueException("it ends too soon");
        }
        return words.next();
    }
}
