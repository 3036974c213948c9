package io.nationtech.harmony.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image of a node, booted: it joins the mesh, runs what it is told, and after a power cut runs it again without the mesh. */
final class NodeImageTest {
    private static final Duration TO_BOOT = Duration.ofMinutes(6);
    private static final Duration TO_ANSWER = Duration.ofMinutes(1);
    private static final Duration TO_DEPLOY = Duration.ofMinutes(6);
    private static final NodeId NODE = NodeId.of("qemu-node");
    private static final IpAddress NODE_ADDRESS = IpAddress.of("127.0.0.41");
    private static final NodeId OTHER = NodeId.of("host-node");
    private static final IpAddress OTHER_ADDRESS = IpAddress.of("127.0.0.42");

    private static final URI PAGE = URI.create("http://%s:8080/".formatted(NODE_ADDRESS));
    private static final int ONE_TRY = 10_000;

    @TempDir
    private Path folder;

    @Test
    void aNodeRunsWhatItIsToldAndRunsItAgainAfterAPowerCutWithoutMesh() throws IOException {
        String page = Files.readString(Program.project().resolve("modules/website-deploy/image/www/index.html"));
        try (SiteMesh mesh = SiteMesh.start(folder, List.of(NODE, OTHER));
                Registry registry = Registry.start(folder);
                HostNode other = HostNode.start(folder, OTHER, OTHER_ADDRESS, mesh, registry.mapping("127.0.0.1"));
                VirtualMachine node = GuestNode.boot(folder, NODE, NODE_ADDRESS, mesh, registry, Set.of());
                NatsMesh link = mesh.connect()) {
            Fleet fleet = mesh.fleet(link);
            explained(node, other, () -> {
                Program.succeeds(TO_ANSWER, List.of("modules/website-deploy/image/push", registry.place()));

                Eventually.holds("both nodes are heard in the mesh", TO_BOOT, () -> {
                    node.requireRunning();
                    return GuestNode.isAlive(fleet, NODE) && GuestNode.isAlive(fleet, OTHER);
                });
                assertHealthy(node);

                mesh.person(TO_DEPLOY, "modules/cli/harmony deploy modules/website-deploy");
                assertEquals(Optional.of(page), fetch());
                assertContainerRuns(node);

                mesh.kill();
                registry.kill();
                node.cutPower();
                assertEquals(Optional.empty(), fetch());

                node.switchOn();
                Eventually.holds("the page is back", TO_BOOT, () -> {
                    node.requireRunning();
                    return fetch().equals(Optional.of(page));
                });
                assertHealthy(node);
                assertContainerRuns(node);

                mesh.restart();
                Eventually.holds("the node is heard again", TO_ANSWER, () -> GuestNode.isAlive(fleet, NODE));
            });
        }
    }

    private static void assertHealthy(VirtualMachine node) {
        System.out.println("guest: " + GuestNode.told(node, "uname -srvm", TO_BOOT));
        // `start` waits for the start that is under way: the mesh may hear the node a moment before systemd does.
        System.out.println(
                "harmony: " + GuestNode.told(node, "systemctl start harmony && systemctl is-active harmony", TO_BOOT));
        assertEquals(
                "",
                GuestNode.told(node, "systemctl --failed --plain --no-legend", TO_ANSWER),
                "failed units in the guest");
    }

    private static void assertContainerRuns(VirtualMachine node) {
        String running = GuestNode.told(node, "podman ps --format '{{.Names}} {{.Status}}'", TO_ANSWER);
        System.out.println("podman: " + running);
        assertTrue(running.contains("harmony-website.web Up"), () -> "podman ps in the guest: " + running);
    }

    private static Optional<String> fetch() {
        try {
            URLConnection connection = PAGE.toURL().openConnection();
            connection.setConnectTimeout(ONE_TRY);
            connection.setReadTimeout(ONE_TRY);
            try (InputStream body = connection.getInputStream()) {
                return Optional.of(new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Runs the steps; a failure comes with what the guest says. */
    private static void explained(VirtualMachine node, HostNode other, Steps steps) throws IOException {
        try {
            steps.run();
        } catch (AssertionError | MachineException e) {
            throw new AssertionError(
                    "%s%n--- the guest's agent ---%n%s%n--- the other node's agent ---%n%s%n--- the guest's serial port ---%n%s"
                            .formatted(
                                    e.getMessage(),
                                    journal(node),
                                    other.said(),
                                    String.join("\n", node.serialTail(40))),
                    e);
        }
    }

    private static String journal(VirtualMachine node) {
        try {
            return node.shell()
                    .run("systemctl --failed --no-legend; journalctl -b -u 'harmony*' --no-pager -n 60", TO_ANSWER)
                    .output();
        } catch (MachineException e) {
            return e.getMessage();
        }
    }

    private interface Steps {
        void run() throws IOException;
    }
}
