package io.nationtech.harmony.domain.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class HttpPathTest {

    @Provide
    Arbitrary<String> asciiPaths() {
        return Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(12).map(rest -> "/" + rest);
    }

    @Property(tries = 5_000)
    void whatIsTakenMakesAnAddress(@ForAll("asciiPaths") String text) {
        HttpPath path;
        try {
            path = HttpPath.of(text);
        } catch (InvalidValueException e) {
            return;
        }
        assertEquals(
                "http://192.0.2.7:80" + text,
                URI.create("http://192.0.2.7:80" + path).toString());
    }

    @Test
    void takesPathsWithQueries() {
        for (String path : List.of("/", "/index.html", "/a/b?c=d&e=%20f", "/~x/", "/a%2Fb", "/" + "a".repeat(2_047))) {
            assertEquals(path, HttpPath.of(path).toString());
        }
    }

    @Test
    void refusesWhatIsNoPath() {
        for (String other : List.of(
                "", "a", "/a b", "/é", "/#top", "/%", "/%2", "/%zz", "/a\r\nHost: b", "/\\", "/" + "a".repeat(2_048))) {
            Refusal.of(() -> HttpPath.of(other), "'" + other + "'", "not an HTTP path", "begin with '/'");
        }
    }
}
