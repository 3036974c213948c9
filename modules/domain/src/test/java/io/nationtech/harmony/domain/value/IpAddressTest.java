package io.nationtech.harmony.domain.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class IpAddressTest {

    @Property
    void everyDottedQuadIsReadAndShownAsWritten(@ForAll int bits) {
        String quad = "%d.%d.%d.%d".formatted(bits >>> 24, bits >>> 16 & 255, bits >>> 8 & 255, bits & 255);

        assertEquals(quad, IpAddress.of(quad).toString());
        assertEquals(32, IpAddress.of(quad).width());
    }

    @Test
    void readsIpv6() {
        assertEquals(IpAddress.of("2001:db8::7"), IpAddress.of("2001:DB8:0:0:0:0:0:7"));
        assertEquals(IpAddress.of("::1"), IpAddress.of(IpAddress.of("::1").toString()));
        assertEquals(128, IpAddress.of("fe80::1").width());
    }

    @Test
    void refusesWhatIsNoAddressOrCouldBeReadInTwoWays() {
        for (String other : List.of(
                "",
                "10",
                "127.1",
                "1.2.3",
                "010.0.0.1",
                "0x7f.0.0.1",
                "1.2.3.4.",
                "1.2.3.256",
                "1.2.3.4/8",
                "localhost",
                "example.org",
                "[::1]",
                "fe80::1%1",
                "fe80::1%lo",
                ":",
                ":::",
                "1:2",
                "::g",
                "１.2.3.4",
                " 1.2.3.4")) {
            Refusal.of(() -> IpAddress.of(other), "'" + other + "'", "not an IP address", "192.0.2.7 or 2001:db8::7");
        }
    }
}
