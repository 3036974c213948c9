package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.secrets.contract.Leak;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets, as a person or a script types and pipes them. */
class SecretCommandsTest {
    private static final String VALUE = "correct horse battery";

    @TempDir
    private Path folder;

    @BeforeEach
    void makeKey() {
        done(given("", "key", "new"));
    }

    @Test
    void aKeyIsForItsOwnerAlone() throws IOException {
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("own.key"))));
        assertEquals(1, given("", "key", "new").exitCode(), "and is never overwritten");
        assertTrue(done(given("", "key", "show")).out().matches("age1[a-z0-9]{58}\n"));
    }

    @Test
    void whatIsSetIsGotListedAndNowhereInTheFiles() throws IOException {
        Typed set = done(given(VALUE + "\n", "set", "db-password"));
        assertTrue(set.err().matches("(?s)Secret db-password has version [0-9]+ in .*"), set.err());
        done(given("another", "set", "api-token"));

        assertEquals(VALUE, done(given("", "get", "db-password")).out());
        String list = done(given("", "list")).out();
        assertTrue(list.matches("SECRET       VERSION\napi-token    [0-9]+\ndb-password  [0-9]+\n"), list);
        assertTrue(done(given("", "list", "--output", "json")).out().contains("\"name\" : \"db-password\""));
        Leak.of(VALUE).absentFromFilesIn(folder);
    }

    @Test
    void rotatingMakesARandomValue() {
        done(given(VALUE, "set", "db-password"));

        Typed rotated = done(given("", "rotate", "db-password", "--length", "40"));

        assertTrue(rotated.err().matches("(?s)Secret db-password has version [0-9]+ in .*"), rotated.err());
        assertTrue(done(given("", "get", "db-password")).out().matches("[A-Za-z0-9]{40}"));
    }

    @Test
    void aValueOnTheCommandLineIsRefusedAndNotRepeated() {
        Typed refused = given("", "set", "db-password", VALUE);

        assertEquals(2, refused.exitCode());
        assertTrue(refused.err().contains("does not belong on the command line"), refused.err());
        assertFalse(refused.err().contains(VALUE), refused.err());
        assertFalse(given("", "set", "Hunter2!Hunter2!").err().contains("Hunter2!Hunter2!"));
    }

    @Test
    void withoutATerminalNobodyIsAsked() {
        Typed refused = given("", "set", "db-password");

        assertEquals(1, refused.exitCode());
        assertTrue(refused.err().contains("the standard input is empty and no terminal"), refused.err());
    }

    @Test
    void aStoreIsOpenedByItsRecipientsAndNobodyElse() {
        done(given(VALUE, "set", "db-password"));
        String theirs = folder.resolve("their.key").toString();
        String publicKey = done(Typed.given("", "secret", "key", "new", "--key", theirs))
                .out()
                .strip();
        String[] asThem = {"secret", "get", "db-password", "--key", theirs, "--secrets", store()};
        Typed refused = Typed.given("", asThem);
        assertEquals(1, refused.exitCode());
        assertTrue(refused.err().contains("does not open the store of 'default'"), refused.err());
        assertTrue(refused.err().contains("harmony secret rotate --recipient " + publicKey), refused.err());

        Typed rotated = done(given("", "rotate", "--recipient", publicKey));
        assertTrue(rotated.err().contains(publicKey), rotated.err());
        assertEquals(VALUE, done(Typed.given("", asThem)).out());

        done(given("", "rotate", "--only-mine"));
        assertEquals(1, Typed.given("", asThem).exitCode());
        assertEquals(VALUE, done(given("", "get", "db-password")).out());
    }

    @Test
    void whoHasNoKeyIsToldHowToMakeOne() throws IOException {
        Files.delete(folder.resolve("own.key"));

        Typed refused = given(VALUE, "set", "db-password");

        assertEquals(1, refused.exitCode());
        assertTrue(refused.err().contains("make one with: harmony secret key new"), refused.err());
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertTrue(given("", "get", "nothing").err().contains("there is no secret 'nothing'"));
        assertTrue(given("", "rotate", "nothing").err().contains("harmony secret set nothing"));
        assertEquals(2, given("", "rotate").exitCode());
    }

    @Test
    void whatAModuleIsConfiguredWithIsExplained() throws IOException {
        Path jar = configuredModule();
        Path file = Files.writeString(folder.resolve("shop.conf"), "smtp.host = mail.example.org\n");
        done(given(VALUE, "set", "smtp-password"));
        String[] explain = {
            "config", "explain", jar.toString(), "--config", file.toString(), "--secrets", store(), "--key", key()
        };

        Typed explained = Typed.given("", explain);

        assertEquals(1, explained.exitCode(), explained.err());
        assertEquals(
                Stream.of(
                                "smtp.host      mail.example.org  " + file + ":1",
                                "smtp.password  (secret)          secret store " + store() + "/default.age",
                                "db-password    MISSING           a secret; run: harmony secret set db-password")
                        .toList(),
                explained.out().lines().toList());
        done(given("x-and-more", "set", "db-password"));
        Typed complete = done(Typed.given("", explain));
        assertTrue(complete.out().matches("(?s).*\\(secret\\) version [0-9]+.*"), complete.out());
        assertFalse(complete.out().contains(VALUE));
    }

    /** A deployment that reads a secret, with a configuration beside it. */
    private Path configuredModule() {
        String module =
                "module shop { requires io.nationtech.harmony.domain; opens shop to io.nationtech.harmony.config; "
                        + "provides io.nationtech.harmony.domain.DeploymentModule with shop.Shop; }";
        String config = """
                package shop;

                import io.nationtech.harmony.domain.value.*;

                record SmtpConfig(DnsName host, SecretRef password) {}
                """;
        String shop = """
                package shop;

                import io.nationtech.harmony.domain.*;
                import io.nationtech.harmony.domain.capability.*;
                import io.nationtech.harmony.domain.score.ContainerService;
                import io.nationtech.harmony.domain.value.*;

                public final class Shop implements DeploymentModule {
                    interface Home extends ContainerRuntime, SecretStore {}

                    @Override
                    public Deployment<Home> deployment() {
                        var web = ContainerService.named(ServiceName.of("web"))
                                .image(ImageReference.of("registry.internal/web:1"))
                                .publishes(Port.of(8080))
                                .probedAt(HttpPath.of("/"))
                                .memoryLimit(Memory.mebibytes(64));
                        return Deployment.named(DeploymentName.of("shop"))
                                .on(Topology.of(TopologyName.of("home"), Home.class, Site.of("home")))
                                .runs(web.secrets(SecretRef.of("db-password")))
                                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
                    }
                }
                """;
        Path classes = new Workshop(folder.resolve("sources"))
                .compile("shop", module, java.util.Map.of("shop/SmtpConfig.java", config, "shop/Shop.java", shop));
        return Workshop.jar(classes, folder.resolve("jars/shop.jar"));
    }

    private static Typed done(Typed typed) {
        assertEquals(0, typed.exitCode(), typed.err());
        return typed;
    }

    private Typed given(String input, String... arguments) {
        return Typed.given(
                input,
                Stream.of(Stream.of("secret"), Stream.of(arguments), stored(arguments))
                        .flatMap(words -> words)
                        .toArray(String[]::new));
    }

    private Stream<String> stored(String... arguments) {
        return arguments[0].equals("key") ? Stream.of("--key", key()) : Stream.of("--key", key(), "--secrets", store());
    }

    private String key() {
        return folder.resolve("own.key").toString();
    }

    private String store() {
        return folder.resolve("store").toString();
    }
}
