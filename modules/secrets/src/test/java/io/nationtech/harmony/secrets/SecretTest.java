package io.nationtech.harmony.secrets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SecretTest {
    private static final String VALUE = "correct horse battery staple";

    @Test
    void itShowsItselfAsASecret() {
        try (Secret secret = secret()) {
            assertEquals("(secret)", secret.toString());
            assertEquals("Held[secret=(secret), version=3]", new SecretLookup.Held(secret, 3).toString());
        }
    }

    @Test
    void theArrayItWasTakenFromHoldsZerosAlsoWhenItIsRefused() {
        byte[] taken = VALUE.getBytes(StandardCharsets.UTF_8);
        char[] characters = VALUE.toCharArray();
        byte[] refused = new byte[Secret.LARGEST + 1];
        refused[7] = 7;

        Secret.takeFrom(taken).close();
        Secret.takeFrom(characters).close();
        assertThrows(IllegalArgumentException.class, () -> Secret.takeFrom(refused));

        assertArrayEquals(new byte[taken.length], taken);
        assertArrayEquals(new char[characters.length], characters);
        assertArrayEquals(new byte[refused.length], refused);
    }

    @Test
    void theLentCopyHoldsZerosAfterwardsAlsoWhenTheReaderFails() {
        AtomicReference<byte[]> kept = new AtomicReference<>();
        try (Secret secret = secret()) {
            assertEquals(VALUE, secret.read(bytes -> new String(bytes, StandardCharsets.UTF_8)));
            assertThrows(
                    IllegalStateException.class,
                    () -> secret.read(bytes -> {
                        kept.set(bytes);
                        throw new IllegalStateException("the reader's own failure");
                    }));
        }
        assertArrayEquals(new byte[VALUE.length()], kept.get());
    }

    @Test
    void onceClosedNobodyReadsIt() {
        Secret secret = secret();
        secret.close();
        secret.close();
        assertThrows(IllegalStateException.class, () -> secret.read(bytes -> bytes.length));
    }

    @Test
    void equalityTellsNothingOfTheValueButMatchesDoes() {
        try (Secret one = secret();
                Secret same = secret();
                Secret different = Secret.takeFrom("something else".toCharArray())) {
            assertNotEquals(one, same);
            assertTrue(one.matches(same));
            assertFalse(one.matches(different));
        }
    }

    @Test
    void itCannotBeSerialised() throws IOException {
        try (Secret secret = secret();
                ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
            assertThrows(NotSerializableException.class, () -> out.writeObject(secret));
        }
    }

    @Test
    void aRandomOneHasTheAskedLengthAndIsNeverTheSame() {
        SecureRandom random = new SecureRandom();
        try (Secret one = Secret.random(random, 22);
                Secret other = Secret.random(random, 22)) {
            assertTrue(one.read(bytes -> new String(bytes, StandardCharsets.US_ASCII))
                    .matches("[A-Za-z0-9]{22}"));
            assertFalse(one.matches(other));
        }
        assertThrows(IllegalArgumentException.class, () -> Secret.random(random, 15));
    }

    @Test
    void anEmptyOneIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Secret.takeFrom(new byte[0]));
        assertThrows(IllegalArgumentException.class, () -> Secret.takeFrom(new char[0]));
    }

    @Test
    void aPrivateKeyTakenForAPublicOneIsNotRepeated() {
        String wrong = "AGE-SECRET-KEY-1NOTAKEY";
        String message = assertThrows(InvalidValueException.class, () -> RecipientKey.of(wrong))
                .getMessage();
        assertFalse(message.contains("NOTAKEY"), message);
    }

    @Test
    void whatIsSealedTravelsAsText() {
        SealedSecret sealed = SealedSecret.of(new byte[] {1, 2, 3});
        assertEquals(sealed, SealedSecret.parse(sealed.text()));
        assertEquals("sealed, 3 bytes", sealed.toString());
        assertThrows(InvalidValueException.class, () -> SealedSecret.parse("not base64!"));
        assertThrows(InvalidValueException.class, () -> SealedSecret.of(new byte[(1 << 17) + 1]));
    }

    private static Secret secret() {
        return Secret.takeFrom(VALUE.toCharArray());
    }
}
