package io.nationtech.harmony.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PasswordFileTest {
    private static final String HASH = "$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a";

    @Test
    void whatHtpasswdWritesIsRead() {
        PasswordFile file = parse("# the family\nada:%s\r\n\nben:%s".formatted(HASH, HASH));

        assertEquals(
                Set.of(LoginName.of("ada"), LoginName.of("ben")), file.users().keySet());
        assertEquals(file, parse(file.text()));
        assertFalse(file.toString().contains("$2y$"), file::toString);
    }

    @Test
    void oneMoreAndOneFewerLeaveTheOthers() {
        PasswordFile file = parse("ada:%s\n".formatted(HASH)).with(LoginName.of("ben"), new PasswordHash(HASH));

        assertEquals("ada:%s\nben:%s\n".formatted(HASH, HASH), file.text());
        assertEquals(
                "ben:%s\n".formatted(HASH), file.without(LoginName.of("ada")).text());
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                Arguments.of("", "there is no user in it"),
                Arguments.of("# nobody\n", "there is no user in it"),
                Arguments.of("hunter2\n", "line 1 has no ':'"),
                Arguments.of("ada:hunter2\n", "user 'ada', line 1, is hashed by nothing that is known here"),
                Arguments.of("ada:\n", "user 'ada', line 1, is hashed by nothing"),
                Arguments.of("ada:{SHA}hunter2\n", "user 'ada', line 1, is hashed by nothing"),
                Arguments.of("ada:$apr1$hunter2$x\n", "user 'ada', line 1, is hashed by MD5"),
                Arguments.of("ada:$1$hunter2$x\n", "user 'ada', line 1, is hashed by MD5"),
                Arguments.of("ada:%s hunter2\n".formatted(HASH), "user 'ada', line 1, is not whole"),
                Arguments.of("ada:%s'\n".formatted(HASH), "user 'ada', line 1, is not whole"),
                Arguments.of("ada:%s:hunter2\n".formatted(HASH), "user 'ada', line 1, is not whole"),
                Arguments.of("ada:$2y$14%s\n".formatted(HASH.substring(6)), "bcrypt has a cost of at most 10"),
                Arguments.of("ada:$y$jFT$hunter2$x\n", "yescrypt has a cost of at most"),
                Arguments.of("ada:$6$rounds=999999$hunter2$x\n", "SHA-512-crypt has at most 99999 rounds"),
                Arguments.of("ada hunter2:%s\n".formatted(HASH), "line 1 begins with no user"),
                Arguments.of("'ada:%s\n".formatted(HASH), "line 1 begins with no user"),
                Arguments.of(" ada:%s\n".formatted(HASH), "line 1 begins with no user"),
                Arguments.of(":%s\n".formatted(HASH), "line 1 begins with no user"),
                Arguments.of("%s:ada\n".formatted(HASH), "line 1 begins with no user"),
                Arguments.of("ada:%s\nada:%s\n".formatted(HASH, HASH), "line 2 names user 'ada' again"),
                Arguments.of("ada:%s\n    user root password hunter2\n".formatted(HASH), "line 2 has no ':'"),
                Arguments.of("ada:%s\0\n".formatted(HASH), "user 'ada', line 1, is not whole"),
                Arguments.of("ad\u00e4:%s\n".formatted(HASH), "something else than ASCII"),
                Arguments.of(
                        IntStream.range(0, 10_000)
                                .mapToObj(at -> "user%d:%s\n".formatted(at, HASH))
                                .collect(Collectors.joining()),
                        "there are 10000 users in it, more than 200"));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void anythingElseIsRefusedWithoutRepeatingIt(String text, String message) {
        PasswordFileException refused = assertThrows(PasswordFileException.class, () -> parse(text));

        String said = refused.getMessage();
        assertTrue(said.contains(message), said);
        assertFalse(said.contains("hunter2") || said.contains("$2y$05"), said);
    }

    private static PasswordFile parse(String text) {
        return PasswordFile.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
