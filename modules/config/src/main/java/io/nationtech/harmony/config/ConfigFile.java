package io.nationtech.harmony.config;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.files.DurableFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values in a text file in UTF-8, at most 1 MiB: lines of {@code key = value}, empty ones, and comments that begin with '#'. A value
 * is what stands after '=' without the blanks around it; nothing is quoted, escaped or replaced. Secrets have no place in it.
 */
public final class ConfigFile {
    private static final Pattern LINE = Pattern.compile("(?<key>[a-z0-9.-]+)\\s*=\\s*(?<value>.*)");
    private static final long LARGEST = 1 << 20;

    /** A value and its line, 1 and up. */
    record Line(int number, String value) {}

    /** What was found. */
    record Content(Map<String, Line> lines, List<Cause> problems) {}

    private final Path path;

    private ConfigFile(Path path) {
        this.path = path;
    }

    /** The file of this name; it is read each time a configuration is. */
    public static ConfigFile at(Path path) {
        return new ConfigFile(path.toAbsolutePath());
    }

    Path path() {
        return path;
    }

    Content read() {
        List<Cause> problems = new ArrayList<>();
        Map<String, Line> lines = new HashMap<>();
        int number = 0;
        for (String text : text(problems)) {
            number++;
            String line = text.strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                add(line, number, lines, problems);
            }
        }
        return new Content(lines, problems);
    }

    /** Adds a line at the end, and returns once it is on the disk. */
    void add(ConfigKey key, String value) throws IOException {
        Files.createDirectories(path.getParent());
        String before = Files.exists(path) ? Files.readString(path) : "";
        String separator = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
        byte[] content = "%s%s%s = %s\n"
                .formatted(before, separator, key.property(), value)
                .getBytes(StandardCharsets.UTF_8);
        DurableFile.replace(path, content);
    }

    private List<String> text(List<Cause> problems) {
        try {
            if (!Files.exists(path)) {
                return List.of();
            }
            if (Files.size(path) > LARGEST) {
                problems.add(problem("the configuration file has more than 1 MiB", 0, "name a configuration file"));
                return List.of();
            }
            return Files.readAllLines(path);
        } catch (CharacterCodingException e) {
            problems.add(problem("the configuration file is not UTF-8", 0, "save it as UTF-8"));
        } catch (IOException e) {
            problems.add(problem(
                    "the configuration file cannot be read: " + e.getMessage(),
                    0,
                    "give this user the right to read it"));
        }
        return List.of();
    }

    /** A broken line is not repeated: it may be a secret that somebody pasted there. */
    private void add(String line, int number, Map<String, Line> lines, List<Cause> problems) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            problems.add(problem("a line is not of the form key = value", number, "write it as in: smtp.port = 25"));
            return;
        }
        Line first = lines.putIfAbsent(parts.group("key"), new Line(number, parts.group("value")));
        if (first != null) {
            problems.add(problem(
                    "%s is set twice, in line %d too".formatted(parts.group("key"), first.number()),
                    number,
                    "remove one of the lines"));
        }
    }

    private Cause problem(String what, int line, String next) {
        return new Cause(what, line == 0 ? path.toString() : path + ":" + line, next);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
