package io.nationtech.harmony.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.agent.SettingsReading.Result;
import io.nationtech.harmony.domain.hardware.UplinkClass;
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ShareName;
import io.nationtech.harmony.domain.value.SiteName;
import io.nationtech.harmony.driver.DeploymentEndpoints;
import io.nationtech.harmony.mesh.nats.NatsAccess;
import io.nationtech.harmony.mesh.nats.NatsAddress;
import io.nationtech.harmony.nats.identity.ClientName;
import io.nationtech.harmony.nats.identity.KeyKind;
import io.nationtech.harmony.nats.identity.KeyPair;
import io.nationtech.harmony.nats.identity.Login;
import io.nationtech.harmony.nats.identity.MeshAuthority;
import io.nationtech.harmony.nats.identity.MeshRole;
import io.nationtech.harmony.secrets.EnvironmentName;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.openbao.OpenBaoToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReadingTest {
    private static final String MACHINE_ID = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path root;

    @BeforeEach
    void giveTheMachineAnId() throws IOException {
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/machine-id"), MACHINE_ID + "\n");
    }

    @Nested
    class WithNothingGiven {

        @Test
        void everySettingHasItsDefault() {
            Settings settings = read(Map.of());

            assertEquals(List.of(), settings.mesh());
            assertEquals(SiteName.of("home"), settings.site());
            assertEquals(FailureDomain.of(settings.node().value()), settings.failureDomain());
            assertEquals(Optional.empty(), settings.address());
            assertEquals(Optional.empty(), settings.publishAt());
            assertEquals(Settings.Tool.PODMAN, settings.tool());
            assertEquals(Path.of("/var/lib/harmony"), settings.state());
            assertEquals(
                    new SecretsSettings(
                            EnvironmentName.of("default"),
                            Path.of("/var/lib/harmony/secrets"),
                            Path.of("/var/lib/harmony/operate.key"),
                            Optional.empty()),
                    settings.secrets());
        }

        @Test
        void theNodeIsNamedAfterItsMachineWithoutTellingTheMachinesId() throws IOException {
            NodeId here = read(Map.of()).node();
            Files.writeString(root.resolve("etc/machine-id"), "f".repeat(32));
            NodeId elsewhere = read(Map.of()).node();

            assertTrue(here.value().matches("node-[0-9a-f]{12}"), here.value());
            assertFalse(here.value().contains(MACHINE_ID.substring(0, 12)), here.value());
            assertFalse(here.equals(elsewhere), "another machine, another name");
        }

        @Test
        void whereSystemdRunsContainersAreItsUnits() throws IOException {
            Files.createDirectories(root.resolve("run/systemd/system"));

            assertEquals(Settings.Tool.QUADLET, read(Map.of()).tool());
        }

        @Test
        void systemdsStateFolderIsUsed() {
            assertEquals(
                    Path.of("/var/lib/x"),
                    read(Map.of("STATE_DIRECTORY", "/var/lib/x:/var/lib/y")).state());
        }
    }

    @Test
    void sharesAreReadAndHandedOnToDrivers() {
        String text = "photos=mount:/mnt/nas:albums/all,music=mount:/run/media/usb,documents=local:/srv/documents";

        Settings settings = read(Map.of("HARMONY_NODE", "attic", "HARMONY_SHARES", text.replace(",", " , ")));

        assertEquals(
                Set.of(ShareName.of("photos"), ShareName.of("music"), ShareName.of("documents")),
                settings.shares().names());
        assertEquals(
                Optional.of(text),
                settings.forDrivers(new Given(Map.of(), root), DeploymentEndpoints.NONE, Set::of)
                        .settings()
                        .apply("shares"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "photos|'photos' is not a share; write photos=mount:/mnt/nas for what is mounted there",
                "photos=/mnt/nas|'photos=/mnt/nas' is not a share",
                "photos=mount:/mnt/nas:a:b|is not a share",
                "photos=local:/srv/a:b|is not a share",
                "Photos=mount:/mnt/nas|share 'Photos' is not a label",
                "photos=mount:mnt/nas|share 'photos': 'mnt/nas' is not a folder; write an absolute path",
                "photos=mount:/mnt/../etc|'/mnt/../etc' is not a folder",
                "photos=mount:/mnt/nas:../etc|'/mnt/nas/../etc' is not a folder",
                "photos=mount:/mnt/nas:|'/mnt/nas/' is not a folder",
                "photos=mount:/mnt/my photos|'/mnt/my photos' is not a folder",
                "photos=local:/|'/' is not a folder",
                "photos=local:/etc|share 'photos': /etc belongs to the system",
                "photos=local:/proc/1/root|/proc/1/root belongs to the system",
                "photos=local:/var|/var belongs to the system",
                "photos=local:/var/lib/containers/storage|/var/lib/containers/storage belongs to the system",
                "photos=local:/run/media|/run/media belongs to the system",
                "photos=local:/home/alice|/home/alice belongs to the system",
                "photos=local:/srv/a,photos=local:/srv/b|share 'photos' is named twice",
                "photos=local:/srv/a,music|'music' is not a share",
                "photos=local:/srv|share 'photos' at /srv and what the agent keeps at /srv/state lie in each other",
            })
    void aShareThatCannotBeIsRefusedByName(String value, String message) {
        assertRefused(Map.of("HARMONY_NODE", "attic", "HARMONY_STATE", "/srv/state", "HARMONY_SHARES", value), message);
    }

    @Test
    void ofManySharesThatCannotBeEachIsNamed() {
        List<String> problems = refused(Map.of("HARMONY_SHARES", "a=local:/etc,b=local:/srv/b,c=local:/usr"))
                .problems();

        assertTrue(
                problems.getFirst().contains("share 'a'") && problems.getFirst().contains("share 'c'"),
                problems::toString);
        assertRefused(Map.of("HARMONY_SHARES", "a=local:/srv/" + "x".repeat(4_096)), "characters are more than 4095");
    }

    @Test
    void everythingCanBeSet() {
        Settings settings = read(Map.of(
                "HARMONY_MESH", "nats://10.0.0.1:4222, tls://mesh.example.org",
                "HARMONY_NODE", "attic",
                "HARMONY_SITE", "lyon",
                "HARMONY_FAILURE_DOMAIN", "strip-2",
                "HARMONY_ADDRESS", "192.0.2.7",
                "HARMONY_PUBLISH", "127.0.0.2",
                "HARMONY_UPLINK", "metered",
                "HARMONY_RUNTIME", "quadlet",
                "HARMONY_STATE", "/srv/state",
                "STATE_DIRECTORY", "/var/lib/other"));

        assertEquals(
                List.of(NatsAddress.parse("nats://10.0.0.1:4222"), NatsAddress.parse("tls://mesh.example.org:4222")),
                settings.mesh());
        assertEquals(NodeId.of("attic"), settings.node());
        assertEquals(SiteName.of("lyon"), settings.site());
        assertEquals(FailureDomain.of("strip-2"), settings.failureDomain());
        assertEquals(Optional.of(IpAddress.of("192.0.2.7")), settings.address());
        assertEquals(Optional.of(IpAddress.of("127.0.0.2")), settings.publishAt());
        assertEquals(UplinkClass.METERED, settings.uplink());
        assertEquals(Settings.Tool.QUADLET, settings.tool());
        assertEquals(Path.of("/srv/state"), settings.state());
    }

    @Test
    void secretsComeFromAServerOrAStoreOfAnEnvironment() {
        SecretsSettings secrets = read(Map.of(
                        "HARMONY_ENVIRONMENT", "prod",
                        "HARMONY_SECRETS", "/srv/secrets",
                        "HARMONY_KEY", "/srv/prod.key",
                        "HARMONY_OPENBAO", "https://bao.example.org:8200"))
                .secrets();

        assertEquals(EnvironmentName.of("prod"), secrets.environment());
        assertEquals(Path.of("/srv/secrets"), secrets.folder());
        assertEquals(Path.of("/srv/prod.key"), secrets.key());
        SecretsSettings.Server server = secrets.server().orElseThrow();
        assertEquals("harmony/prod", server.settings().folder());
        assertEquals(new OpenBaoToken.InFile(Path.of("/var/lib/harmony/.vault-token")), server.token());
    }

    @Nested
    class Credentials {

        @Test
        void holdTheKeyAndTheTokenOfSecretsAsFiles() throws IOException {
            credential("harmony.key", "AGE-SECRET-KEY-1…");
            credential("harmony.openbao-token", "s.token");

            SecretsSettings secrets = read(withCredentials("HARMONY_OPENBAO", "https://bao.example.org:8200"))
                    .secrets();

            assertEquals(root.resolve("credentials/harmony.key"), secrets.key());
            assertEquals(
                    new OpenBaoToken.InFile(root.resolve("credentials/harmony.openbao-token")),
                    secrets.server().orElseThrow().token());
        }

        @Test
        void goBeforeVariables() throws IOException {
            credential("harmony.site", "lyon\n");

            assertEquals(
                    SiteName.of("lyon"),
                    read(withCredentials("HARMONY_SITE", "paris")).site());
        }

        @Test
        void thatAreEmptyCountAsNone() throws IOException {
            credential("harmony.site", " \n");

            assertEquals(
                    SiteName.of("paris"),
                    read(withCredentials("HARMONY_SITE", "paris")).site());
        }

        @Test
        void thatCannotBeReadAreTold() throws IOException {
            Files.createDirectories(root.resolve("credentials/harmony.site"));

            assertRefused(withCredentials("HARMONY_SITE", "paris"), "harmony.site");
        }

        @Test
        void areReadWithinBounds() throws IOException {
            credential("harmony.site", "x".repeat(1 << 20));

            assertRefused(withCredentials("HARMONY_NODE", "n"), "a label has at most 63");
        }

        private void credential(String name, String content) throws IOException {
            Files.writeString(
                    Files.createDirectories(root.resolve("credentials")).resolve(name), content);
        }

        private Map<String, String> withCredentials(String variable, String value) {
            return Map.of("CREDENTIALS_DIRECTORY", root.resolve("credentials").toString(), variable, value);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            HARMONY_MESH           | ftp://host              | 'ftp://host' is not a mesh address
            HARMONY_MESH           | nats://host:99999999999 | is not a mesh address
            HARMONY_MESH           | nats://a,,nats://b      | '' is not a mesh address
            HARMONY_UPLINK         | dsl                     | 'dsl' is not a class of uplinks
            HARMONY_NODE           | Attic                   | node 'Attic' is not a label
            HARMONY_SITE           | a.b                     | site 'a.b' is not a label
            HARMONY_FAILURE_DOMAIN | -x                      | '-x' is not a label
            HARMONY_ADDRESS        | attic.example.org       | is not an IP address
            HARMONY_PUBLISH        | 127.0.0.256             | is not an IP address
            HARMONY_RUNTIME        | Podman                  | write quadlet or podman
            HARMONY_STATE          | state                   | write an absolute path
            HARMONY_KEY            | prod.key                | write an absolute path
            HARMONY_MESH_LOGIN     | attic.creds             | write an absolute path
            HARMONY_MESH_LOGIN     | /nowhere/attic.creds    | there is no file /nowhere/attic.creds
            HARMONY_MESH_CA        | mesh-ca.crt             | write an absolute path
            HARMONY_ENVIRONMENT    | a/b                     | a/b
            HARMONY_OPENBAO        | http://bao.example.org  | is not safe or not plain
            """)
    void aWrongValueIsToldWithItsSettingAndWhatIsAllowed(String variable, String value, String message) {
        assertRefused(Map.of(variable, value), message);
        assertRefused(Map.of(variable, value), variable);
    }

    /** Writes the login of a node into a file. */
    private String login(String name) throws IOException {
        MeshRole role = new MeshRole("node", List.of("a"), List.of("b"));
        Instant now = Instant.now();
        try (MeshAuthority authority = MeshAuthority.create(List.of(role));
                KeyPair key = KeyPair.generate(KeyKind.USER);
                Secret text = new Login(
                                authority.login(
                                        role, ClientName.of(name), key.publicKey(), now.plus(Duration.ofHours(1)), now),
                                key)
                        .text()) {
            Path file = Files.createDirectories(root.resolve("credentials")).resolve("harmony.mesh-login");
            Files.write(file, text.read(byte[]::clone));
            return file.toString();
        }
    }

    @Nested
    class WithALogin {

        @Test
        void theNodeIsWhoItsLoginNames() throws IOException {
            String file = login("attic");

            assertEquals(
                    NodeId.of("attic"), read(Map.of("HARMONY_MESH_LOGIN", file)).node());
            assertEquals(
                    NodeId.of("attic"),
                    read(Map.of(
                                    "CREDENTIALS_DIRECTORY",
                                    root.resolve("credentials").toString()))
                            .node());
            assertInstanceOf(
                    NatsAccess.Identity.OfLogin.class,
                    read(Map.of("HARMONY_MESH_LOGIN", file, "HARMONY_NODE", "attic"))
                            .access()
                            .identity());
        }

        @Test
        void anotherNodesLoginIsRefused() throws IOException {
            assertRefused(
                    Map.of("HARMONY_MESH_LOGIN", login("attic"), "HARMONY_NODE", "cellar"),
                    "is the login of 'attic', and this node is 'cellar'; `harmony mesh login --node cellar` makes its own");
        }

        @Test
        void whatContradictsItIsRefused() throws IOException {
            assertRefused(
                    Map.of("HARMONY_MESH_LOGIN", login("attic"), "HARMONY_MESH", "nats://me:secret@host"),
                    "have credentials too");
            assertRefused(
                    Map.of("HARMONY_MESH_CA", "/etc/mesh-ca.crt", "HARMONY_MESH", "nats://host"),
                    "write tls://host:port");
        }
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        Result.Refused refused = refused(Map.of("HARMONY_NODE", "A", "HARMONY_SITE", "B", "HARMONY_RUNTIME", "c"));

        assertEquals(3, refused.problems().size(), refused.problems().toString());
    }

    @Test
    void aPasswordIsNeverTold() {
        Result.Refused refused = refused(Map.of("HARMONY_MESH", "http://user:p@ss@host:1"));

        assertFalse(
                refused.problems().toString().contains("ss@"),
                refused.problems().toString());
        assertFalse(
                refused.problems().toString().contains("user"),
                refused.problems().toString());
    }

    @Test
    void aMachineWithoutIdNeedsANodesName() throws IOException {
        Files.writeString(root.resolve("etc/machine-id"), "uninitialized\n");

        assertRefused(Map.of(), "HARMONY_NODE: not set, and /etc/machine-id does not identify this machine");
        assertEquals(NodeId.of("attic"), read(Map.of("HARMONY_NODE", "attic")).node());
    }

    private Settings read(Map<String, String> environment) {
        return assertInstanceOf(Result.Read.class, result(environment)).settings();
    }

    private Result.Refused refused(Map<String, String> environment) {
        return assertInstanceOf(Result.Refused.class, result(environment));
    }

    private void assertRefused(Map<String, String> environment, String message) {
        List<String> problems = refused(environment).problems();
        assertTrue(problems.size() == 1 && problems.getFirst().contains(message), problems.toString());
    }

    private Result result(Map<String, String> environment) {
        return SettingsReading.read(new Given(new HashMap<>(environment), root));
    }
}
