package io.nationtech.harmony.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.corpus.Case;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pages show what is really said: each block after {@code <!-- output of family/case -->} is written by this test where the
 * property {@code harmony.docs.write} is set, and compared where it is not.
 */
class PagesTest {
    private static final Pattern BLOCK =
            Pattern.compile("<!-- output of ([a-z-]+)/([a-z0-9-]+) -->\n(```\n.*?\n```\n)?", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(strings = {"compile-time-safety.md", "jobs.md"})
    void thePageShowsWhatIsReallySaid(String name) throws IOException {
        Path page = Path.of(System.getProperty("harmony.project"), "docs", name);
        String fresh =
                BLOCK.matcher(Files.readString(page)).replaceAll(block -> Matcher.quoteReplacement(written(block)));
        if (Boolean.getBoolean("harmony.docs.write")) {
            Files.writeString(page, fresh);
        }
        assertEquals(fresh, Files.readString(page), "run this test with -Dtest.jvm.options=-Dharmony.docs.write=true");
    }

    private static String written(MatchResult block) {
        Case mistake = Case.named(block.group(1) + "/" + block.group(2));
        return "<!-- output of %s -->\n```\n%s\n```\n".formatted(mistake, said(mistake));
    }

    private static String said(Case mistake) {
        try {
            Built built = Built.of(mistake.wrong());
            String graph = built.lines().stream().map(line -> "[ERROR] " + line).collect(Collectors.joining("\n"));
            return (built.said()
                                    .replaceAll("(?m)^\\S*/Case\\.java", "Case.java")
                                    .replaceAll("(?m) +$", "")
                            + graph)
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
