package io.nationtech.harmony.podman;

import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a program ended.
 *
 * @param status its exit status; 0 is success
 * @param output what it wrote to its standard output, at most {@link Programs#MOST_OUTPUT} bytes of it
 * @param errors what it wrote to its standard error, or why it was killed
 */
record Finished(int status, String output, String errors) {
    private static final int LONGEST_COMPLAINT = 600;
    private static final Pattern LOGGED = Pattern.compile("time=\"[^\"]*\" level=(\\w+) msg=\"(.*)\"");

    boolean succeeded() {
        return status == 0;
    }

    /** The line that says what went wrong: podman's own verdict if there is one, else the first line that is no warning. */
    String complaint() {
        String complaint = firstLine(line -> line.startsWith("Error: "), firstLine(_ -> true, "exit status " + status));
        String plain = complaint.startsWith("Error: ") ? complaint.substring("Error: ".length()) : complaint;
        return plain.length() > LONGEST_COMPLAINT ? plain.substring(0, LONGEST_COMPLAINT) + " …" : plain;
    }

    private String firstLine(Predicate<String> wanted, String otherwise) {
        return errors.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !isWarning(line))
                .map(Finished::plain)
                .filter(wanted)
                .findFirst()
                .orElse(otherwise);
    }

    private static boolean isWarning(String line) {
        Matcher logged = LOGGED.matcher(line);
        return logged.matches() && logged.group(1).toLowerCase(Locale.ROOT).startsWith("warn");
    }

    private static String plain(String line) {
        Matcher logged = LOGGED.matcher(line);
        return logged.matches() ? logged.group(2).replace("\\\"", "\"") : line;
    }
}
