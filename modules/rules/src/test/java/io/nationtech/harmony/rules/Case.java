package io.nationtech.harmony.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A mistake and its repair in one small source of the corpus, as the checker's tests read it: {@code //! message} stands on the
 * line that is wrong, {@code //= } begins the line to write instead of the one before.
 */
record Case(String family, String name, List<String> lines) {
    static final List<String> FAMILIES = List.of("types", "constants", "capabilities", "graph");
    private static final Path CORPUS =
            Path.of(System.getProperty("harmony.project"), "modules/checker/src/test/resources/cases");

    static Stream<Case> of(String family) {
        try (Stream<Path> files = Files.list(CORPUS.resolve(family))) {
            return files.sorted().map(file -> read(family, file)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Case read(String family, Path file) {
        try {
            return new Case(family, file.getFileName().toString().replace(".java", ""), Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What must be told, as {@code Case.java:12: message [rule]}, in the order of the lines. */
    List<String> marks() {
        List<String> marks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String[] parts = lines.get(i).split("//!");
            for (int mark = 1; mark < parts.length; mark++) {
                marks.add("Case.java:%d: %s".formatted(i + 1, parts[mark].strip()));
            }
        }
        return marks.stream().sorted().toList();
    }

    String wrong() {
        return String.join("\n", lines.stream().map(Case::code).toList());
    }

    String right() {
        List<String> repaired = new ArrayList<>();
        for (String line : lines) {
            int right = line.indexOf("//=");
            if (right >= 0) {
                repaired.set(repaired.size() - 1, line.substring(right + 3));
                repaired.add("");
            } else {
                repaired.add(code(line));
            }
        }
        return String.join("\n", repaired);
    }

    private static String code(String line) {
        return line.split("//!")[0].replace("«", "").replace("»", "");
    }

    @Override
    public String toString() {
        return family + "/" + name;
    }
}
