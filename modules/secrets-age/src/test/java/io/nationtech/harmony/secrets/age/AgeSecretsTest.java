package io.nationtech.harmony.secrets.age;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.secrets.EnvironmentName;
import io.nationtech.harmony.secrets.RecipientKey;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.SecretLookup;
import io.nationtech.harmony.secrets.SecretsUnavailableException;
import io.nationtech.harmony.secrets.contract.Leak;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class AgeSecretsTest {
    private static final String VALUE = "correct horse battery staple";
    private static final SecretRef PASSWORD = SecretRef.of("smtp-password");
    private static final EnvironmentName PROD = EnvironmentName.of("prod");

    @TempDir
    private Path folder;

    private final AgeIdentity alice = AgeIdentity.generate();
    private final AgeIdentity bob = AgeIdentity.generate();
    private AgeSecrets secrets;

    @BeforeEach
    void onePassword() {
        secrets = AgeSecrets.open(folder, PROD, alice, InstantSource.fixed(AgeSecrets.ORIGIN));
        put(secrets, VALUE, 0);
    }

    @AfterEach
    void close() {
        alice.close();
        bob.close();
    }

    @Test
    void theFileIsTheOwnersAndTellsNeitherValueNorName() throws IOException {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        Leak.of(VALUE).absentFromFilesIn(folder);
        Leak.of(PASSWORD.name()).absentFromFilesIn(folder);
    }

    @Test
    void aKeyThatIsNoRecipientIsToldSoAndHowToBecomeOne() {
        AgeSecrets stranger = AgeSecrets.open(folder, PROD, bob, InstantSource.fixed(AgeSecrets.ORIGIN));

        Cause cause = refusal(() -> stranger.get(PASSWORD));

        assertTrue(cause.what().contains(bob.recipient() + " does not open the store of 'prod'"), cause::toString);
        assertTrue(cause.next().contains("--recipient " + bob.recipient()), cause::toString);
    }

    @Test
    void everyRecipientReadsAndWrites() {
        secrets.rotateKey(alice, Set.of(bob.recipient()));
        AgeSecrets bobs = AgeSecrets.open(folder, PROD, bob, InstantSource.fixed(AgeSecrets.ORIGIN));

        assertEquals(VALUE, text(bobs));
        put(bobs, "bob's", 1);

        assertEquals("bob's", text(secrets));
        assertEquals(Set.of(alice.recipient(), bob.recipient()), secrets.recipients());
    }

    @Test
    void rotatingTheKeyLocksTheOldOneOutAndKeepsEverySecret() throws IOException {
        byte[] before = Files.readAllBytes(file());

        AgeSecrets successors = secrets.rotateKey(bob, Set.of());

        assertEquals(VALUE, text(successors));
        refusal(() -> secrets.get(PASSWORD));
        assertFalse(Arrays.equals(before, Files.readAllBytes(file())));
    }

    @Test
    void aRecipientThatIsNoKeyIsRefusedAndNothingChanges() throws IOException {
        byte[] before = Files.readAllBytes(file());
        assertThrows(
                InvalidValueException.class,
                () -> secrets.rotateKey(alice, Set.of(RecipientKey.of("age1notavalidkey"))));
        assertArrayEquals(before, Files.readAllBytes(file()));
    }

    @Test
    void anyByteThatWasAlteredIsNoticed() throws IOException {
        byte[] whole = Files.readAllBytes(file());
        for (int at = 0; at < whole.length; at++) {
            byte[] altered = whole.clone();
            altered[at] ^= 1;
            Files.write(file(), altered);
            String what = refusal(() -> secrets.get(PASSWORD)).what();
            assertTrue(
                    what.matches("the (store is damaged|key .* does not open|store was written by a newer).*"), what);
        }
    }

    @Test
    void aFileThatWasCutOffAnywhereIsNoticedAndNeverReplaced() throws IOException {
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length < whole.length; length += length < 30 ? 1 : 7) {
            byte[] half = Arrays.copyOf(whole, length);
            Files.write(file(), half);
            refusal(() -> secrets.get(PASSWORD));
            refusal(() -> put(secrets, "new", 0));
            assertArrayEquals(half, Files.readAllBytes(file()));
        }
    }

    @Test
    void whatAnInterruptedWriteLeftBehindIsNeitherReadNorInTheWay() throws IOException {
        Files.write(folder.resolve("prod.age.new"), Arrays.copyOf(Files.readAllBytes(file()), 100));

        assertEquals(VALUE, text(secrets));
        put(secrets, "next", 1);

        assertEquals("next", text(secrets));
        assertFalse(Files.exists(folder.resolve("prod.age.new")));
    }

    @Test
    void aFileOfAnotherEnvironmentIsRefused() throws IOException {
        Files.copy(file(), folder.resolve("dev.age"));
        AgeSecrets dev =
                AgeSecrets.open(folder, EnvironmentName.of("dev"), alice, InstantSource.fixed(AgeSecrets.ORIGIN));
        assertEquals(
                "the file has the secrets of 'prod', not of 'dev'",
                refusal(() -> dev.get(PASSWORD)).what());
    }

    @Test
    void aLaterFormatIsToldAsSuch() throws IOException {
        encrypted("harmony-secrets 2\nanything\n");
        assertTrue(refusal(() -> secrets.get(PASSWORD)).what().contains("a newer Harmony (format 2)"));

        Files.writeString(file(), "age-encryption.org/v2\n-> X25519\n");
        assertTrue(refusal(() -> secrets.get(PASSWORD)).what().contains("a newer Harmony (the age format)"));
    }

    @Test
    void anEncryptedFileOfSomethingElseIsRefusedWithoutRepeatingIt() throws IOException {
        for (String content : new String[] {
            VALUE,
            "harmony-secrets 1\n" + VALUE,
            "harmony-secrets 1\nenvironment prod\nsecret smtp-password 1 " + VALUE + "\n",
            "harmony-secrets 1\nenvironment prod\nsecret smtp-password 0 eA==\n",
            "harmony-secrets 1\nenvironment prod\n\n"
        }) {
            encrypted(content);
            var refused = assertThrows(SecretsUnavailableException.class, () -> secrets.get(PASSWORD));
            assertTrue(refused.why().what().contains("not written by Harmony"), refused::getMessage);
            Leak.of(VALUE).absentFrom(refused);
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsToldAndTheStoreStays() throws IOException {
        Files.createDirectory(folder.resolve("prod.age.new"));
        Files.writeString(folder.resolve("prod.age.new").resolve("in-the-way"), "x");

        Cause cause = refusal(() -> put(secrets, "next", 1));

        assertTrue(cause.what().startsWith("the store cannot be written"), cause::toString);
        assertEquals(VALUE, text(secrets));
    }

    private void encrypted(String content) throws IOException {
        byte[] plain = content.getBytes(StandardCharsets.US_ASCII);
        Files.write(file(), AgeCipher.encrypt(plain, Set.of(alice.recipient())));
    }

    private Path file() {
        return folder.resolve("prod.age");
    }

    private static Cause refusal(Executable work) {
        var refused = assertThrows(SecretsUnavailableException.class, work);
        Leak.of(VALUE).absentFrom(refused);
        return refused.why();
    }

    private static void put(AgeSecrets store, String value, long expected) {
        try (Secret secret = Secret.takeFrom(value.toCharArray())) {
            store.put(PASSWORD, secret, expected);
        }
    }

    private static String text(AgeSecrets store) {
        try (Secret secret =
                assertInstanceOf(SecretLookup.Held.class, store.get(PASSWORD)).secret()) {
            return secret.read(bytes -> new String(bytes, StandardCharsets.UTF_8));
        }
    }
}
