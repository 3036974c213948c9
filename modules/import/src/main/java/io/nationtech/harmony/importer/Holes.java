package io.nationtech.harmony.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text in which the place of a variable is kept open, because it has no value or because its value is a secret: a hole with the variable's name.
 * Characters of Unicode's private use mark it, which sources may not have.
 */
final class Holes {
    private static final char BEGIN = '\uE000';
    private static final char END = '\uE001';
    private static final Pattern HOLE = Pattern.compile(BEGIN + "([A-Za-z0-9_.]+)" + END);

    /** A part of such a text. */
    sealed interface Part {
        /** As it is. */
        record Plain(String text) implements Part {}

        /** The value of that variable. */
        record Hole(String variable) implements Part {}
    }

    private Holes() {}

    static String hole(String variable) {
        return BEGIN + variable + END;
    }

    static boolean isMarked(String text) {
        return text.indexOf(BEGIN) >= 0 || text.indexOf(END) >= 0;
    }

    static boolean isIn(String text) {
        return HOLE.matcher(text).find();
    }

    static List<String> variables(String text) {
        return HOLE.matcher(text).results().map(hole -> hole.group(1)).toList();
    }

    static List<Part> parts(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher hole = HOLE.matcher(text);
        int end = 0;
        while (hole.find()) {
            if (hole.start() > end) {
                parts.add(new Part.Plain(text.substring(end, hole.start())));
            }
            parts.add(new Part.Hole(hole.group(1)));
            end = hole.end();
        }
        if (end < text.length()) {
            parts.add(new Part.Plain(text.substring(end)));
        }
        return parts;
    }

    /** With something in place of each hole. */
    static String filled(String text, Function<String, String> value) {
        return HOLE.matcher(text).replaceAll(hole -> Matcher.quoteReplacement(value.apply(hole.group(1))));
    }

    /** For people: {@code ${NAME}} in place of each hole. */
    static String shown(String text) {
        return filled(text, "${%s}"::formatted);
    }
}
