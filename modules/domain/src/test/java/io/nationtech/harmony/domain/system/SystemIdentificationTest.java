package io.nationtech.harmony.domain.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemIdentificationTest {
    private static SystemIdentification of(String text) {
        return new SystemIdentification(text);
    }

    @Test
    void fieldsAreReadPlainAndInBothKindsOfQuotes() {
        SystemIdentification debian = of("""
                PRETTY_NAME="Debian GNU/Linux 13 (trixie)"
                # ID=comment
                VERSION_ID='13'
                ID=debian
                IMAGE_ID="harmony"
                IMAGE_VERSION=202611302100
                """);

        assertEquals(Optional.of("Debian GNU/Linux 13 (trixie)"), debian.prettyName());
        assertEquals(Optional.of("debian"), debian.id());
        assertEquals(Optional.of("13"), debian.versionId());
        assertEquals(Optional.of(SystemVersion.of("202611302100")), debian.image());
        assertEquals(Optional.of("arch"), of("ID=arch\r\n").id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "IMAGE_VERSION=202611302100",
                "IMAGE_ID=incus\nIMAGE_VERSION=202611302100",
                "IMAGE_ID=harmony\nIMAGE_VERSION=latest",
                "IMAGE_ID=harmony\nIMAGE_VERSION=2026113021000",
                "IMAGE_ID=harmony"
            })
    void onlyHarmonysOwnImageHasAVersionThatCounts(String text) {
        assertEquals(Optional.empty(), of(text).image());
    }

    @Test
    void whatIsNotAsItShouldBeIsNone() {
        assertEquals(Optional.empty(), of("PRETTY_NAME=\"\u001b[31mred\"").prettyName());
        assertEquals(
                Optional.empty(), of("PRETTY_NAME=\"" + "x".repeat(201) + '"').prettyName());
        assertEquals(Optional.empty(), of("ID=\"half").id());
        assertEquals(Optional.empty(), of("ID=").id());
        assertEquals(Optional.empty(), of("VERSION_ID=13").id());
    }
}
