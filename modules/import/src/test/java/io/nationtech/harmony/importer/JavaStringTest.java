package io.nationtech.harmony.importer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

class JavaStringTest {

    @Provide
    Arbitrary<List<String>> texts() {
        return Arbitraries.of(
                        "a", "B", "0", " ", "  ", "\t", "\n", "\r\n", "\r", "\\", "\\n", "\\u0041", "\"", "\"\"\"", "'",
                        "$", "$$", "${A}", "%", "%s", "`", "#", "//", "*/", "é", "漢", "😀", "\u200B", "\u202E",
                        "\u00A0", "\u3000", "\u2028", "\u000B", "\f", "\u0001", "\u0085", "\\s", "\uFEFF", "\\\n")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts))
                .list()
                .ofMinSize(150)
                .ofMaxSize(200);
    }

    @Property(tries = 12, shrinking = ShrinkingMode.OFF)
    void evaluatesToTheVerySameText(@ForAll("texts") List<String> texts) throws Exception {
        Path folder = Files.createTempDirectory("harmony-java-string");
        try {
            assertEquals(texts, evaluated(texts, folder));
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static List<String> evaluated(List<String> texts, Path folder)
            throws IOException, ReflectiveOperationException {
        String methods = IntStream.range(0, texts.size())
                .mapToObj(i -> "    static String t%d() {\n        return %s;\n    }\n"
                        .formatted(i, JavaString.of(texts.get(i))))
                .collect(Collectors.joining());
        String all =
                IntStream.range(0, texts.size()).mapToObj("t%d()"::formatted).collect(Collectors.joining(", "));
        String source =
                "package texts;\n\npublic class Texts implements java.util.function.Supplier<java.util.List<String>> {\n    public Texts() {}\n%s    public java.util.List<String> get() {\n        return java.util.List.of(%s);\n    }\n}\n"
                        .formatted(methods, all);
        // Text blocks may end with white space that is written by escapes, which is what javac's own warning is about.
        Compiled compiled = Compiled.of(
                Map.of(
                        "src/main/java/module-info.java",
                        "module texts {\n    exports texts;\n}\n",
                        "src/main/java/texts/Texts.java",
                        source),
                folder);
        assertEquals(0, compiled.status(), compiled.said());
        try (URLClassLoader loader = compiled.loader()) {
            Object texts_ =
                    loader.loadClass("texts.Texts").getDeclaredConstructor().newInstance();
            return ((java.util.function.Supplier<?>) texts_).get() instanceof List<?> list
                    ? list.stream().map(String::valueOf).toList()
                    : List.of();
        }
    }
}
