package io.nationtech.harmony.domain.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class EnvTest {
    @Test
    void takesNamesAsShellsDoAndThoseOfSettings() {
        for (String name : List.of("TZ", "_", "a", "PATH_2", "discovery.type", "A".repeat(128))) {
            assertEquals(name, EnvName.of(name).toString());
        }
        for (String name : List.of("", "2A", "A-B", ".A", "A=", "A B", "Ä", "A\n", "A".repeat(129))) {
            Refusal.of(() -> EnvName.of(name), "'" + name + "'", "as in TZ");
        }
    }

    @Test
    void takesAnyText() {
        for (String text : List.of("", " ", "\t", "two\nlines", "a=b", "\"'\\$%{}", "日本 😀", "é".repeat(16_384))) {
            assertEquals(text, EnvText.of(text).toString());
        }
    }

    @Test
    void refusesOtherControlCharacters() {
        for (String text : List.of("\r", "\u0000", "\u001b[2J", "\u0085", "half \ud83d")) {
            Refusal.of(() -> EnvText.of(text), "U+", "put it into a file");
        }
    }

    @Test
    void countsBytesAsTheKernelDoes() {
        Refusal.of(() -> EnvText.of("é".repeat(16_384) + "a"), "32769 bytes", "may have 32768");
    }
}
