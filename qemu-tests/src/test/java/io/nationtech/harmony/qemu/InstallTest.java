package io.nationtech.harmony.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stick with a seed, an empty machine: nobody touches anything, and the node is in the mesh and runs what it is told. */
@Tag("long")
final class InstallTest {
    private static final Duration TO_INSTALL = Duration.ofMinutes(12);
    private static final Duration TO_DEPLOY = Duration.ofMinutes(6);
    private static final Duration TO_ANSWER = Duration.ofMinutes(1);
    private static final NodeId NODE = NodeId.of("node-1");
    private static final NodeId OTHER = NodeId.of("host-node");
    private static final IpAddress NODE_ADDRESS = IpAddress.of("127.0.0.45");
    private static final IpAddress OTHER_ADDRESS = IpAddress.of("127.0.0.46");

    @TempDir
    private Path folder;

    @Test
    void aStickInstallsANodeThatJoinsTheMeshByItself() throws IOException {
        try (SiteMesh mesh = SiteMesh.start(folder, List.of(NODE, OTHER));
                Registry registry = Registry.start(folder);
                HostNode _ = HostNode.start(folder, OTHER, OTHER_ADDRESS, mesh, registry.mapping("127.0.0.1"));
                VirtualMachine machine = VirtualMachine.boot(
                        folder,
                        new VirtualMachine.Parts(
                                new VirtualMachine.Content.Nothing(),
                                Memory.gibibytes(1),
                                9,
                                List.of(),
                                List.of(new PortForward(NODE_ADDRESS, Port.of(8080))),
                                Set.of(),
                                List.of(new VirtualMachine.Medium.Stick(stick(mesh, registry)))));
                NatsMesh link = mesh.connect()) {
            Fleet fleet = mesh.fleet(link);
            try {
                Eventually.holds("the node is heard", TO_INSTALL, () -> {
                    machine.requireRunning();
                    return GuestNode.isAlive(fleet, NODE);
                });
                Program.succeeds(TO_DEPLOY, List.of("modules/website-deploy/image/push", registry.place()));
                mesh.person(TO_DEPLOY, "modules/cli/harmony deploy modules/website-deploy");
                assertTrue(Program.output(
                                TO_ANSWER,
                                List.of(
                                        "curl",
                                        "-fsS",
                                        URI.create("http://%s:8080/".formatted(NODE_ADDRESS))
                                                .toString()))
                        .contains("<html"));
                machine.shell().awaitBoot();
                assertEquals("", GuestNode.told(machine, "systemctl --failed --plain --no-legend", TO_ANSWER));
                assertTrue(GuestNode.told(machine, "findmnt --noheadings --output SOURCE /", TO_ANSWER)
                        .startsWith("/dev/vda"));
                assertNothingSecretIsLeft(mesh);
            } catch (AssertionError | MachineException e) {
                throw new AssertionError(
                        "%s%n--- the machine's serial port ---%n%s"
                                .formatted(e.getMessage(), String.join("\n", machine.serialTail(80))),
                        e);
            }
        }
    }

    private Path stick(SiteMesh mesh, Registry registry) throws IOException {
        Path stick = folder.resolve("stick.raw");
        Files.writeString(folder.resolve("seed.conf"), """
                # harmony-seed 1
                [Mesh]
                servers = %s
                [Node]
                name = %s
                [Install]
                """.formatted(mesh.urlForGuests(), NODE));
        Files.writeString(folder.resolve("stick-registries.conf"), registry.mapping(SiteMesh.SEEN_BY_GUESTS));
        mesh.person(
                TO_DEPLOY,
                "modules/cli/harmony usb create --image image/target/harmony-usb-amd64.raw --seed %s --login %s --ca %s --registries %s %s"
                        .formatted(
                                folder.resolve("seed.conf"),
                                mesh.login(NODE),
                                mesh.authority(),
                                folder.resolve("stick-registries.conf"),
                                stick));
        return stick;
    }

    /** The seed of a login: what signs. */
    private void assertNothingSecretIsLeft(SiteMesh mesh) throws IOException {
        String secret = Files.readAllLines(mesh.login(NODE)).stream()
                .filter(line -> line.startsWith("SU"))
                .findFirst()
                .orElseThrow();
        Path stick = folder.resolve("stick.raw");
        // In whatever form: as the login's file, or the seed's line.
        Files.write(folder.resolve("secrets"), List.of(secret, "^login = "));
        Program.output(
                TO_ANSWER, List.of("bash", "-c", "! grep -a -f %s %s".formatted(folder.resolve("secrets"), stick)));
        Program.output(
                TO_ANSWER, List.of("grep", "--quiet", "--text", "--fixed-strings", "[Installation]", stick.toString()));
    }
}
