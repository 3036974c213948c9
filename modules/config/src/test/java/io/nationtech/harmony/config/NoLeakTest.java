package io.nationtech.harmony.config;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.secrets.EnvironmentName;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.SecretLookup;
import io.nationtech.harmony.secrets.age.AgeIdentity;
import io.nationtech.harmony.secrets.age.AgeSealing;
import io.nationtech.harmony.secrets.age.AgeSecrets;
import io.nationtech.harmony.secrets.age.AgeUnsealing;
import io.nationtech.harmony.secrets.contract.Leak;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

/** Whatever a secret's value is and whatever goes wrong: it stands in no log, file, output, exception or text. */
class NoLeakTest {
    private static final SecretRef PASSWORD = SecretRef.of("smtp-password");

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream evidence = new PrintStream(written, true);

    record MailConfig(Optional<Port> password2, SecretRef password, Port port) {}

    @Property(tries = 15)
    void aSecretsValueStandsNowhere(
            @ForAll @CharRange(from = '!', to = '~') @StringLength(min = 10, max = 60) String value) throws Exception {
        Path folder = Files.createTempDirectory("harmony-no-leak");
        Leak leak = Leak.of(value);
        PrintStream out = System.out;
        PrintStream err = System.err;
        try {
            System.setOut(evidence);
            System.setErr(evidence);
            goRight(folder, value);
            goWrong(folder, value);
            mistakes(value);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        leak.absentFrom("what was printed, thrown or shown", written.toByteArray());
        leak.absentFromFilesIn(folder);
        assertFalse(Leak.of("smtp.port").firstFileIn(folder).isEmpty(), "the search reads the files");
        delete(folder);
    }

    /** Asked for, kept, read, explained, rotated, sealed, opened. */
    private void goRight(Path folder, String value) throws IOException {
        World world = new World(folder)
                .answers(Map.of(
                        "smtp.host",
                        List.of("mail.example.org"),
                        "smtp.port",
                        List.of("25"),
                        "smtp.password",
                        List.of(value)));
        show(world.config().of(SmtpConfig.class));
        show(world.config().explain(List.of(Wanted.of(SmtpConfig.class))));
        show(
                world.config(),
                world.embedded,
                new ConfigSources(Map.of(), ConfigFile.at(world.file), List.of(world.embedded), world.prompt));
        try (Secret secret = Secret.takeFrom(value.toCharArray());
                AgeIdentity node = AgeIdentity.generate();
                AgeUnsealing unsealing = new AgeUnsealing(node)) {
            show(secret, world.embedded.rotate(PASSWORD, secret), world.embedded.get(PASSWORD));
            var sealed = new AgeSealing().seal(PASSWORD, new SecretLookup.Held(secret, 1), node.recipient());
            show(
                    sealed,
                    sealed.text(),
                    unsealing.open(PASSWORD, sealed),
                    unsealing.open(SecretRef.of("other"), sealed));
        }
    }

    /** A foreign key, an unknown name, a damaged file, an answer that cannot be kept. */
    private void goWrong(Path folder, String value) throws IOException {
        AgeSecrets foreign = AgeSecrets.open(folder, EnvironmentName.of("prod"), AgeIdentity.generate());
        try (Secret secret = Secret.takeFrom(value.toCharArray())) {
            thrown(() -> foreign.put(PASSWORD, secret, 1));
            thrown(() -> foreign.rotateKey(AgeIdentity.generate(), Set.of()));
            Path store = Path.of(foreign.place());
            byte[] bytes = Files.readAllBytes(store);
            bytes[bytes.length - 1] ^= 1;
            Files.write(store, bytes);
            thrown(() -> foreign.put(PASSWORD, secret, 1));
        }
        World damaged = new World(folder).answers(Map.of("mail.port", List.of("25"), "mail.password", List.of(value)));
        thrown(() -> damaged.config().of(MailConfig.class));
        Secret closed = Secret.takeFrom(value.toCharArray());
        closed.close();
        thrown(() -> closed.read(bytes -> bytes.length));
    }

    /** A value where only a reference may stand, a value of the wrong type in a store, a line of a file that is only a value. */
    private void mistakes(String value) throws IOException {
        Path folder = Files.createTempDirectory("harmony-mistake");
        World world = new World(folder)
                .variable("HARMONY_SMTP_PASSWORD", value)
                .file("smtp.port = 25\n" + value.replace('=', '-') + "\n");
        world.secret(world.embedded, "smtp-host", value + " ");
        show(world.config().explain(List.of(Wanted.of(SmtpConfig.class))));
        thrown(() -> world.config().of(SmtpConfig.class));
        world.variable("HARMONY_SMTP_PASSWORD", "secret:" + value + "!");
        thrown(() -> world.config().of(SmtpConfig.class));
        delete(folder);
    }

    private void show(Object... shown) {
        Stream.of(shown).forEach(evidence::println);
    }

    private void thrown(Runnable work) {
        try {
            work.run();
            throw new AssertionError("nothing was thrown");
        } catch (RuntimeException e) {
            e.printStackTrace(evidence);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
