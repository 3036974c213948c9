package io.nationtech.harmony.resolver;

import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Names that are to be unknown at a site. */
public record Blocklist(List<DnsName> names) {
    /** A name alone, one of a hosts file (hosts(5)), or one of the kind that begins with two bars. */
    private static final Pattern LINE =
            Pattern.compile("(?:0\\.0\\.0\\.0|127\\.0\\.0\\.1|::1?)?\\s*(?:\\|\\|)?([^\\s|^#]+)\\^?\\s*(?:#.*)?");

    private static final Pattern NOTHING = Pattern.compile("\\s*(?:[#!].*)?");
    /** Which hosts files have for the machine itself. */
    private static final List<String> OF_THE_MACHINE = List.of("localhost", "localhost.localdomain", "0.0.0.0");

    public Blocklist {
        names = List.copyOf(names);
    }

    /**
     * Reads a list as many give it out: a name in each line, also of a hosts file or as {@code ||name^}; comments begin with {@code #} or {@code !}.
     *
     * @throws InvalidValueException when a line is nothing of these; it names the line
     */
    public static Blocklist parse(String text) {
        List<String> lines = text.lines().toList();
        return new Blocklist(IntStream.range(0, lines.size())
                .mapToObj(line -> name(line + 1, lines.get(line)))
                .flatMap(Optional::stream)
                .distinct()
                .toList());
    }

    private static Optional<DnsName> name(int number, String line) {
        if (NOTHING.matcher(line).matches()) {
            return Optional.empty();
        }
        Matcher matcher = LINE.matcher(line.strip());
        try {
            if (!matcher.matches()) {
                throw new InvalidValueException("no name stands alone in it");
            }
            return OF_THE_MACHINE.contains(matcher.group(1))
                    ? Optional.empty()
                    : Optional.of(DnsName.of(matcher.group(1)));
        } catch (InvalidValueException e) {
            throw new InvalidValueException("line %d of a blocklist, '%s': %s; correct the line or take it out"
                    .formatted(number, shown(line), e.getMessage()));
        }
    }

    private static String shown(String line) {
        String text = line.replaceAll("\\p{Cntrl}", "?");
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }
}
