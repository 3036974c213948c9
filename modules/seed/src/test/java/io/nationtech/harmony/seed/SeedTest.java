package io.nationtech.harmony.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people write, and what programs make of it. */
class SeedTest {
    private static final String CREDS = """
            -----BEGIN NATS USER JWT-----
            eyJ0eXAi.eyJqdGki.c2ln
            ------END NATS USER JWT------

            -----BEGIN USER NKEY SEED-----
            SUAVERYSECRET
            ------END USER NKEY SEED------
            """;
    private static final String WHOLE =
            """
            # what the shop has
            [Network]
            address = 192.0.2.7/24
              gateway=192.0.2.1
            dns = 192.0.2.1, 2001:db8::1
            [WiFi]
            ssid = Shop 7
            passphrase = a=b #c "d"
            [Mesh]
            servers = tls://192.0.2.1, tls://mesh.example.org:4223
            ca = %s
            login = %s
            [Node]
            name = node-1
            site = shop-7
            failure-domain = rack-1
            registries = %s
            [Install]
            disk = /dev/nvme0n1
            model = Samsung SSD 980 500GB
            serial = S64DNL0T123456
            min-size = 100G
            max-size = 512GiB
            erase = S64DNL
            """.formatted(base64(Authorities.PEM), base64(CREDS), base64("[[registry]]\nlocation = \"a\"\n"));

    @Test
    void whatIsWrittenIsRead() {
        Seed seed = good(WHOLE);

        Network.Fixed network = assertInstanceOf(Network.Fixed.class, seed.network());
        assertEquals("192.0.2.7/24", network.address().toString());
        assertEquals("192.0.2.1", network.gateway().orElseThrow().toString());
        assertEquals(2, network.dns().size());
        assertEquals(new Wifi("Shop 7", "a=b #c \"d\""), seed.wifi().orElseThrow());
        Mesh mesh = seed.mesh().orElseThrow();
        assertEquals(
                List.of("tls://192.0.2.1", "tls://mesh.example.org:4223"),
                mesh.servers().stream().map(MeshServer::toString).toList());
        assertEquals(Authorities.PEM, mesh.authority().orElseThrow().pem());
        assertEquals(CREDS, mesh.login().orElseThrow().creds());
        assertEquals("node-1", seed.node().name().orElseThrow().value());
        assertEquals("rack-1", seed.node().failureDomain().orElseThrow().value());
        Install install = seed.install().orElseThrow();
        assertEquals(Optional.of("/dev/nvme0n1"), install.path());
        assertTrue(install.sizes().allow(500_107_862_016L));
        assertFalse(install.sizes().allow(99_999_999_999L));
        assertFalse(install.sizes().allow(600_000_000_000L));
    }

    @Test
    void whatAProgramWritesIsReadAsTheSame() {
        Seed seed = good(WHOLE)
                .during(new Installation(
                        UUID.fromString("6f1d3f44-1c3e-4dd2-9f0a-3d3a0a0a0a0a"),
                        "Samsung SSD 980 (S64DNL)",
                        Optional.of(Instant.parse("2026-11-30T22:00:00Z"))));

        assertEquals(seed, good(seed.text()));
        assertEquals(seed, good(new String(SeedFile.of(seed), StandardCharsets.UTF_8)));
        assertEquals(Seed.EMPTY, good(Seed.EMPTY.text()));
    }

    @Test
    void theTemplateSaysNothingAndWhatItShowsIsRight() {
        String template = new String(SeedFile.template(), StandardCharsets.UTF_8);

        assertEquals(Seed.EMPTY, good(template));
        String filled = template.lines()
                .map(line -> line.startsWith("#[") || line.matches("#[a-z-]+ = .*") ? line.substring(1) : line)
                .map(line -> line.startsWith("ca = ") ? "ca = " + base64(Authorities.PEM) : line)
                .map(line -> line.startsWith("login = ") ? "login = " + base64(CREDS) : line)
                .map(line -> line.startsWith("registries = ") ? "registries = " + base64("[[registry]]") : line)
                .collect(Collectors.joining("\n"));
        Seed seed = good(filled);
        assertTrue(seed.wifi().isPresent()
                && seed.install().isPresent()
                && seed.mesh().isPresent());
    }

    @Test
    void editorsOfWindowsAndEmptySectionsAreUnderstood() {
        assertEquals(Seed.EMPTY, good("\uFEFF# harmony-seed 1\r\n[Network]\r\n; DHCP\r\n[Node]\r\n"));
        assertEquals(
                Optional.of(Install.ONTO_THE_EMPTY_DISK), good("[Install]\n").install());
    }

    @Test
    void whatIsSecretIsGoneAfterwardsAndNothingInstallsAgain() {
        Installation done = new Installation(new UUID(1, 2), "Samsung SSD 980 (S64DNL)", Optional.of(Instant.EPOCH));

        Seed after = good(good(WHOLE).afterInstallation(done).text());

        assertEquals(Optional.of(done), after.installation());
        assertEquals(Optional.empty(), after.install());
        assertFalse(after.text().contains("a=b #c"));
        assertFalse(after.text().contains(base64(CREDS)));
        assertEquals("node-1", after.node().name().orElseThrow().value());
    }

    @Test
    void nothingShowsASecretByItself() {
        String shown = good(WHOLE).toString();

        assertFalse(shown.contains("a=b #c"), shown);
        assertFalse(shown.contains("SUAVERYSECRET"), shown);
    }

    /** Each is one mistake; what is expected is a part of the one thing that is said. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [Netwrok]\\naddress = 192.0.2.7/24      | line 1: there is no section '[Netwrok]'; there are [Network], [WiFi], [Mesh]
            [Network                                | line 1: there is no section '[Network'
            address = 192.0.2.7/24                  | line 1: this stands before the first section
            [Network]\\nadress = 192.0.2.7/24       | line 2: [Network] has no key 'adress'; it has address, gateway, dns
            [Network]\\nadress = 192.0.2.7/24\\ngateway = 192.0.2.1 | line 2: [Network] has no key 'adress'
            [Network]\\nname = node-1               | line 2: [Network] has no key 'name'
            [Network]\\naddress                     | line 2: [Network]: this is no 'key = value'
            [Network]\\naddress =                   | line 2: [Network] address: nothing is said
            [Network]\\n[Node]\\n[Network]          | line 3: [Network] is there in line 1 already
            [Node]\\nsite = a\\nsite = b            | line 3: [Node] site is there in line 2 already
            [Network]\\naddress = 192.0.2.7         | line 2: [Network] address: '192.0.2.7' is not an address with its prefix; write it as in 192.0.2.7/24
            [Network]\\naddress = 192.0.2.0/24      | line 2: [Network] address: no machine can have the address 192.0.2.0/24
            [Network]\\naddress = 192.0.2.255/24    | line 2: [Network] address: no machine can have
            [Network]\\naddress = 127.0.0.1/8       | line 2: [Network] address: no machine can have
            [Network]\\naddress = 192.0.2.7/33      | line 2: [Network] address: the prefix /33 of 192.0.2.7 is outside 1..32
            [Network]\\naddress = 2001:db8::7/0     | line 2: [Network] address: the prefix /0
            [Network]\\naddress = 192.0.2.7/24\\ngateway = 198.51.100.1 | line 3: [Network] gateway: 198.51.100.1 is not in the network of 192.0.2.7/24
            [Network]\\naddress = 192.0.2.7/24\\ngateway = 192.0.2.7 | line 3: [Network] gateway: 192.0.2.7 is not in the network
            [Network]\\ngateway = 192.0.2.1         | line 2: [Network] gateway: without an address
            [Network]\\ndns = router                | line 2: [Network] dns: 'router' is not an IP address
            [Network]\\ndns = 192.0.2.1,            | line 2: [Network] dns: '' is not an IP address
            [WiFi]\\nssid = Shop                    | line 1: [WiFi] has no 'passphrase'
            [WiFi]\\nssid = Shop\\npassphrase = hunter2 | line 3: [WiFi] passphrase: a passphrase has 8 to 63 characters of ASCII, and this has 7
            [WiFi]\\nssid = 0123456789012345678901234567890123\\npassphrase = hunter2hunter2 | line 2: [WiFi] ssid: a network's name has 1 to 32 bytes, and this has 34
            [Mesh]                                  | line 1: [Mesh] has no 'servers'
            [Mesh]\\nservers = 192.0.2.1            | line 2: [Mesh] servers: '192.0.2.1' is not a server of the mesh; write tls://host
            [Mesh]\\nservers = tls://ada:hunter2@h  | line 2: [Mesh] servers: 'h' is not a server
            [Mesh]\\nservers = https://h            | line 2: [Mesh] servers: 'https://h' is not a server
            [Mesh]\\nservers = tls://h\\nca = /etc/ca.crt | line 3: [Mesh] ca: this is not the base64 of a file, in one line
            [Mesh]\\nservers = tls://h\\nca = aGVsbG8= | line 3: [Mesh] ca: there is no certificate in it
            [Mesh]\\nservers = tls://h\\nlogin = aGVsbG8= | line 3: [Mesh] login: that is no login
            [Node]\\nname = Node_1                  | line 2: [Node] name:
            [Node]\\nregistries = aGVsbG8=          | line 2: [Node] registries: there is no registry in it
            [Install]\\ndisk = nvme0n1              | line 2: [Install] disk: 'nvme0n1' is not a disk as the kernel names it
            [Install]\\nmin-size = 100              | line 2: [Install] min-size: '100' is not a size; write it as in 250G
            [Install]\\nmin-size = 2T\\nmax-size = 1T | line 3: [Install] max-size: 1T is less than min-size, 2T
            [Installation]\\nid = x\\ndisk = y      | line 2: [Installation] id: the installer writes this section
            """)
    void oneMistakeIsSaidOnceWithItsLine(String text, String expected) {
        List<Problem> problems = bad(text.replace("\\n", "\n"));

        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.getFirst().toString().contains(expected), problems::toString);
        assertFalse(problems.toString().contains("hunter2"), problems::toString);
    }

    @Test
    void allMistakesAreSaidAtOnceInTheOrderOfTheLines() {
        List<Problem> problems =
                bad("[Node]\nname = A\n[WiFi]\npassphrase = short\n[Network]\ngateway = x\nadress = 1\n");

        assertEquals(
                List.of(2, 3, 4, 6, 7), problems.stream().map(Problem::line).toList(), problems::toString);
    }

    @Test
    void aSeedFullOfMistakesIsToldInAFewLines() {
        assertEquals(20, bad("[Node]\n" + "x = y\n".repeat(5000)).size());
    }

    private static Seed good(String text) {
        return assertInstanceOf(
                        Seed.Parsed.Good.class,
                        Seed.parse(text),
                        () -> Seed.parse(text).toString())
                .seed();
    }

    private static List<Problem> bad(String text) {
        return assertInstanceOf(Seed.Parsed.Bad.class, Seed.parse(text)).problems();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
