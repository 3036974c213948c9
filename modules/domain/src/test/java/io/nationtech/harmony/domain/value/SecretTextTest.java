package io.nationtech.harmony.domain.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.SecretText.Part;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTextTest {
    private static final SecretRef DB = SecretRef.of("db");
    private static final SecretText ADDRESS = SecretText.of(EnvText.of("postgres://app:"))
            .inUrl(DB)
            .and(EnvText.of("@db/$$x?key="))
            .and(SecretRef.of("key"));

    @Test
    void isWrittenWithTheNamesOfItsSecrets() {
        assertEquals("postgres://app:${db:url}@db/$$$$x?key=${key}", ADDRESS.toString());
        assertEquals(List.of(DB, SecretRef.of("key")), ADDRESS.secrets());
        assertEquals("${db}", SecretText.of(DB).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "$$", "${db}", "${db:url}", "${db}${db}", "$${db}", "$$${db}\n", "{db}", "a}${db}}ä😀"})
    void isReadAsItIsWritten(String written) {
        assertEquals(written, SecretText.parse(written).toString());
        assertEquals(ADDRESS, SecretText.parse(ADDRESS.toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"$", "a$b", "${", "${}", "${db", "${a b}", "${db:html}", "${db:url:url}", "$$$", "${db}\u0000"})
    void whatIsWrittenOtherwiseIsRefused(String written) {
        assertThrows(InvalidValueException.class, () -> SecretText.parse(written));
    }

    @Test
    void saysWhereADollarIsWrong() {
        String message = assertThrows(InvalidValueException.class, () -> SecretText.parse("ab$c"))
                .getMessage();
        assertTrue(message.endsWith("at character 3"), message);
    }

    @Test
    void equalTextsAreEqualHoweverTheyWerePutTogether() {
        assertEquals(
                SecretText.of(EnvText.of("ab")).and(DB),
                SecretText.of(EnvText.of(""))
                        .and(EnvText.of("a"))
                        .and(EnvText.of("b"))
                        .and(DB)
                        .and(EnvText.of("")));
        assertEquals(
                new SecretText(List.of(new Part.Value(DB), new Part.Value(DB))),
                SecretText.of(DB).and(EnvText.of("")).and(DB));
    }
}
