package io.nationtech.harmony.nameservers;

import static io.nationtech.harmony.nameservers.Installed.PROGRAMS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.driver.LocalPrograms;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Asks a name server by kdig, once and without patience. */
final class Dig {
    private Dig() {}

    /** The data of the answers, in order. */
    static List<String> answers(IpAddress server, String... question) {
        return run(server, "+short", question)
                .lines()
                .map(String::strip)
                .sorted()
                .toList();
    }

    /** The whole answer, for people. */
    static String answer(IpAddress server, String... question) {
        return run(server, "+noall +header +answer +authority", question);
    }

    private static String run(IpAddress server, String how, String... question) {
        LocalPrograms.Result ended = PROGRAMS.run(
                Duration.ofSeconds(20),
                Stream.of(
                                Stream.of("kdig", "@" + server, "+time=5", "+retry=0"),
                                Arrays.stream(how.split(" ", -1)),
                                Stream.of(question))
                        .flatMap(words -> words)
                        .toList());
        assertEquals(0, ended.status(), ended::output);
        return ended.output();
    }
}
