package io.nationtech.harmony.resolver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlocklistTest {

    @Test
    void listsOfAllKindsAreRead() {
        Blocklist list = Blocklist.parse("""
                # a hosts file
                127.0.0.1 localhost
                0.0.0.0 0.0.0.0
                0.0.0.0 ads.example
                127.0.0.1\tmore.example # with a comment
                ! names alone

                Tracker.Example
                ads.example
                ||telemetry.example^
                """);

        assertEquals(
                List.of("ads.example", "more.example", "tracker.example", "telemetry.example"),
                list.names().stream().map(DnsName::value).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.7 ads.example",
                "ads.example more.example",
                "ads example",
                "||ads.example^$third-party",
                "*.ads.example",
                "http://ads.example/",
                "ads.example\0"
            })
    void whatIsNoNameIsRefusedWithItsLine(String line) {
        InvalidValueException refused = assertThrows(
                InvalidValueException.class, () -> Blocklist.parse("fine.example\n" + line + "\nfine.too.example"));

        assertEquals(
                "line 2 of a blocklist, '%s'".formatted(line.replace('\0', '?')),
                refused.getMessage().split(": ", 2)[0]);
    }
}
