package io.nationtech.harmony.podman;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.SecretValues;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.MountedData;
import io.nationtech.harmony.domain.node.ShareAccess;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.secrets.contract.Leak;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.jr.ob.JSON;

/** Quadlet and systemd, in a machine of their own that systemd-nspawn boots. */
class QuadletRuntimeTest extends ContainerRuntimeContract {
    private static final Optional<IpAddress> AT = Optional.of(IpAddress.of(ADDRESS));
    private static final int REGISTRY = 5000;
    private static Nspawn nspawn;
    private static Registry registry;
    private static Machine machine;

    @BeforeAll
    static void boot() throws IOException {
        nspawn = Nspawn.boot();
        registry = Registry.start(nspawn.way(), nspawn.shared(), REGISTRY);
        List<String> prefix = new ArrayList<>(nspawn.way());
        prefix.addAll(Machine.registries(nspawn.shared(), REGISTRY));
        machine = new Machine(new Programs(prefix, Programs.here().path()), nspawn.shared(), REGISTRY);
        publish(machine);
    }

    @AfterAll
    static void powerOff() {
        registry.close();
        nspawn.close();
    }

    @Test
    void peopleOnSiteAreToldBySystemctlAndJournalctl() {
        runtime.converge(deployment, site(1));

        String status = machine.must("systemctl", "status", "--no-pager", podmanName(deployment, WEB));
        assertTrue(status.contains("Container web of deployment " + deployment), status);
        assertTrue(status.contains("active (running)"), status);
        Eventually.holds(
                "the journal has what the container wrote",
                () -> machine.must("journalctl", "--no-pager", "-u", podmanName(deployment, WEB))
                        .contains("serving one"));
        assertEquals("generated\n", machine.must("systemctl", "is-enabled", podmanName(deployment, WEB)));
        assertTrue(machine.must("systemctl", "list-dependencies", "--plain", "multi-user.target")
                .contains(podmanName(deployment, WEB)));
    }

    @Test
    void systemdAloneRestartsWhatDied() {
        runtime.converge(deployment, site(1));
        String before = id();
        machine.must("podman", "kill", podmanName(deployment, WEB));

        Eventually.holds(
                "another container serves", () -> machine.page(ADDRESS, port).equals("one") && !id().equals(before));
    }

    @Test
    void systemdAlonePutsACarriedContainerIntoItsCarriersNetworkAgain() {
        runtime.converge(deployment, carrier(1));
        runtime.converge(deployment, carried());
        assertCarried();

        assertCarriedAnewBy("podman", "kill", podmanName(deployment, WEB));
        assertCarriedAnewBy("systemctl", "restart", podmanName(deployment, WEB));
        assertCarriedAnewBy("systemctl", "restart", podmanName(deployment, TORRENT));

        machine.must("systemctl", "stop", podmanName(deployment, WEB));
        assertFalse(machine.run("systemctl", "is-active", podmanName(deployment, TORRENT))
                .succeeded());
        // As at boot.
        assertCarriedAnewBy("systemctl", "start", "multi-user.target");
        assertEquals(new Outcome.Unchanged(), open().converge(deployment, carried()));
    }

    private void assertCarriedAnewBy(String... words) {
        String before = torrent();
        machine.must(words);
        Eventually.holds(
                "another one runs", () -> !torrent().isEmpty() && !torrent().equals(before));
        assertCarried();
    }

    private String torrent() {
        return machine.run("podman", "ps", "--quiet", "--filter", "name=" + podmanName(deployment, TORRENT))
                .output();
    }

    /** As at boot. */
    @Test
    void systemdAloneStartsNothingWithoutWalls() throws IOException {
        runtime.converge(deployment, site(1));
        Path walls = nspawn.root().resolve("var/lib/harmony/walls.nft");
        String good = Files.readString(walls);
        machine.must("systemctl", "stop", podmanName(deployment, WEB));
        machine.must("nft", "delete", "table", "inet", "harmony");

        machine.must("systemctl", "start", podmanName(deployment, WEB));
        assertTrue(machine.must("nft", "list", "table", "inet", "harmony").contains("chain to-node"));
        assertServes("one", port);

        machine.must("systemctl", "stop", podmanName(deployment, WEB));
        Files.writeString(walls, good.replace("policy accept", "policy perhaps"));
        assertFalse(
                machine.run("systemctl", "start", podmanName(deployment, WEB)).succeeded());
        assertEquals("", machine.must("podman", "ps", "--quiet", "--filter", "name=" + podmanName(deployment, WEB)));

        open().converge(deployment, site(1));
        assertEquals(good, Files.readString(walls));
        assertServes("one", port);
    }

    /** As at boot, when the NAS comes later: no agent is asked. */
    @Test
    void systemdAloneStartsNothingBeforeItsShareIsMountedAndStartsItThen() {
        prepareHousehold();
        mountNas("tabby");
        runtime.converge(deployment, showingPhotos());
        machine.must("systemctl", "stop", podmanName(deployment, WEB));
        machine.must("umount", "--lazy", NAS);

        assertFalse(
                machine.run("systemctl", "start", podmanName(deployment, WEB)).succeeded());
        assertEquals(
                "",
                machine.must("podman", "ps", "--all", "--quiet", "--filter", "name=" + podmanName(deployment, WEB)));
        assertEquals("", belowNas());

        mountNas("siamese");
        Eventually.holds(
                "it was started",
                () -> machine.run("podman", "exec", podmanName(deployment, WEB), "/bin/busybox", "cat", "/media/cat")
                        .output()
                        .equals("siamese\n"));
        assertEquals(
                new Outcome.Unchanged(),
                open().converge(deployment, showingPhotos()),
                "an agent begins with its machine, and finds it as it should be");
    }

    /** As at boot, when the owner's is restored later: no agent is asked, and nobody but its owner makes the volume. */
    @Test
    void systemdAloneStartsWhatBorrowsAVolumeOnceThatIsThere() {
        DeploymentName owner = DeploymentName.of(deployment + "-owner");
        MountedData read = borrowed("/media", ShareAccess.READ_ONLY);
        runtime.converge(
                deployment,
                site(1).with(Container.Storage.DEFAULT.borrowing(read)),
                SecretValues.none(),
                Map.of(read.file(), lent(owner)));
        machine.must("systemctl", "stop", podmanName(deployment, WEB));
        runtime.remove(owner, WEB);
        machine.must("podman", "volume", "rm", podmanName(owner, ContainerName.of("orders")));

        assertFalse(
                machine.run("systemctl", "start", podmanName(deployment, WEB)).succeeded());
        assertEquals(Optional.empty(), runtime.volume(owner, DataName.of("orders")));

        lent(owner);
        Eventually.holds(
                "it was started",
                () -> machine.run("podman", "exec", podmanName(deployment, WEB), "/bin/busybox", "cat", "/media/film")
                        .output()
                        .equals("a film\n"));
        runtime.remove(deployment, WEB);
        runtime.remove(owner, WEB);
        machine.must("podman", "volume", "rm", podmanName(owner, ContainerName.of("orders")));
    }

    @Test
    void aRemovedContainerLeavesNoUnitBehind() {
        runtime.converge(deployment, site(1));
        runtime.remove(deployment, WEB);

        assertEquals(
                "", machine.must("systemctl", "list-units", "--all", "--no-legend", podmanName(deployment, WEB) + "*"));
        assertTrue(Files.notExists(file()));
    }

    @Test
    void aChangeThatWasWrittenButNotYetMadeIsMade() throws IOException {
        runtime.converge(deployment, site(1));
        String before = id();
        UnitFile written = new UnitFile(new UnitName(deployment, WEB), EquippedContainer.bare(site(2)), AT, List.of());
        Files.writeString(file(), written.text());
        machine.must("systemctl", "daemon-reload");

        assertChanged(open().converge(deployment, site(2)));
        assertServes("two", port);
        assertTrue(!before.equals(id()));
    }

    @Test
    void aFileThatSystemdHasNotReadIsRead() throws IOException {
        UnitFile written = new UnitFile(new UnitName(deployment, WEB), EquippedContainer.bare(site(1)), AT, List.of());
        machine.must("podman", "pull", "--quiet", image(1).toString());
        Files.writeString(file(), written.text());

        assertChanged(runtime.converge(deployment, site(1)));
        assertServes("one", port);
    }

    @Test
    void whatAPersonEditedIsSetRight() throws IOException {
        runtime.converge(deployment, site(1));
        Files.writeString(file(), Files.readString(file()).replace("contract-site:1", "contract-site:2"));

        assertChanged(runtime.converge(deployment, site(1)));
        assertEquals(new Outcome.Unchanged(), runtime.converge(deployment, site(1)));
        assertServes("one", port);
    }

    @Test
    void aUnitFindsItsSecretAgainWithoutTheAgent() throws IOException {
        runtime.converge(deployment, reading(1), lending("correct horse"));
        String before = id();
        machine.must("systemctl", "restart", podmanName(deployment, WEB));

        assertTrue(!before.equals(id()));
        assertEquals("correct horse", secretSeenBy("1000"));
        assertEquals(1, files(credentials()).count());
        assertEquals(Optional.empty(), Leak.of("correct horse").firstFileIn(credentials()));
        assertTrue(!Leak.of("correct horse").isIn(Files.readAllBytes(file())));
    }

    @Test
    void aUnitPutsASecretIntoTheEnvironmentAgainWithoutTheAgent() {
        EnvName variable = EnvName.of("TOKEN");
        runtime.converge(deployment, knowing(site(1), Set.of(variable)), lending("correct horse"));
        String before = id();
        machine.must("systemctl", "restart", podmanName(deployment, WEB));

        assertNotEquals(before, id());
        assertEquals("correct horse", environment().get("TOKEN"));
    }

    @Test
    void whatIsQuotedArrivesAsItIs() throws IOException {
        long seed = System.nanoTime();
        List<String> odd = OddValues.of(seed, 200);
        String words = odd.stream().map(UnitQuoting::word).collect(Collectors.joining(" "));
        Path out = nspawn.shared().resolve("odd");
        Files.writeString(nspawn.root().resolve("etc/systemd/system/odd.service"), """
                [Service]
                Type=oneshot
                ExecStart=/usr/bin/printf %s %s
                StandardOutput=truncate:%s
                """.formatted(
                        UnitQuoting.word("%s\\0"), words, out));
        machine.must("systemctl", "daemon-reload");
        machine.must("systemctl", "start", "odd.service");

        assertEquals(odd, List.of(Files.readString(out).split("\0", -1)).subList(0, odd.size()), "seed " + seed);
    }

    @Test
    void whatQuadletIsGivenArrivesAsItIs() throws IOException {
        long seed = System.nanoTime();
        List<String> odd = OddValues.of(seed, 100);
        machine.must("podman", "pull", "--quiet", image(1).toString());
        Path folder = nspawn.root().resolve("etc/containers/systemd");
        Files.writeString(
                folder.resolve("odder.container"),
                "[Container]\nContainerName=odder\nImage=%s\nPull=never\n".formatted(image(1)));
        // After the file that takes away, in this machine, what needs controllers.
        Path more = Files.createDirectories(folder.resolve("odder.container.d")).resolve("zz.conf");
        Files.writeString(
                more,
                IntStream.range(0, odd.size())
                        .mapToObj(i -> UnitQuoting.word("--env=ODD%d=%s".formatted(i, odd.get(i))))
                        .collect(Collectors.joining(" ", "[Container]\nPodmanArgs=", "\n")));
        try {
            machine.must("systemctl", "daemon-reload");
            machine.must("systemctl", "start", "odder.service");
            String told = machine.must("podman", "inspect", "--format", "{{json .Config.Env}}", "odder");
            List<?> environment = JSON.std.listFrom(told);
            for (int i = 0; i < odd.size(); i++) {
                String wanted = "ODD%d=%s".formatted(i, odd.get(i));
                assertTrue(environment.contains(wanted), "seed %d: '%s' is not in %s".formatted(seed, wanted, told));
            }
        } finally {
            machine.run("systemctl", "stop", "odder.service");
            Files.delete(more);
            Files.delete(folder.resolve("odder.container"));
        }
    }

    @Override
    protected long kept() throws IOException {
        Path memory = nspawn.root().resolve("run/harmony-secrets");
        assertTrue(!machine.must("findmnt", "--noheadings", "--output", "FSTYPE", "--target", "/run")
                .isBlank());
        return files(credentials()).count() + files(memory).count();
    }

    private static Stream<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.isDirectory(folder) ? Files.walk(folder) : Stream.of()) {
            return all.filter(Files::isRegularFile).toList().stream();
        }
    }

    private static Path credentials() {
        return nspawn.root().resolve("var/lib/harmony/credentials");
    }

    private Path file() {
        return nspawn.root().resolve("etc/containers/systemd/" + podmanName(deployment, WEB) + ".container");
    }

    @Override
    protected ContainerRuntime open(IpAddress at, Set<InetSocketAddress> mesh) {
        return new QuadletRuntime(
                Optional.of(at),
                shares(),
                file().getParent(),
                credentials(),
                machine.programs(),
                clock::get,
                Optional.of(new MemoryFolder(machine.folder().resolve("logins"))),
                StaticBusybox.OF_DEBIAN,
                fetched(),
                () -> mesh);
    }

    @Override
    protected ContainerRuntime openWithoutPodman() {
        return new QuadletRuntime(
                AT,
                shares(),
                file().getParent(),
                credentials(),
                new Programs(List.of(), "/nowhere"),
                clock::get,
                Optional.of(new MemoryFolder(machine.folder().resolve("logins"))),
                StaticBusybox.OF_DEBIAN,
                fetched(),
                Set::of);
    }

    @Override
    protected Machine machine() {
        return machine;
    }

    @Override
    protected void end(DeploymentName deployment, ContainerName container) {
        machine.must("systemctl", "stop", podmanName(deployment, container));
    }

    @Override
    protected String podmanName(DeploymentName deployment, ContainerName container) {
        return "harmony-%s.%s".formatted(deployment, container);
    }
}
