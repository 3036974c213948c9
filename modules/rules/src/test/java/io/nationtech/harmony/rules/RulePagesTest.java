package io.nationtech.harmony.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.corpus.Case;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A rule has its page and its case. */
class RulePagesTest {
    private static final Path PAGES = Path.of(System.getProperty("harmony.project"), "docs/rules");

    /** With the two that are no classes: an exception that is wrong, and a deployment that cannot be made. */
    private static Set<String> rules() {
        return Stream.concat(Rules.OWN.stream().map(Rule::id), Stream.of("allow", "invalid-value"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyRuleHasAPageAndEveryPageARule() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            Set<String> pages = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("README.md"))
                    .map(name -> name.replace(".md", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(rules(), pages);
        }
    }

    @Test
    void everyPageSaysWhyShowsAnExampleAndTheWayOut() throws IOException {
        for (String rule : rules()) {
            String page = Files.readString(PAGES.resolve(rule + ".md"));
            for (String part : List.of("# " + rule, "**Why.**", "**Example.**", "**What to do.**")) {
                assertTrue(page.contains(part), () -> "docs/rules/%s.md lacks %s".formatted(rule, part));
            }
        }
    }

    @Test
    void everyRuleHasACase() {
        Set<String> marked = Case.of("graph")
                .flatMap(each -> each.marks().stream())
                .map(mark -> mark.message().replaceFirst(".*\\[([a-z-]+)]$", "$1"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(rules(), marked);
    }
}
