package io.nationtech.harmony.checker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A mistake and its repair in one small source. A wrong line ends with {@code //! } and the message that it must give; what the
 * message must point at stands in guillemets. The line after it begins with {@code //= } and is what to write instead.
 */
record Case(Path file, List<String> lines) {
    private static final String WRONG = "//!";
    private static final String RIGHT = "//=";
    private static final Path CASES = Project.module("checker").resolve("src/test/resources/cases");

    /** All cases of a family, which is a folder. */
    static Stream<Case> of(String family) {
        try (Stream<Path> files = Files.list(CASES.resolve(family))) {
            return files.sorted().map(Case::read).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Case read(Path file) {
        try {
            return new Case(file, Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What must be told.
     *
     * @param line from 1
     * @param begins the column of its first character, from 1
     * @param ends the column after its last character
     */
    record Mark(long line, long begins, long ends, String message) {}

    List<Mark> marks() {
        List<Mark> marks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            int comment = lines.get(i).indexOf(WRONG);
            if (comment >= 0) {
                String code = lines.get(i).substring(0, comment);
                String message =
                        lines.get(i).substring(comment + WRONG.length()).strip();
                marks.add(new Mark(i + 1L, code.indexOf('«') + 1L, code.indexOf('»'), message));
            }
        }
        return marks;
    }

    /** Whether javac finds it alone, in its own words and with its own caret. */
    boolean isOfTypes() {
        return file.getParent().endsWith("types");
    }

    /** The source with the mistake. */
    String wrong() {
        return String.join("\n", lines.stream().map(Case::code).toList());
    }

    /** The source with the mistake repaired. */
    String right() {
        List<String> repaired = new ArrayList<>();
        for (String line : lines) {
            int right = line.indexOf(RIGHT);
            if (right >= 0) {
                repaired.set(repaired.size() - 1, line.substring(right + RIGHT.length()));
                repaired.add("");
            } else {
                repaired.add(code(line));
            }
        }
        return String.join("\n", repaired);
    }

    private static String code(String line) {
        int comment = line.indexOf(WRONG);
        return (comment < 0 ? line : line.substring(0, comment))
                .replace("«", "")
                .replace("»", "");
    }

    @Override
    public String toString() {
        return CASES.relativize(file).toString().replace(".java", "");
    }
}
