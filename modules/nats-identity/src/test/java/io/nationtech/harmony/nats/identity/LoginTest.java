package io.nationtech.harmony.nats.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.secrets.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {
    private static final MeshRole NODE = new MeshRole("node", List.of("a"), List.of("b"));
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    private final MeshAuthority authority = MeshAuthority.create(List.of(NODE));
    private final KeyPair key = KeyPair.generate(KeyKind.USER);

    private Token token(KeyPair about) {
        return authority.login(NODE, ClientName.of("n1"), about.publicKey(), NOW.plus(Duration.ofDays(1)), NOW);
    }

    private String text() {
        try (Secret text = new Login(token(key), key).text()) {
            return text.read(bytes -> new String(bytes, StandardCharsets.US_ASCII));
        }
    }

    private static Login read(String text) {
        return Login.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatWasKeptIsTheSameLogin() {
        byte[] kept = text().getBytes(StandardCharsets.US_ASCII);

        Login again = Login.read(kept);

        assertEquals(token(key), again.token());
        assertEquals(key.publicKey(), again.key().publicKey());
        assertEquals(Optional.of(NOW.plus(Duration.ofDays(1))), again.token().until());
        assertEquals("login of n1", again.toString());
        assertArrayEquals(new byte[kept.length], kept, "nothing is left of it");
        assertFalse(again.isOver(NOW));
        assertTrue(again.isOver(NOW.plus(Duration.ofDays(1))));
    }

    @Test
    void whatOtherToolsWriteAroundIsLeftOut() {
        String written =
                text().replace("\n", "\r\n").replace("\r\n\r\n", "\r\n\r\n**** IMPORTANT ****\r\nkeep it\r\n\r\n");

        assertEquals(token(key), read(written).token());
    }

    @Test
    void aKeyBesideAnothersWordIsRefused() {
        try (KeyPair other = KeyPair.generate(KeyKind.USER)) {
            assertThrows(InvalidValueException.class, () -> new Login(token(other), key));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-----",
                "-----BEGIN NATS USER JWT-----\na.b.c\n------END NATS USER JWT------\n",
                "-----\na.b.c\n-----\n-----\nSUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY\n-----\n",
                "-----\na.bnVsbA.c\n-----\n-----\nSUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY\n-----\n",
                "-----\na.e30.c\n-----\n-----\nSUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY\n-----\n",
                "-----\n\n-----\n-----\n\n-----\n",
                "-----\nhunter2\n-----\n-----\nhunter2\n-----\n-----\nhunter2\n-----\n"
            })
    void whatIsDamagedIsNoLoginAndIsNotRepeated(String text) {
        InvalidValueException refused = assertThrows(InvalidValueException.class, () -> read(text));

        assertFalse(String.valueOf(refused.getMessage()).contains("SUAC"), refused::getMessage);
        assertFalse(String.valueOf(refused.getMessage()).contains("hunter2"), refused::getMessage);
    }

    @Test
    void aFileOfAnotherKindIsRefusedWhateverItsSize() {
        assertThrows(InvalidValueException.class, () -> Login.read(new byte[1 << 20]));
    }
}
