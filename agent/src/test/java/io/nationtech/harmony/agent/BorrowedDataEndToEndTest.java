package io.nationtech.harmony.agent;

import static io.nationtech.harmony.agent.CommandLineProcess.assertSaid;
import static io.nationtech.harmony.agent.Programs.podman;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.mesh.contract.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A player that reads what a downloader of another deployment keeps, over two agents: it runs where that is, waits for it, and follows it. */
class BorrowedDataEndToEndTest {
    private static final int NODES = 2;
    private static final String IMAGE = "localhost/harmony-agent-borrowed:1";

    @TempDir
    private Path folder;

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final Site site = new Site();
    private final List<RunningAgent> agents = new ArrayList<>();
    private CommandLineProcess harmony;

    @BeforeEach
    void begin() throws Exception {
        harmony = new CommandLineProcess(folder.resolve("person"), site.server().url());
        Path scratch = Files.createDirectories(folder.resolve("image"));
        Files.copy(Path.of("/usr/bin/busybox"), scratch.resolve("busybox"));
        Files.writeString(scratch.resolve("Containerfile"), """
                FROM scratch
                COPY busybox /bin/busybox
                STOPSIGNAL KILL
                ENTRYPOINT ["/bin/busybox", "sh", "-c"]
                """);
        Programs.buildImage(IMAGE, scratch);
        for (int number = 1; number <= NODES; number++) {
            agents.add(RunningAgent.onPodman(
                    site, node(number), "127.89.0." + number, folder.resolve("state-" + number), Map.of()));
        }
        for (RunningAgent agent : agents) {
            agent.await("Registered");
        }
    }

    @AfterEach
    void end() {
        agents.forEach(RunningAgent::close);
        IntStream.rangeClosed(1, NODES).forEach(number -> {
            podman("rm", "--force", "--ignore", "--time", "0", container(number, "cinema.player"));
            podman("rm", "--force", "--ignore", "--time", "0", container(number, "downloads.torrent"));
            Programs.run("podman", "volume", "rm", "--force", volume(number));
        });
        podman("rmi", "--force", IMAGE);
        site.close();
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void itIsReadWhereItsOwnerKeepsItAndFollowed() throws Exception {
        String downloads = downloads(folder.resolve("downloads")).toString();
        String cinema = cinema(folder.resolve("cinema"), Path.of(downloads)).toString();
        CommandLineProcess.Said early = assertSaid(1, harmony.run("deploy", cinema));
        assertTrue(
                early.err().contains("service 'player' must be beside 'downloads.torrent', which none of 2 nodes runs"),
                early::toString);

        assertSaid(0, harmony.run("node", "cordon", node(1).value()));
        assertSaid(0, harmony.run("deploy", downloads));
        assertSaid(0, harmony.run("node", "uncordon", node(1).value()));
        CommandLineProcess.Said deployed = assertSaid(0, harmony.run("deploy", cinema));
        System.out.println(deployed);
        assertTrue(deployed.err().contains("player.downloads.library at /media (read only)"), deployed::toString);
        awaitRead(2, "a film");

        assertSaid(0, harmony.run("node", "cordon", node(2).value()));
        CommandLineProcess.Said withdrawn =
                assertSaid(0, harmony.run("withdraw", "downloads", "--accept-loss", "volume/library"));
        System.out.println(withdrawn);
        assertTrue(
                withdrawn
                        .err()
                        .contains("deployment 'cinema' borrows volume 'library' of 'downloads' on node '%s'"
                                .formatted(node(2))),
                withdrawn::toString);

        // What is left of it goes by hand alone, and is not made again for those who borrow it.
        awaitRead(2, "a film");
        podman("volume", "rm", volume(2));
        Eventually.holds(
                "the cause is told",
                () -> harmony.run("status", "cinema")
                        .out()
                        .contains("borrows volume 'library' of 'downloads', which is not on this node"));
        podman("rm", "--force", "--time", "0", container(2, "cinema.player"));

        assertSaid(0, harmony.run("deploy", downloads));
        assertEquals("", podman("ps", "--all", "--quiet", "--filter", "name=" + container(2, "cinema.player")));
        assertEquals("", podman("volume", "ls", "--quiet", "--filter", "name=" + volume(2)));
        assertSaid(0, harmony.run("deploy", cinema));
        awaitRead(1, "a film");

        assertSaid(0, harmony.run("withdraw", "cinema"));
        assertEquals(
                "film\nseen\n",
                Programs.run(
                        "ls",
                        podman("volume", "inspect", "--format", "{{.Mountpoint}}", volume(1))
                                .strip()),
                "what was lent stays, and what was written into it");
    }

    private void awaitRead(int node, String line) {
        Eventually.holds(
                "'%s' is read on node %d".formatted(line, node),
                () -> Programs.run("podman", "logs", "--tail", "1", container(node, "cinema.player"))
                        .equals(line + "\n"));
    }

    private NodeId node(int number) {
        return NodeId.of("b%d-%s".formatted(number, run));
    }

    private String container(int number, String name) {
        return "harmony-%s.%s".formatted(node(number), name);
    }

    private String volume(int number) {
        return container(number, "downloads.library");
    }

    private static Path downloads(Path folder) throws IOException {
        return DeploymentJar.of(
                folder,
                "downloads",
                "module downloads { requires transitive io.nationtech.harmony.borrowed.data; exports downloads; "
                        + "provides io.nationtech.harmony.domain.DeploymentModule with downloads.Downloads; }",
                """
                package downloads;

                import io.nationtech.harmony.borrowed.data.*;
                import io.nationtech.harmony.domain.*;
                import io.nationtech.harmony.domain.capability.*;
                import io.nationtech.harmony.domain.node.*;
                import io.nationtech.harmony.domain.placement.*;
                import io.nationtech.harmony.domain.score.*;
                import io.nationtech.harmony.domain.value.*;
                import java.time.Duration;

                public final class Downloads implements DeploymentModule {
                    interface Home extends ContainerRuntime, VolumeStore {}

                    private static final DataName FILMS = DataName.of("library");
                    private static final PrivateService TORRENT = ContainerService.named(ServiceName.of("torrent"))
                            .image(ImageReference.of("%s"))
                            .publishesNothing()
                            .withoutProbe()
                            .memoryLimit(Memory.mebibytes(32))
                            .args(Arguments.of("echo a film > /downloads/film; exec busybox sleep 100000"));
                    private static final Deployment<Home> DOWNLOADS = Deployment.named(DeploymentName.of("downloads"))
                            .on(Topology.of(TopologyName.of("home"), Home.class, Site.of("home")))
                            .runs(TORRENT.volumes(Volume.of(FILMS, MountPath.of("/downloads"))))
                            .provenBy(HealthSmokeTest.of(TORRENT).steadyFor(Duration.ofSeconds(1)));

                    /** For other deployments. */
                    public static final OfferedVolume LIBRARY = OfferedVolume.of(DOWNLOADS, FILMS);

                    @Override
                    public Deployment<Home> deployment() {
                        return DOWNLOADS;
                    }
                }
                """.formatted(IMAGE));
    }

    private static Path cinema(Path folder, Path downloads) throws IOException {
        return DeploymentJar.of(
                folder,
                "cinema",
                "module cinema { requires downloads; "
                        + "provides io.nationtech.harmony.domain.DeploymentModule with cinema.Cinema; }",
                """
                package cinema;

                import downloads.Downloads;
                import io.nationtech.harmony.borrowed.data.*;
                import io.nationtech.harmony.domain.*;
                import io.nationtech.harmony.domain.capability.*;
                import io.nationtech.harmony.domain.score.*;
                import io.nationtech.harmony.domain.value.*;
                import java.time.Duration;

                public final class Cinema implements DeploymentModule {
                    interface Home extends ContainerRuntime, VolumeStore {}

                    @Override
                    public Deployment<Home> deployment() {
                        var player = ContainerService.named(ServiceName.of("player"))
                                .image(ImageReference.of("%s"))
                                .publishesNothing()
                                .withoutProbe()
                                .memoryLimit(Memory.mebibytes(32))
                                .args(Arguments.of("echo > /media/no 2> /dev/null && exit 1; echo > /out/seen; "
                                        + "while :; do busybox cat /media/film; busybox usleep 200000; done"));
                        return Deployment.named(DeploymentName.of("cinema"))
                                .on(Topology.of(TopologyName.of("home"), Home.class, Site.of("home")))
                                .runs(player.with(Borrows.readOnly(Downloads.LIBRARY, MountPath.of("/media")))
                                        .with(Borrows.writable(Downloads.LIBRARY, MountPath.of("/out"))))
                                .provenBy(HealthSmokeTest.of(player).steadyFor(Duration.ofSeconds(1)));
                    }
                }
                """.formatted(IMAGE),
                downloads);
    }
}
