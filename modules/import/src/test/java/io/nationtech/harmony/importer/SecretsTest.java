package io.nationtech.harmony.importer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** No value of a secret is in anything that an import gives, wherever it stood. */
class SecretsTest {

    @Provide
    Arbitrary<String> secrets() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .numeric()
                .ofMinLength(10)
                .ofMaxLength(30)
                .map(text -> "q" + text + "7");
    }

    private static ImportResult imported(String compose, String environment, String file) throws IOException {
        Path folder = Files.createTempDirectory("harmony-secrets");
        try {
            Path source = Files.writeString(folder.resolve("compose.yaml"), compose);
            Files.writeString(folder.resolve(".env"), environment);
            Files.writeString(folder.resolve("own.env"), environment);
            Files.writeString(folder.resolve("own.conf"), file);
            return Imports.result(List.of(source));
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(one);
                }
            }
        }
    }

    @Property(tries = 60)
    void noneIsWrittenOrTold(
            @ForAll @From("secrets") String inEnvironment,
            @ForAll @From("secrets") String inFile,
            @ForAll @From("secrets") String inSource)
            throws IOException {
        ImportResult result = imported(
                """
                services:
                  web:
                    image: registry.example.org/web:1
                    env_file: own.env
                    command: serve --password %1$s --api-key=%1$s plain
                    environment:
                      DB_PASSWORD: %1$s
                      OTHER: "before %1$s after"
                      DATABASE_URL: mysql://web:%1$s@db:3306/web
                      API_URL: https://example.org/?key=${API_KEY}
                      UNSET: ${MAIL_PASSWORD}
                      SETTINGS: |
                        database:
                          password: k3str4
                        login: {user: me}
                        token: %1$s
                    volumes: ['./own.conf:/etc/own.conf']
                    healthcheck: {test: 'check -p %1$s'}
                    labels: {password: %1$s}
                  db:
                    image: mysql:8
                    environment: ['MYSQL_ROOT_PASSWORD=%1$s', 'MYSQL_PASSWORD=${API_KEY}']
                    command: '--init-password=%1$s'
                """.formatted(inSource),
                "API_KEY=%s\nWEB_TOKEN='%s'\n".formatted(inEnvironment, inEnvironment),
                "user = web\npassword = \"%s\"\nurl: redis://:%s@cache/0\n".formatted(inFile, inFile));

        String all = Imports.everything(result);

        for (String secret : List.of(inEnvironment, inFile, inSource, "k3str4")) {
            assertFalse(all.contains(secret), all);
        }
        assertTrue(result instanceof ImportResult.Imported, all);
    }

    @Property(tries = 30)
    void noneIsToldWhereTheSourceIsRefused(@ForAll @From("secrets") String secret) throws IOException {
        for (String broken : List.of(
                "services:\n  web:\n    image: x:1\n    environment:\n      PASSWORD: %s\n     TOKEN: %s\n",
                "services:\n  web:\n    image: x:1\n    environment: {A_PASSWORD: '%s', B: '${}'}\n    gpus: all\n    command: '--token %s'\n",
                "services:\n  web:\n    image: x:1\n    environment: {'a.password': '%s'}\n    secrets: &a [*a, '%s']\n",
                "services:\n  web:\n    image: x:1\n    environment: {A_PASSWORD: '%s\\u0001'}\n    ports: ['a%sb']\n    command: \"--password 'x\"\n")) {
            ImportResult result = imported(
                    broken.replaceFirst("%s", secret).replace("a%sb", "ab").replace("%s", secret),
                    "X_TOKEN=" + secret,
                    "");

            String all = Imports.everything(result);

            assertTrue(result instanceof ImportResult.Refused, all);
            assertFalse(all.contains(secret), all);
        }
    }

    @Test
    void oneValueIsOneSecretUnderTheNameThatItHasFirst() throws IOException {
        ImportedModule module = Imports.imported(imported("""
                services:
                  db: {image: 'postgres:17', environment: {POSTGRES_PASSWORD: tR5eW2qA9s}}
                  web: {image: 'x.example.org/web:1', environment: {DB_PASS: tR5eW2qA9s, URL: 'postgres://u:tR5eW2qA9s@db/x'}}
                """, "", ""));

        assertEquals(
                List.of("harmony secret set postgres-password"),
                module.secrets().stream().map(WantedSecret::command).toList());
        assertTrue(Imports.java(module).contains(".inUrl(SecretRef.of(\"postgres-password\"))"), Imports.java(module));
    }

    @Test
    void aShellInTheContainerPutsASecretIntoACommand() throws IOException {
        String java = Imports.java(Imports.imported(imported(
                "services: {cache: {image: 'redis:8', command: ['--requirepass', '${CACHE_PASSWORD}', '--user', 'it''s']}}",
                "",
                "")));

        assertTrue(
                java.contains(
                        "Arguments.of(\"/bin/sh\", \"-c\", \"exec redis-server --requirepass \\\"${CACHE_PASSWORD}\\\" --user 'it'\\\\''s'\")"),
                java);
        assertTrue(java.contains("SecretRef.of(\"cache-password\")"), java);
    }

    @Test
    void aCommandsSecretIsNotTakenForAnotherOfTheSameName() throws IOException {
        String java = Imports.java(Imports.imported(imported(
                "services: {cache: {image: 'redis:8', command: 'redis-server --requirepass ${PASSWORD}', environment: {PASSWORD: '${OTHER_PASSWORD}'}}}",
                "",
                "")));

        assertTrue(java.contains("--requirepass \\\"${PASSWORD_2}\\\""), java);
        assertTrue(java.contains("EnvName.of(\"PASSWORD_2\"), SecretRef.of(\"password\")"), java);
    }
}
