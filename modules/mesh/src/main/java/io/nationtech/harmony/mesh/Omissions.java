package io.nationtech.harmony.mesh;

import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What one reading had to leave out, told in one line however much it is. Used by one thread. */
public final class Omissions {
    private static final int NAMED = 3;
    private static final int LONGEST = 200;
    /** A key or a cause that somebody else wrote must not steer a terminal. */
    private static final Pattern UNPRINTABLE = Pattern.compile("\\p{Cntrl}");

    private final NavigableSet<String> named = new TreeSet<>();
    private int count;

    /** Nothing left out yet. */
    public Omissions() {}

    /** Leaves something out. */
    public void add(String key, String why) {
        count++;
        String text = UNPRINTABLE.matcher("'%s' (%s)".formatted(key, why)).replaceAll("?");
        named.add(text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text);
        if (named.size() > NAMED) {
            named.pollLast();
        }
    }

    /** How many were left out, and the first three of them by their keys, with the reasons; empty when none was. */
    public Optional<String> summary() {
        if (count == 0) {
            return Optional.empty();
        }
        String rest = count > named.size() ? " and %d more".formatted(count - named.size()) : "";
        return Optional.of("%d: %s%s".formatted(count, String.join(", ", named), rest));
    }
}
