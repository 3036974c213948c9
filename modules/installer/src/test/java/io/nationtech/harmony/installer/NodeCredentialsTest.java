package io.nationtech.harmony.installer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeCredentialsTest {
    @TempDir
    private Path root;

    @Test
    void whatIsNotSaidIsNoCredential() {
        assertEquals(Map.of(), credentials(""));
        assertEquals(
                Set.of("harmony.site"), credentials("[Node]\nsite = shop-7\n").keySet());
    }

    @Test
    void aFixedAddressIsThatOfTheCable() {
        assertEquals(
                """
                [Match]
                Type=ether
                Kind=!*

                [Network]
                Address=192.0.2.7/24
                Gateway=192.0.2.1
                DNS=192.0.2.1
                MulticastDNS=yes
                LinkLocalAddressing=ipv6
                """,
                credentials("[Network]\naddress = 192.0.2.7/24\ngateway = 192.0.2.1\ndns = 192.0.2.1\n")
                        .get("network.network.50-seed"));
    }

    @Test
    void aWirelessNetworkTellsItsAddress() {
        assertTrue(credentials("[WiFi]\nssid = Shop\npassphrase = correct horse\n")
                .get("network.network.50-seed")
                .startsWith("[Match]\nType=wlan\nKind=!*\n\n[Network]\nDHCP=yes\n"));
    }

    /** By the real systemd-tmpfiles; iwd.network(5) says how files are called. */
    @Test
    void whatIwdReadsIsThereAfterTheNextStart() throws Exception {
        makeProfiles("[WiFi]\nssid = Shop 7\npassphrase = correct\\horse %h\"$\n");
        Path plain = root.resolve("var/lib/iwd/Shop 7.psk");
        assertEquals("[Security]\nPassphrase=correct\\\\horse %h\"$\n", Files.readString(plain));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(plain)));

        makeProfiles("[WiFi]\nssid = Café/7\npassphrase = correct horse\n");
        assertTrue(Files.exists(root.resolve("var/lib/iwd/=436166c3a92f37.psk")));
    }

    private void makeProfiles(String seed) throws Exception {
        Path rule =
                Files.writeString(root.resolve("seed.conf"), credentials(seed).get("tmpfiles.extra"));
        Bench.run("systemd-tmpfiles", "--create", "--root=" + root, rule.toString());
    }

    private static Map<String, String> credentials(String seed) {
        return NodeCredentials.of(Machines.seed(seed));
    }
}
