package io.nationtech.harmony.domain;

import java.util.regex.Pattern;

/**
 * Why something failed, told so that a person can act. Each text has at most 2,000 characters; a longer one, as a tool's output may be, is
 * cut. Control characters but for line ends and tabs become {@code ?}: a text may come from a container, and ends in a terminal.
 *
 * @param what what is wrong, with the values that matter; one sentence without a final stop
 * @param where the node, file, address or resource concerned
 * @param next what to do next
 */
public record Cause(String what, String where, String next) {
    private static final int LONGEST = 2_000;
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u0080-\\u009f&&[^\n\t]]");
    private static final String CUT = " …";

    public Cause {
        what = bounded(what);
        where = bounded(where);
        next = bounded(next);
    }

    private static String bounded(String unbounded) {
        String text = CONTROL.matcher(unbounded).replaceAll("?");
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = LONGEST - CUT.length();
        // Half of a surrogate pair cannot be written as UTF-8.
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + CUT;
    }

    /** The cause on two lines, as people read it. */
    @Override
    public String toString() {
        return "%s (%s)%n  → %s".formatted(what, where, next);
    }
}
