package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nationtech.harmony.cli.JavaTokens.Token;
import io.nationtech.harmony.domain.value.ImageReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFileTest {
    private static final ImageReference IMAGE = ImageReference.of("registry.internal/shop:1.2");
    private static final ImageReference PINNED = ImageReference.of(IMAGE + "@sha256:" + "0123456789abcdef".repeat(4));

    @TempDir
    Path folder;

    /** A file in which references that are to be pinned are written with a question mark before them. */
    private String pinned(String marked) throws IOException {
        Path file = Files.writeString(folder.resolve("Shop.java"), marked.replace("?\"", "\""));
        SourceFile source = SourceFile.in(folder).getFirst();
        source.write(source.naming(IMAGE).collect(Collectors.toMap(SourceFile.Text::token, _ -> PINNED)));
        return Files.readString(file);
    }

    private static String expected(String marked) {
        return marked.replace("?\"" + IMAGE, "\"" + PINNED);
    }

    @Test
    void pinsWhatIsAnImageAndCanBeNothingElse() throws IOException {
        String marked = """
                /* ImageReference.of("registry.internal/shop:1.2") it's "a comment */
                char quote = '"'; char other = '\\''; // " and '
                String image = ?"registry.internal/shop:1.2";
                String block = \"\"\"
                        " \\\""" ImageReference.of("registry.internal/shop:1.2")
                        \"\"\";
                var one = ImageReference.of(?"registry.internal/shop:1.2");
                var two = ImageReference . floating ( /* now */ ?"registry.internal/shop:1.2" );\r
                var three = new ImageReference(?"registry.internal/shop:1.2");
                var none = EnvText.of("registry.internal/shop:1.2");
                var sum = ImageReference.of("registry.internal/shop:1.2" + more);
                var before = ImageReference.of(more + "registry.internal/shop:1.2");
                String half = "registry.internal/shop:1.2" + more;
                boolean is = one.value() == "registry.internal/shop:1.2";
                var longer = ImageReference.of("registry.internal/shop:1.2.3");
                String escaped = "\\"registry.internal/shop:1.2\\\\"; String äöü€ = "𝄞";
                String last = ?"registry.internal/shop:1.2";""";

        assertEquals(expected(marked), pinned(marked));
    }

    @Test
    void writesNothingOverWhatSomebodyElseWroteMeanwhile() throws IOException {
        Path file = Files.writeString(folder.resolve("Shop.java"), "String image = \"%s\";".formatted(IMAGE));
        SourceFile source = SourceFile.in(folder).getFirst();
        Map<Token, ImageReference> images =
                source.naming(IMAGE).collect(Collectors.toMap(SourceFile.Text::token, _ -> PINNED));
        Files.writeString(file, "// all is new");

        assertThrows(IOException.class, () -> source.write(images));
        assertEquals("// all is new", Files.readString(file));
    }

    @Test
    void leavesAFileThatIsNoText() throws IOException {
        Files.write(folder.resolve("Shop.java"), new byte[] {(byte) 0xff, 'x'});

        assertThrows(IOException.class, () -> SourceFile.in(folder));
    }
}
