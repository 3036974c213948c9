package io.nationtech.harmony.nats.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.secrets.Secret;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPairTest {
    private static final byte[] MESSAGE = "what a server asks".getBytes(StandardCharsets.US_ASCII);

    private static Secret secret(String text) {
        return Secret.takeFrom(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static KeyPair of(KeyKind kind, String hex) {
        byte[] text = KeyText.of(kind.seedPrefix(), HexFormat.of().parseHex(hex));
        return KeyPair.ofSeed(Secret.takeFrom(text));
    }

    private static String hex(PublicKey key) {
        return HexFormat.of()
                .formatHex(KeyText.keyIn(
                                key.text().getBytes(StandardCharsets.US_ASCII),
                                key.kind().prefix())
                        .orElseThrow());
    }

    /** RFC 8032 §7.1, tests 1 to 3. */
    @Test
    void publicKeysAndSignaturesAreThoseOfTheStandard() {
        KeyPair one = of(KeyKind.USER, "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        KeyPair two = of(KeyKind.USER, "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
        KeyPair three = of(KeyKind.USER, "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7");

        assertEquals("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", hex(one.publicKey()));
        assertEquals("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", hex(two.publicKey()));
        assertEquals("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", hex(three.publicKey()));
        assertEquals(
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
                HexFormat.of().formatHex(two.sign(new byte[] {0x72})));
    }

    /** The pair in NATS' documentation of nkeys. */
    @Test
    void textsAreThoseOfNats() {
        KeyPair pair = KeyPair.ofSeed(secret("SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY"));

        assertEquals(
                "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4",
                pair.publicKey().text());
        assertEquals(pair.publicKey().text(), pair.toString());
    }

    @ParameterizedTest
    @EnumSource
    void aPairIsTheSameAfterItsSeedWasKept(KeyKind kind) {
        try (KeyPair pair = KeyPair.generate(kind)) {
            byte[] kept = pair.seed().read(byte[]::clone);
            KeyPair again = KeyPair.ofSeed(Secret.takeFrom(kept));

            assertEquals(pair.publicKey(), again.publicKey());
            assertEquals(pair.publicKey(), PublicKey.parse(pair.publicKey().text()));
            assertEquals(kind, again.publicKey().kind());
            assertArrayEquals(pair.sign(MESSAGE), again.sign(MESSAGE));
            assertTrue(pair.publicKey().isSigned(MESSAGE, again.sign(MESSAGE)));
        }
    }

    @Test
    void anothersSignatureIsNone() {
        try (KeyPair one = KeyPair.generate(KeyKind.USER);
                KeyPair other = KeyPair.generate(KeyKind.USER)) {
            byte[] signature = one.sign(MESSAGE);

            assertFalse(other.publicKey().isSigned(MESSAGE, signature));
            assertFalse(one.publicKey().isSigned("another".getBytes(StandardCharsets.US_ASCII), signature));
            assertFalse(one.publicKey().isSigned(MESSAGE, new byte[3]));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "U",
                "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF5",
                "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF",
                "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4A",
                "udxu4rcsjnzoiqhznwxhxordprtgnjahahfrgzneejcpqtt2m7nlcnf4",
                "ADXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4",
                "SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY",
                "\u00dcDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4"
            })
    void whatIsDamagedIsNoPublicKey(String text) {
        assertThrows(InvalidValueException.class, () -> PublicKey.parse(text));
    }

    @Test
    void whatIsDamagedIsNoSeedAndIsNotRepeated() {
        for (String text : new String[] {
            "SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VA",
            "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4",
            "hunter2"
        }) {
            InvalidValueException refused =
                    assertThrows(InvalidValueException.class, () -> KeyPair.ofSeed(secret(text)));
            assertFalse(String.valueOf(refused.getMessage()).contains(text), refused::getMessage);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", ">", "n1.n2", "N1", "-n1", "n1-", "n 1", "{{name()}}"})
    void aNameThatWouldPermitOthersSubjectsIsNone(String name) {
        assertThrows(InvalidValueException.class, () -> ClientName.of(name));
    }
}
