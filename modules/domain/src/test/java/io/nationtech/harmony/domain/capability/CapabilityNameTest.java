package io.nationtech.harmony.domain.capability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CapabilityNameTest {
    private interface Small extends ContainerRuntime {}

    private interface HomeLab extends ContainerRuntime, DnsServer {}

    private interface Office extends HomeLab, SecretStore {}

    private interface Campus extends Office, HomeLab, LoadBalancer, Comparable<Campus> {}

    @Test
    void aSetHasWhatItExtends() {
        assertEquals(names("ContainerRuntime"), CapabilityName.allOf(Small.class));
        assertEquals(names("ContainerRuntime", "DnsServer"), CapabilityName.allOf(HomeLab.class));
    }

    @Test
    void aSetOfSetsHasWhatTheyHave() {
        assertEquals(names("ContainerRuntime", "DnsServer", "SecretStore"), CapabilityName.allOf(Office.class));
        assertEquals(
                names("ContainerRuntime", "DnsServer", "SecretStore", "LoadBalancer"),
                CapabilityName.allOf(Campus.class));
    }

    @Test
    void aCapabilityIsASetOfItself() {
        assertEquals(names("DnsServer"), CapabilityName.allOf(DnsServer.class));
        assertTrue(CapabilityName.allOf(Capability.class).isEmpty());
    }

    /** Beside which another package has one of the same simple name. */
    private interface Camera extends Capability {}

    @Test
    void ofOthersTheWholeNameCounts() {
        CapabilityName theirs = CapabilityName.of(io.nationtech.harmony.domain.Camera.class);

        assertEquals("io.nationtech.harmony.domain.Camera", theirs.value());
        assertEquals(
                "CapabilityNameTest$Camera", CapabilityName.of(Camera.class).value());
        assertNotEquals(theirs, CapabilityName.of(Camera.class));
        assertEquals("DnsServer", CapabilityName.of(DnsServer.class).value());
    }

    @Test
    void refusesWhatIsNoName() {
        for (String other : List.of(
                "",
                "dnsServer",
                "Dns-Server",
                "Dns Server",
                "É",
                "A".repeat(257),
                "com.example.",
                ".Camera",
                "com..Camera",
                "com.example.camera")) {
            String message = assertThrows(InvalidValueException.class, () -> new CapabilityName(other))
                    .getMessage();
            assertTrue(message.contains("'" + other + "'") && message.contains("as in ContainerRuntime"), message);
        }
    }

    private static Set<CapabilityName> names(String... names) {
        return Stream.of(names).map(CapabilityName::new).collect(Collectors.toSet());
    }
}
