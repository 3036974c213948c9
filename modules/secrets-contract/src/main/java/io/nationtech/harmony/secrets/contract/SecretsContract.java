package io.nationtech.harmony.secrets.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.SecretLookup;
import io.nationtech.harmony.secrets.Secrets;
import io.nationtech.harmony.secrets.SecretsUnavailableException;
import io.nationtech.harmony.secrets.Stored;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a secret store does. An adapter's test extends this and gives two clients of one empty store. */
public abstract class SecretsContract {
    private static final SecretRef PASSWORD = SecretRef.of("smtp-password");
    private static final int CONTENDERS = 4;

    private Secrets secrets;
    private Secrets other;

    protected SecretsContract() {}

    /** A new client of the test's store, which is empty at first. */
    protected abstract Secrets connect() throws Exception;

    @BeforeEach
    void connectTwice() throws Exception {
        secrets = connect();
        other = connect();
    }

    @AfterEach
    void close() {
        secrets.close();
        other.close();
    }

    @Test
    void whatWasPutIsFoundByEveryClient() {
        assertEquals(new Stored.At(1), put(secrets, PASSWORD, "correct horse", 0));

        assertEquals("correct horse", text(other, PASSWORD));
        assertEquals(1, held(other, PASSWORD).version());
    }

    @Test
    void whatWasNeverPutIsAbsent() {
        assertInstanceOf(SecretLookup.Absent.class, secrets.get(PASSWORD));
        put(secrets, SecretRef.of("another"), "x", 0);
        assertInstanceOf(SecretLookup.Absent.class, secrets.get(PASSWORD));
    }

    @Test
    void aNewVersionReplacesTheExpectedOne() {
        put(secrets, PASSWORD, "first", 0);

        assertEquals(new Stored.At(2), put(other, PASSWORD, "second", 1));

        assertEquals("second", text(secrets, PASSWORD));
    }

    @Test
    void anotherVersionThanTheExpectedOneIsAConflictAndChangesNothing() {
        put(secrets, PASSWORD, "first", 0);

        assertEquals(new Stored.Conflict(), put(other, PASSWORD, "too early", 0));
        assertEquals(new Stored.Conflict(), put(other, PASSWORD, "from the future", 7));
        assertEquals(new Stored.Conflict(), put(other, SecretRef.of("unknown"), "not there", 1));

        assertEquals("first", text(secrets, PASSWORD));
        assertInstanceOf(SecretLookup.Absent.class, secrets.get(SecretRef.of("unknown")));
    }

    @Test
    void rotatingMakesTheNextVersion() {
        put(secrets, PASSWORD, "old", 0);
        try (Secret fresh = secret("new")) {
            assertEquals(new Stored.At(2), secrets.rotate(PASSWORD, fresh));
        }
        assertEquals("new", text(other, PASSWORD));
    }

    @Test
    void settingMakesTheFirstOrTheNextVersion() {
        try (Secret fresh = secret("fresh")) {
            assertEquals(new Stored.At(1), secrets.set(PASSWORD, fresh));
            assertEquals(new Stored.At(2), other.set(PASSWORD, fresh));
        }
        assertEquals("fresh", text(secrets, PASSWORD));
    }

    @Test
    void rotatingWhatIsNotThereSaysHowToMakeIt() {
        try (Secret fresh = secret("new")) {
            var refused = assertThrows(SecretsUnavailableException.class, () -> secrets.rotate(PASSWORD, fresh));
            assertTrue(refused.why().next().contains("harmony secret set smtp-password"), refused.why()::toString);
        }
    }

    @Test
    void namesAreListedInOrder() {
        assertEquals(List.of(), secrets.list());
        put(secrets, SecretRef.of("b"), "1", 0);
        put(other, SecretRef.of("a"), "2", 0);
        assertEquals(List.of(SecretRef.of("a"), SecretRef.of("b")), secrets.list());
    }

    @Test
    void anyBytesAreKeptAsTheyAre() {
        byte[] all = new byte[512];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        try (Secret binary = Secret.takeFrom(all.clone());
                Secret largest = Secret.takeFrom(new byte[Secret.LARGEST])) {
            secrets.put(SecretRef.of("binary"), binary, 0);
            secrets.put(SecretRef.of("largest"), largest, 0);
            try (Secret found = held(other, SecretRef.of("binary")).secret();
                    Secret big = held(other, SecretRef.of("largest")).secret()) {
                assertTrue(found.matches(binary));
                assertTrue(big.matches(largest));
            }
        }
    }

    @Test
    void ofSeveralWhoPutTheSameVersionExactlyOneWins() throws Exception {
        List<Callable<Stored>> contenders = IntStream.range(0, CONTENDERS)
                .<Callable<Stored>>mapToObj(i -> () -> put(i % 2 == 0 ? secrets : other, PASSWORD, "contender " + i, 0))
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long winners = threads.invokeAll(contenders).stream()
                    .map(SecretsContract::result)
                    .filter(new Stored.At(1)::equals)
                    .count();
            assertEquals(1, winners);
        }
    }

    private static Stored result(Future<Stored> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static Stored put(Secrets store, SecretRef ref, String value, long expected) {
        try (Secret secret = secret(value)) {
            return store.put(ref, secret, expected);
        }
    }

    private static Secret secret(String value) {
        return Secret.takeFrom(value.toCharArray());
    }

    private static SecretLookup.Held held(Secrets store, SecretRef ref) {
        return assertInstanceOf(SecretLookup.Held.class, store.get(ref));
    }

    private static String text(Secrets store, SecretRef ref) {
        try (Secret secret = held(store, ref).secret()) {
            return secret.read(bytes -> new String(bytes, StandardCharsets.UTF_8));
        }
    }
}
