package io.nationtech.harmony.os.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.system.SystemVersion;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LastFailureTest {
    @Test
    void aLongReasonIsCut() {
        String what = LastFailure.parse("version 202602020000\n" + "x".repeat(20_000), Instant.EPOCH)
                .orElseThrow()
                .why()
                .what();
        assertTrue(what.startsWith("202602020000 was started, did not get well, and the node went back: xxx"), what);
        assertEquals(2_000, what.length());
    }

    @Test
    void itsFirstLineAloneWillDo() {
        assertEquals(
                SystemVersion.of("202602020000"),
                LastFailure.parse("version 202602020000", Instant.EPOCH)
                        .orElseThrow()
                        .to());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "version", "version \n", "version ../..\nx", "202602020000\nx", "\0\0\0"})
    void whatIsNothingOfTheSortSaysNothing(String text) {
        assertEquals(Optional.empty(), LastFailure.parse(text, Instant.EPOCH));
    }
}
