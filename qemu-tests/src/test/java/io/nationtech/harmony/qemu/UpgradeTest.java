package io.nationtech.harmony.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.mesh.contract.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node is told by an operator to run another system, fetches it, and says what it runs. */
@Tag("long")
final class UpgradeTest {
    private static final Duration TO_BOOT = Duration.ofMinutes(6);
    private static final Duration TO_MAKE = Duration.ofMinutes(10);
    private static final Duration TO_UPGRADE = Duration.ofMinutes(15);
    private static final Duration TO_ANSWER = Duration.ofMinutes(1);
    private static final NodeId NODE = NodeId.of("node-1");
    private static final IpAddress NODE_ADDRESS = IpAddress.of("127.0.0.47");

    @TempDir
    private Path folder;

    @Test
    void anOperatorUpgradesANodeAndItNeverGoesBackByOrder() throws IOException {
        Path releases = Files.createDirectory(folder.resolve("releases"));
        Program.succeeds(
                TO_MAKE,
                List.of(
                        "env",
                        "TARGET=" + Program.project().resolve("image/target").resolve(Release.NEXT),
                        "image/release",
                        "amd64",
                        "image/target/keys",
                        releases.toString()));
        try (ReleaseServer server = ReleaseServer.start(releases);
                SiteMesh mesh = SiteMesh.start(folder, List.of(NODE));
                Registry registry = Registry.start(folder);
                VirtualMachine node = GuestNode.boot(folder, NODE, NODE_ADDRESS, mesh, registry, Set.of())) {
            Eventually.holds("the node tells its system", TO_BOOT, () -> {
                node.requireRunning();
                return node(mesh).contains("version");
            });
            assertTrue(node(mesh).contains(Release.current().version()), node(mesh));

            String upgrade = "modules/cli/harmony node upgrade %s --release %s --to %s"
                    .formatted(NODE, server.urlForGuests(), Release.NEXT);
            String said = mesh.person(TO_UPGRADE, upgrade);
            assertTrue(said.contains("runs " + Release.NEXT), said);
            assertTrue(node(mesh).contains(Release.NEXT), node(mesh));
            node.shell().awaitBoot();
            assertEquals(
                    "harmony_%s.efi".formatted(Release.NEXT),
                    node.shell()
                            .run("ls /boot/EFI/Linux | grep " + Release.NEXT, TO_ANSWER)
                            .output()
                            .strip(),
                    "the trial is over");

            String older = Release.current().version();
            String refused = Program.output(
                    TO_UPGRADE,
                    List.of(
                            "bash",
                            "-c",
                            "source %s/person/env; ! %s 2>&1".formatted(folder, upgrade.replace(Release.NEXT, older))));
            System.out.println(refused);
            assertTrue(refused.contains(older + " is not newer than " + Release.NEXT), refused);
        }
    }

    private String node(SiteMesh mesh) {
        return mesh.person(TO_ANSWER, "modules/cli/harmony node show %s || true".formatted(NODE));
    }
}
