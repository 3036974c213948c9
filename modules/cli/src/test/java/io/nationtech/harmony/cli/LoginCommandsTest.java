package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.secrets.contract.Leak;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may enter guarded names, as a person says and asks. */
class LoginCommandsTest {
    private static final String PASSWORD = "correct horse battery";

    @TempDir
    private Path folder;

    @BeforeEach
    void makeKey() {
        Typed.given("", "secret", "key", "new", "--key", key());
    }

    @Test
    void whoIsLetInIsListedAndThePasswordIsNowhere() throws IOException {
        Typed first = login(PASSWORD + "\n", "set", "photos-users", "ada");
        assertEquals(0, first.exitCode(), first::err);
        assertTrue(first.err().contains("Secret photos-users has version "), first::err);
        assertEquals(0, login("another", "set", "photos-users", "ben").exitCode());

        assertEquals("ada\nben\n", login("", "list", "photos-users").out());
        String kept = kept();
        assertTrue(kept.matches("ada:\\$6\\$[./0-9A-Za-z]{16}\\$.{86}\nben:.*\n"), kept);
        assertFalse(kept.contains(PASSWORD));
        Leak.of(PASSWORD).absentFromFilesIn(folder);
    }

    /** By crypt(3) of the machine, as haproxy asks it, also where a password is in another script. */
    @Test
    void whatIsKeptIsWhatTheProxyChecks() throws Exception {
        for (String password : new String[] {PASSWORD, "päss:wört'\"$`", "x".repeat(256)}) {
            login(password, "set", "photos-users", "ada");
            String hash = kept().strip().substring("ada:".length());
            Process crypt = new ProcessBuilder(
                            "perl", "-e", "local $/; my $p = <STDIN>; print crypt($p, $ARGV[0])", hash)
                    .start();
            crypt.getOutputStream().write(password.getBytes(StandardCharsets.UTF_8));
            crypt.getOutputStream().close();

            assertEquals(hash, new String(crypt.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        }
    }

    @Test
    void anotherPasswordLeavesTheOthersAsTheyWere() {
        login(PASSWORD, "set", "photos-users", "ada");
        login(PASSWORD, "set", "photos-users", "ben");
        String before = kept();

        login("another", "set", "photos-users", "ada");

        String after = kept();
        assertNotEquals(
                before.lines().toList().getFirst(), after.lines().toList().getFirst());
        assertEquals(before.lines().toList().getLast(), after.lines().toList().getLast());
    }

    @Test
    void whoIsRemovedIsNotListedAndTheLastOneStays() {
        login(PASSWORD, "set", "photos-users", "ada");
        login(PASSWORD, "set", "photos-users", "ben");

        assertEquals(0, login("", "remove", "photos-users", "ada").exitCode());

        assertEquals("ben\n", login("", "list", "photos-users").out());
        assertTrue(login("", "remove", "photos-users", "ada").err().contains("names no user 'ada'"));
        Typed last = login("", "remove", "photos-users", "ben");
        assertEquals(1, last.exitCode());
        assertTrue(last.err().contains("'ben' is the last one in secret 'photos-users'"), last::err);
        assertEquals("ben\n", login("", "list", "photos-users").out());
    }

    @Test
    void aSecretThatIsSomethingElseIsNotOverwritten() {
        Typed.given("hunter2", "secret", "set", "photos-users", "--key", key(), "--secrets", store());

        Typed refused = login(PASSWORD, "set", "photos-users", "ada");

        assertEquals(1, refused.exitCode());
        assertTrue(refused.err().contains("secret 'photos-users' says not who may log in: line 1 has no ':'"));
        assertFalse(refused.err().contains("hunter2"), refused::err);
        assertEquals("hunter2", kept());
    }

    @Test
    void aPasswordOnTheCommandLineIsRefusedAndNotRepeated() {
        Typed refused = login("", "set", "photos-users", "ada", "hunter2");

        assertEquals(1, refused.exitCode());
        assertFalse(refused.err().contains("hunter2"), refused::err);
    }

    @Test
    void whatNoBrowserCanSendIsRefused() {
        assertEquals(1, login("two\nlines", "set", "photos-users", "ada").exitCode());
        assertEquals(1, login("x".repeat(257), "set", "photos-users", "ada").exitCode());
        assertEquals(1, login(PASSWORD, "set", "photos-users", "ada lovelace").exitCode());
        assertEquals(1, login("", "set", "photos-users", "ada").exitCode());
        assertTrue(login("", "list", "photos-users").err().contains("there is no secret 'photos-users'"));
    }

    private String kept() {
        return Typed.given("", "secret", "get", "photos-users", "--key", key(), "--secrets", store())
                .out();
    }

    private Typed login(String input, String... words) {
        return Typed.given(
                input,
                Stream.of(Stream.of("login"), Stream.of(words), Stream.of("--key", key(), "--secrets", store()))
                        .flatMap(part -> part)
                        .toArray(String[]::new));
    }

    private String key() {
        return folder.resolve("own.key").toString();
    }

    private String store() {
        return folder.resolve("secrets").toString();
    }
}
