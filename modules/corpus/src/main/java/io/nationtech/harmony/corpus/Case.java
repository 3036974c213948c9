package io.nationtech.harmony.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A mistake and its repair in one small source. A wrong line ends with {@code //! } and the message that it must give, where there
 * are several with each of them; what the message must point at stands in guillemets. The line after it begins with {@code //= }
 * and is what to write instead.
 *
 * @param family the folder that it is in
 * @param name its file's, without {@code .java}
 */
public record Case(String family, String name, List<String> lines) {
    /** All there are: what the compiler must find, and last what only the check of the graph can. */
    public static final List<String> FAMILIES = List.of("types", "constants", "capabilities", "graph");

    private static final String WRONG = "//!";
    private static final String RIGHT = "//=";
    private static final Path CASES =
            Path.of(System.getProperty("harmony.project"), "modules/checker/src/test/resources/cases");

    /**
     * What must be told.
     *
     * @param line from 1
     * @param begins the column of its first character, from 1
     * @param ends the column after its last character
     */
    public record Mark(long line, long begins, long ends, String message) {}

    /** All cases of a family, in the order of their names. */
    public static Stream<Case> of(String family) {
        try (Stream<Path> files = Files.list(CASES.resolve(family))) {
            return files.sorted().map(file -> read(family, file)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The case of that name, as {@code graph/host-port-twice}. */
    public static Case named(String name) {
        return of(name.split("/", 2)[0])
                .filter(each -> each.toString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Case read(String family, Path file) {
        try {
            return new Case(family, file.getFileName().toString().replace(".java", ""), Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What must be told, in the order of the lines. */
    public List<Mark> marks() {
        List<Mark> marks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String[] parts = lines.get(i).split(WRONG, -1);
            for (int mark = 1; mark < parts.length; mark++) {
                marks.add(new Mark(i + 1L, parts[0].indexOf('«') + 1L, parts[0].indexOf('»'), parts[mark].strip()));
            }
        }
        return marks;
    }

    /** Which of these the compiler did not tell at its line; also that there are none, which a case must have. */
    public List<String> untold(List<String> said) {
        List<Mark> marks = marks();
        return marks.isEmpty()
                ? List.of("the case marks no mistake")
                : marks.stream()
                        .filter(mark -> said.stream()
                                .noneMatch(line -> line.startsWith("Case.java:%d: ".formatted(mark.line()))
                                        && line.contains(mark.message())))
                        .map(mark -> "line %d: %s".formatted(mark.line(), mark.message()))
                        .toList();
    }

    /** The source with the mistake. */
    public String wrong() {
        return String.join("\n", lines.stream().map(Case::code).toList());
    }

    /** The source with the mistake repaired. */
    public String right() {
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
        return line.split(WRONG, 2)[0].replace("«", "").replace("»", "");
    }

    @Override
    public String toString() {
        return family + "/" + name;
    }
}
