package io.nationtech.harmony.seed;

import io.nationtech.harmony.seed.Key.Section;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The lines of a seed by their keys, and what is wrong with their form. A line may be a part of a secret, and is never repeated. */
final class SeedLines {
    private static final int LONGEST_NAME = 40;

    private final Map<Key, Line> lines = new EnumMap<>(Key.class);
    private final Map<Section, Integer> sections = new EnumMap<>(Section.class);
    private final List<Problem> problems;

    /** What is said of a key. */
    record Line(int number, String value) {}

    SeedLines(String text, List<Problem> problems) {
        this.problems = problems;
        Place place = new Place.Before();
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            place = read(number, line.strip(), place);
        }
    }

    /** In which section a line stands. */
    private sealed interface Place {
        record Before() implements Place {}

        record In(Section section) implements Place {}

        /** One that is refused: what stands in it is not looked at. */
        record Elsewhere() implements Place {}
    }

    private Place read(int number, String line, Place place) {
        if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
            return place;
        }
        if (line.startsWith("[")) {
            return begin(number, line);
        }
        switch (place) {
            case Place.Before() ->
                refuse(number, "this stands before the first section; sections are " + Section.all());
            case Place.In(Section section) -> add(number, line, section);
            case Place.Elsewhere() -> {}
        }
        return place;
    }

    private Place begin(int number, String line) {
        Optional<Section> section = line.endsWith("]")
                ? Section.of(line.substring(1, line.length() - 1).strip())
                : Optional.empty();
        if (section.isEmpty()) {
            refuse(number, "there is no section '%s'; there are %s".formatted(shown(line), Section.all()));
            return new Place.Elsewhere();
        }
        Optional.ofNullable(sections.putIfAbsent(section.get(), number))
                .ifPresent(first ->
                        refuse(number, "%s is there in line %d already; join them".formatted(section.get(), first)));
        return new Place.In(section.get());
    }

    private void add(int number, String line, Section section) {
        int equals = line.indexOf('=');
        if (equals < 0) {
            refuse(number, "%s: this is no 'key = value'; a comment begins with '#'".formatted(section));
            return;
        }
        String word = line.substring(0, equals).strip();
        Optional<Key> key = section.key(word);
        if (key.isEmpty()) {
            String known = section.keys().map(Key::word).collect(Collectors.joining(", "));
            refuse(number, "%s has no key '%s'; it has %s".formatted(section, shown(word), known));
            return;
        }
        String value = line.substring(equals + 1).strip();
        if (value.isEmpty()) {
            refuse(number, "%s: nothing is said; leave the line out, or begin it with '#'".formatted(key.get()));
            return;
        }
        Optional.ofNullable(lines.putIfAbsent(key.get(), new Line(number, value)))
                .ifPresent(first -> refuse(
                        number,
                        "%s is there in line %d already; one of them counts".formatted(key.get(), first.number())));
    }

    private static String shown(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > LONGEST_NAME ? plain.substring(0, LONGEST_NAME) + "…" : plain;
    }

    private void refuse(int number, String what) {
        problems.add(new Problem(number, what));
    }

    Optional<Line> line(Key key) {
        return Optional.ofNullable(lines.get(key));
    }

    /** The line in which a section begins. */
    Optional<Integer> begin(Section section) {
        return Optional.ofNullable(sections.get(section));
    }
}
