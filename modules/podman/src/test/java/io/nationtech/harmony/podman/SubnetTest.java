package io.nationtech.harmony.podman;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.ContainerName;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SubnetTest {
    private static final Subnet USUAL = Subnet.parse("10.89.3.0/24").orElseThrow();

    private static List<ContainerName> names(String... names) {
        return Stream.of(names).map(ContainerName::of).toList();
    }

    @Test
    void anAddressFollowsFromTheNameWhoeverElseThereIs() {
        Map<ContainerName, String> two = USUAL.addresses(names("db", "web"));
        Map<ContainerName, String> three = USUAL.addresses(names("cache", "web", "db"));

        assertEquals(two.get(ContainerName.of("db")), three.get(ContainerName.of("db")));
        assertEquals(two.get(ContainerName.of("web")), three.get(ContainerName.of("web")));
        assertEquals(two, Subnet.parse("10.89.3.0/24").orElseThrow().addresses(names("web", "db")));
    }

    @Test
    void eachHasAnAddressOfItsOwnAlsoInTheSmallestNetwork() {
        Subnet small = Subnet.parse("192.168.200.224/27").orElseThrow();
        List<ContainerName> most =
                IntStream.range(0, 16).mapToObj(i -> ContainerName.of("s" + i)).toList();

        Map<ContainerName, String> addresses = small.addresses(most);

        assertEquals(16, new HashSet<>(addresses.values()).size());
        addresses.values().forEach(address -> {
            assertTrue(address.startsWith("192.168.200."), address);
            int last = Integer.parseInt(address.substring("192.168.200.".length()));
            assertTrue(last >= 226 && last <= 254, "neither the network's, the gateway's nor that of all: " + address);
        });
    }

    @Test
    void aHardwareAddressIsThatOfItsAddressAndNobodyElses() {
        assertEquals("02:68:0a:59:00:fe", Subnet.hardwareAddress("10.89.0.254"));
    }

    @Test
    void whatIsNoSuchNetworkIsNotRead() {
        for (String text : List.of("", "10.89.0.0", "10.89.0.0/28", "fd00::/64", "10.89.0.0/24 10.90.0.0/24")) {
            assertEquals(Optional.empty(), Subnet.parse(text), text);
        }
    }
}
