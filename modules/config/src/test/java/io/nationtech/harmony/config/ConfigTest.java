package io.nationtech.harmony.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.config.Setting.State;
import io.nationtech.harmony.domain.value.Cidr;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.SecretRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
    @TempDir
    private Path folder;

    private World world;

    @BeforeEach
    void emptyWorld() {
        world = new World(folder);
    }

    record OneConfig(DnsName host) {}

    @Test
    void theFirstSourceWins() throws IOException {
        world.secret(world.second, "one-host", "second.example");
        assertEquals("second.example", host());
        world.secret(world.embedded, "one-host", "embedded.example");
        assertEquals("embedded.example", host());
        world.file("one.host = file.example\n");
        assertEquals("file.example", host());
        world.variable("HARMONY_ONE_HOST", "variable.example");
        assertEquals("variable.example", host());
    }

    private String host() {
        return world.config().of(OneConfig.class).host().value();
    }

    @Test
    void aSecretStaysAReferenceToTheStoreThatHasIt() throws IOException {
        world.file("smtp.host = mail.example.org\nsmtp.port = 25\n")
                .secret(world.embedded, "smtp-password", "hunter2!");

        SmtpConfig smtp = world.config().of(SmtpConfig.class);

        assertEquals(new SmtpConfig(DnsName.of("mail.example.org"), Port.of(25), SecretRef.of("smtp-password")), smtp);
    }

    @Test
    void aFileMaySayWhichSecret() throws IOException {
        world.file("smtp.host = m.example\nsmtp.port = 25\nsmtp.password = secret:shared-mail\n");
        var refused = assertThrows(ConfigException.class, () -> world.config().of(SmtpConfig.class));
        assertTrue(refused.getMessage().contains("no secret store has 'shared-mail'"), refused.getMessage());

        world.secret(world.second, "shared-mail", "hunter2!");
        assertEquals(
                SecretRef.of("shared-mail"), world.config().of(SmtpConfig.class).password());
    }

    @Test
    void everyMissingAndInvalidValueIsToldAtOnceWithWhereToSetIt() {
        world.variable("HARMONY_SMTP_PORT", "99999");

        var refused = assertThrows(ConfigException.class, () -> world.config().of(SmtpConfig.class));

        assertEquals("""
                the configuration is not complete: 2 missing, 1 wrong
                smtp.host      MISSING  a DnsName; set HARMONY_SMTP_HOST, or set smtp.host in %1$s, or run: harmony secret set smtp-host
                smtp.port      INVALID  port 99999 is outside 1..65535 (environment HARMONY_SMTP_PORT); correct it there
                smtp.password  MISSING  a secret; run: harmony secret set smtp-password""".formatted(world.file), refused.getMessage());
    }

    @Test
    void aKeyThatIsNearlyRightIsPointedOut() throws IOException {
        world.file("smtp.port = 25\none.hsot = a.example\n");
        var refused = assertThrows(ConfigException.class, () -> world.config().of(OneConfig.class));
        assertTrue(
                refused.getMessage()
                        .contains("correct one.hsot in %s:2, or set HARMONY_ONE_HOST".formatted(world.file)),
                refused.getMessage());
        assertFalse(refused.getMessage().contains("smtp.port"), refused.getMessage());
    }

    @Test
    void aSecretInTheEnvironmentOrFileIsRefusedAndNotRepeated() throws IOException {
        world.file("smtp.host = m.example\nsmtp.port = 25\n").variable("HARMONY_SMTP_PASSWORD", "hunter2!");

        var refused = assertThrows(ConfigException.class, () -> world.config().of(SmtpConfig.class));

        assertTrue(refused.getMessage().contains("a secret's value does not belong there"), refused.getMessage());
        assertTrue(refused.getMessage().contains("harmony secret set smtp-password"), refused.getMessage());
        assertFalse(refused.getMessage().contains("hunter2"), refused.getMessage());
    }

    @Test
    void instancesHaveTheirOwnKeys() throws IOException {
        world.file("one.host = a.example\none.backup.host = b.example\n");
        assertEquals(
                "b.example",
                world.config()
                        .of(OneConfig.class, InstanceName.of("backup"))
                        .host()
                        .value());
        var refused =
                assertThrows(ConfigException.class, () -> world.config().of(OneConfig.class, InstanceName.of("third")));
        assertTrue(refused.getMessage().contains("set HARMONY_ONE_THIRD_HOST"), refused.getMessage());
    }

    enum Mode {
        READ_ONLY,
        READ_WRITE
    }

    record Pool(int size, Duration idle) {}

    record DatabaseSettings(
            List<Cidr> allowed,
            Mode mode,
            Optional<Port> port,
            Optional<SecretRef> adminPassword,
            Pool pool,
            Memory cache) {}

    @Test
    void valuesOfManyTypesAndNestedRecordsAreRead() throws IOException {
        world.file("""
                # a comment
                database.allowed = 10.0.0.0/8, 192.0.2.0/24

                database.mode = read-only
                database.pool.size=4
                database.pool.idle = PT30S
                database.cache = 512
                """);

        DatabaseSettings database = withMemory().of(DatabaseSettings.class);

        assertEquals(
                new DatabaseSettings(
                        List.of(Cidr.of("10.0.0.0/8"), Cidr.of("192.0.2.0/24")),
                        Mode.READ_ONLY,
                        Optional.empty(),
                        Optional.empty(),
                        new Pool(4, Duration.ofSeconds(30)),
                        Memory.mebibytes(512)),
                database);
    }

    @Test
    void whatIsNotAllowedIsToldInTheWordsOfItsType() throws IOException {
        world.file("""
                database.allowed = 10.0.0.0/8, 192.0.2.0/33
                database.mode = write
                database.port = http
                database.pool.size = many
                database.pool.idle = 30s
                database.cache = 0
                """);

        String message = assertThrows(ConfigException.class, () -> withMemory().of(DatabaseSettings.class))
                .getMessage();

        for (String part : new String[] {
            "0 missing, 6 wrong",
            "prefix /33 of 192.0.2.0 is longer than 32; did you mean /32?",
            "'write' is none of: read-only, read-write",
            "'http' is not a whole number",
            "'many' is not a whole number",
            "'30s' is not a duration; write it as in PT30S",
            "memory of 0 MiB is outside",
            "harmony.conf:6"
        }) {
            assertTrue(message.contains(part), part + " in " + message);
        }
    }

    private Config withMemory() {
        return world.config().with(Memory.class, text -> Memory.mebibytes(Long.parseLong(text)));
    }

    record RangeConfig(Port first, Port last) {
        RangeConfig {
            if (first.compareTo(last) > 0) {
                throw new InvalidValueException("first port %s is above last port %s".formatted(first, last));
            }
        }
    }

    @Test
    void valuesThatDoNotGoTogetherAreToldInTheRecordsWords() throws IOException {
        world.file("range.first = 9\nrange.last = 8\n");
        var refused = assertThrows(ConfigException.class, () -> world.config().of(RangeConfig.class));
        assertTrue(
                refused.getMessage().contains("first port 9 is above last port 8 (RangeConfig)"), refused.getMessage());
        assertFalse(
                world.config().explain(List.of(Wanted.of(RangeConfig.class))).isComplete());
    }

    @Test
    void aBrokenFileIsToldByLineWithoutRepeatingIt() throws IOException {
        world.file("one.host = a.example\nhunter2!\none.host = b.example\n");
        String message = assertThrows(
                        ConfigException.class, () -> world.config().of(OneConfig.class))
                .getMessage();
        assertTrue(message.contains("not of the form key = value (%s:2)".formatted(world.file)), message);
        assertTrue(message.contains("one.host is set twice, in line 1 too (%s:3)".formatted(world.file)), message);
        assertFalse(message.contains("hunter2"), message);

        Files.write(world.file, new byte[] {(byte) 0xff, '\n'});
        message = assertThrows(ConfigException.class, () -> world.config().of(OneConfig.class))
                .getMessage();
        assertTrue(message.contains("is not UTF-8"), message);
    }

    @Test
    void aStoreThatCannotBeReadIsToldAtEachValueThatItMayHave() throws IOException {
        world.secret(world.embedded, "smtp-password", "hunter2!").file("smtp.host = m.example\n");
        Path store = Path.of(world.embedded.place());
        Files.write(store, new byte[] {1, 2, 3});

        String message = assertThrows(
                        ConfigException.class, () -> world.config().of(SmtpConfig.class))
                .getMessage();

        assertTrue(message.contains("0 missing, 2 wrong"), message);
        assertTrue(message.contains("the store is damaged"), message);
        assertTrue(message.contains("restore the file from its copy"), message);
    }

    @Test
    void answersAreKeptSoThatNobodyIsAskedAgain() throws IOException {
        world.file("# mine\nsmtp.port = 25")
                .answers(Map.of(
                        "smtp.host", List.of("not a host", "mail.example.org"),
                        "smtp.password", List.of("hunter2!")));

        SmtpConfig asked = world.config().of(SmtpConfig.class);
        world.prompt = Prompt.nobody();

        assertEquals(asked, world.config().of(SmtpConfig.class));
        assertEquals("hunter2!", World.valueOf(world.embedded, asked.password()));
        assertEquals("# mine\nsmtp.port = 25\nsmtp.host = mail.example.org\n", Files.readString(world.file));
    }

    @Test
    void nobodyIsAskedWhenSomethingElseIsWrongOrOnlyExplained() {
        world.prompt = question -> {
            throw new AssertionError("asked for " + question.key());
        };
        world.config().explain(List.of(Wanted.of(SmtpConfig.class)));
        world.variable("HARMONY_SMTP_PORT", "0");
        assertThrows(ConfigException.class, () -> world.config().of(SmtpConfig.class));
    }

    @Test
    void whoGivesNoAnswerIsToldWhatIsMissing() {
        world.answers(Map.of("smtp.host", List.of("?", "?", "?", "mail.example.org")));
        var refused = assertThrows(ConfigException.class, () -> world.config().of(SmtpConfig.class));
        assertTrue(refused.getMessage().contains("3 missing, 0 wrong"), refused.getMessage());
    }

    @Test
    void anExplanationShowsKeySourceAndValueButNoSecret() throws IOException {
        world.variable("HARMONY_SMTP_HOST", "mail.example.org")
                .file("smtp.port = 25\n")
                .secret(world.embedded, "smtp-password", "hunter2!")
                .secret(world.second, "one-host", "internal.example");

        Explanation explanation =
                world.config().explain(List.of(Wanted.of(SmtpConfig.class), Wanted.of(OneConfig.class)));

        assertTrue(explanation.isComplete());
        assertEquals("""
                smtp.host      mail.example.org  environment HARMONY_SMTP_HOST
                smtp.port      25                %s:1
                smtp.password  (secret)          secret store %s
                one.host       (secret)          secret store %s""".formatted(world.file, world.embedded.place(), world.second.place()), explanation.text());
    }

    @Test
    void aPlainValueFromASecretStoreIsNotRepeatedWhenItIsWrong() {
        world.secret(world.embedded, "one-host", "hunter2!");
        Explanation explanation = world.config().explain(List.of(Wanted.of(OneConfig.class)));
        assertTrue(explanation.settings().getFirst().state() instanceof State.Invalid);
        assertFalse(explanation.text().contains("hunter2"), explanation.text());
    }

    @Test
    void aValueCannotSteerTheTerminal() {
        record TextConfig(String title) {}
        world.variable("HARMONY_TEXT_TITLE", "a\u001b[31mb");
        assertTrue(world.config()
                .explain(List.of(Wanted.of(TextConfig.class)))
                .text()
                .contains("a?[31mb"));
    }
}
