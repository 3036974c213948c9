package io.nationtech.harmony.secrets.age;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.secrets.EnvironmentName;
import io.nationtech.harmony.secrets.RecipientKey;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.SecretLookup;
import io.nationtech.harmony.secrets.SecretsUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at any moment of a rotation leaves a file that one of the two keys opens, with every secret in it. */
class KilledRotationTest {
    private static final SecretRef PASSWORD = SecretRef.of("smtp-password");
    private static final EnvironmentName PROD = EnvironmentName.of("prod");
    private static final int LONGEST_ROTATION_NANOS = 4_000_000;

    private static final int ROTATIONS = 40;

    @TempDir
    private Path folder;

    private final Random random = new Random();

    @RepeatedTest(3)
    void theFileIsTheOldOrTheNewOne() throws Exception {
        try (AgeIdentity one = newKey("one");
                AgeIdentity other = newKey("other");
                Secret value = Secret.takeFrom("correct horse".toCharArray())) {
            AgeSecrets secrets = AgeSecrets.open(folder, PROD, one);
            secrets.put(PASSWORD, value, 0);

            killWhileRotating();

            AgeSecrets left = readable(secrets) ? secrets : AgeSecrets.open(folder, PROD, other);
            try (Secret found = assertInstanceOf(SecretLookup.Held.class, left.get(PASSWORD))
                    .secret()) {
                assertEquals("correct horse", found.read(bytes -> new String(bytes, StandardCharsets.UTF_8)));
            }
            SortedSet<RecipientKey> recipients = left.rotateKey(one, Set.of()).recipients();
            assertEquals(Set.of(one.recipient()), recipients);
        }
    }

    /** What a reader sees at any moment is what a crash at that moment leaves; it looks far more often than a test can kill. */
    @Test
    void whoReadsMeanwhileSeesTheOldOrTheNewOne() throws Exception {
        try (AgeIdentity one = newKey("one");
                AgeIdentity other = newKey("other");
                Secret value = Secret.takeFrom("correct horse".toCharArray());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            AgeSecrets secrets = AgeSecrets.open(folder, PROD, one);
            secrets.put(PASSWORD, value, 0);

            var rotating = threads.submit(() -> {
                for (int i = 0; i < ROTATIONS; i++) {
                    secrets.rotateKey(other, Set.of()).rotateKey(one, Set.of());
                }
            });
            Path file = Path.of(secrets.place());
            while (!rotating.isDone()) {
                byte[] seen = Files.readAllBytes(file);
                boolean isWhole = Stream.of(one, other)
                        .anyMatch(key -> AgeCipher.decrypt(seen, key) instanceof AgeCipher.Decrypted.Plain);
                assertTrue(isWhole, () -> "a file of %d bytes that no key opens".formatted(seen.length));
            }
            rotating.get();
        }
    }

    private void killWhileRotating() throws IOException, InterruptedException {
        String classes = String.join(
                ":",
                Path.of("target", "test-classes").toAbsolutePath().toString(),
                System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classes,
                        RotateForever.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            for (int rotations = 5 + random.nextInt(20); rotations > 0; rotations--) {
                assertEquals('.', process.getInputStream().read());
            }
            LockSupport.parkNanos(random.nextInt(LONGEST_ROTATION_NANOS));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static boolean readable(AgeSecrets secrets) {
        try {
            secrets.list();
            return true;
        } catch (SecretsUnavailableException e) {
            return false;
        }
    }

    private AgeIdentity newKey(String name) {
        AgeIdentity identity = AgeIdentity.generate();
        identity.writeTo(folder.resolve(name));
        return identity;
    }
}
