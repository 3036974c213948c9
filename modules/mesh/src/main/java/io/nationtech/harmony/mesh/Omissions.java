package io.nationtech.harmony.mesh;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What one reading had to leave out, told in one line however much it is. Used by one thread. */
public final class Omissions {
    private static final int NAMED = 3;
    private static final int LONGEST = 200;
    /** A key or a cause that somebody else wrote must not steer a terminal. */
    private static final Pattern UNPRINTABLE = Pattern.compile("\\p{Cntrl}");

    private final List<String> named = new ArrayList<>();
    private int count;

    /** Nothing left out yet. */
    public Omissions() {}

    /** Leaves something out. */
    public void add(String key, String why) {
        count++;
        if (named.size() < NAMED) {
            String text = UNPRINTABLE.matcher("'%s' (%s)".formatted(key, why)).replaceAll("?");
            named.add(text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text);
        }
    }

    /** How many were left out, and the first three of them with the reasons; empty when none was. */
    public Optional<String> summary() {
        if (count == 0) {
            return Optional.empty();
        }
        String rest = count > NAMED ? " and %d more".formatted(count - NAMED) : "";
        return Optional.of("%d: %s%s".formatted(count, String.join(", ", named), rest));
    }
}
