package io.nationtech.harmony.secrets.age;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.secrets.EnvironmentName;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.SecretLookup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the age tool itself, where it is installed (HARMONY_AGE names its folder, else the PATH). */
class AgeToolTest {
    private static final SecretRef PASSWORD = SecretRef.of("smtp-password");

    @TempDir
    private Path folder;

    @Test
    void ageOpensWhatWeWroteAndWeOpenWhatItWrote() throws Exception {
        Optional<Path> tools = tools();
        assumeTrue(tools.isPresent(), "age is not installed");
        String age = tools.get().resolve("age").toString();
        Path key = folder.resolve("key");
        run(tools.get().resolve("age-keygen").toString(), "-o", key.toString());
        try (AgeSecrets secrets = AgeSecrets.open(
                        folder,
                        EnvironmentName.of("prod"),
                        AgeIdentity.read(key),
                        InstantSource.fixed(AgeSecrets.ORIGIN));
                Secret value = Secret.takeFrom("correct horse".toCharArray())) {
            secrets.put(PASSWORD, value, 0);
            String recipient = secrets.recipients().first().value();

            String plain = run(age, "-d", "-i", key.toString(), secrets.place());
            assertEquals(
                    "harmony-secrets 1\nenvironment prod\nrecipient %s\nsecret smtp-password 1 Y29ycmVjdCBob3JzZQ==\n"
                            .formatted(recipient),
                    plain);

            Path edited = Files.writeString(folder.resolve("edited"), plain.replace(" 1 Y29y", " 2 Y29y"));
            run(age, "-r", recipient, "-o", secrets.place(), edited.toString());
            assertEquals(
                    2,
                    assertInstanceOf(SecretLookup.Held.class, secrets.get(PASSWORD))
                            .version());
        }
    }

    private static Optional<Path> tools() {
        return Stream.of(Optional.ofNullable(System.getenv("HARMONY_AGE")).orElse(System.getenv("PATH")))
                .flatMap(path -> Stream.of(path.split(":")))
                .map(Path::of)
                .filter(path -> Files.isExecutable(path.resolve("age")))
                .findFirst();
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }
}
