package io.nationtech.harmony.domain.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DnsNameTest {

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('0', '9')
                .ofMinLength(1)
                .ofMaxLength(20)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(labels -> String.join(".", labels));
    }

    @Property
    void caseAndAFinalDotDoNotMatter(@ForAll("names") String name) {
        DnsName expected = DnsName.of(name);

        assertEquals(expected, DnsName.of(name + "."));
        assertEquals(expected, DnsName.of(name.toUpperCase(Locale.ROOT)));
        assertEquals(expected, DnsName.of(expected.toString()));
        assertEquals(name, expected.value());
    }

    @Test
    void aNameHasAtMost253Characters() {
        String label = "a".repeat(62) + ".";
        String longest = label.repeat(4) + "b";

        assertEquals(253, DnsName.of(longest).value().length());
        Refusal.of(() -> DnsName.of(longest + "c"), "254 characters", "at most 253");
    }

    @Test
    void refusesWhatIsNoHostName() {
        for (String other :
                List.of("", ".", "a..b", ".a", "a..", "-a.b", "a-.b", "a_b.c", "a b", "*.example.org", "é.fr")) {
            Refusal.of(() -> DnsName.of(other), "DNS name", "is not a label");
        }
        Refusal.of(() -> DnsName.of("a." + "b".repeat(64)), "64 characters", "at most 63");
    }

    @Test
    void aLookAlikeIsNotTakenForAnAsciiName() {
        Refusal.of(() -> DnsName.of("\u212Aelvin.example.org"), "is not a label");
    }
}
