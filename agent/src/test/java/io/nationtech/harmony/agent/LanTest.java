package io.nationtech.harmony.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanTest {
    private static InetAddress at(String address) {
        return InetAddress.ofLiteral(address);
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.7.20, 24, 192.168.7.255, true",
        "192.168.7.20, 24, 192.168.8.1, false",
        "192.168.7.20, 25, 192.168.7.128, false",
        "10.1.2.3, 8, 10.255.0.1, true",
        "10.1.2.3, 8, 11.1.2.3, false",
        "192.168.7.20, 32, 192.168.7.20, true",
        "192.168.7.20, 32, 192.168.7.21, false",
        "fd12:3456::7, 64, fd12:3456::ffff, true",
        "fd12:3456::7, 64, fd12:3457::7, false",
        "192.168.7.20, 24, fd12:3456::7, false",
    })
    void itHasTheAddressesThatBeginAsItsOwn(String own, int prefix, String other, boolean isIn) {
        assertEquals(isIn, new Lan(at(own), prefix).has(at(other)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.168.7.20", "10.0.0.1", "172.31.0.1", "fd12::7", "127.0.0.1", "::1"})
    void theInternetDoesNotLeadThere(String address) {
        assertTrue(Lan.isPrivate(at(address)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"203.0.113.7", "172.32.0.1", "192.169.0.1", "169.254.1.1", "100.64.0.1", "2001:db8::7", "fe80::1"
            })
    void theInternetOrAnybodyMayBeThere(String address) {
        assertFalse(Lan.isPrivate(at(address)));
        assertEquals(Optional.empty(), Lan.of(at(address)));
    }

    @Test
    void anInterfaceOfThisMachineSaysHowWideItsNetworkIs() {
        assertEquals(Optional.of(new Lan(at("127.0.0.1"), 8)), Lan.of(at("127.0.0.1")));
        assertEquals(Optional.empty(), Lan.of(at("192.168.250.251")), "no interface has that");
    }
}
