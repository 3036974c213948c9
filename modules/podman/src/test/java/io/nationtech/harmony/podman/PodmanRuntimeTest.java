package io.nationtech.harmony.podman;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.hardware.DeviceGrant;
import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.Gpio;
import io.nationtech.harmony.domain.hardware.Serial;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.ContainerStatus.Running;
import io.nationtech.harmony.domain.node.Limits;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.node.Privilege;
import io.nationtech.harmony.domain.node.PullLogin;
import io.nationtech.harmony.domain.placement.Mobility;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.CpuShare;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ProcessCount;
import io.nationtech.harmony.domain.value.Reason;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.contract.FreePort;
import io.nationtech.harmony.programs.Followed;
import io.nationtech.harmony.secrets.contract.Leak;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Podman direct, on this very machine. */
class PodmanRuntimeTest extends ContainerRuntimeContract {
    private static final NodeId NODE =
            NodeId.of("contract-" + ProcessHandle.current().pid());
    private static final Optional<IpAddress> AT = Optional.of(IpAddress.of(ADDRESS));
    private static Registry registry;
    private static Machine machine;

    @BeforeAll
    static void prepare() throws IOException {
        Path folder = Files.createTempDirectory("harmony-podman");
        int port = FreePort.at(InetAddress.getLoopbackAddress());
        registry = Registry.start(List.of(), folder, port);
        machine = new Machine(
                new Programs(Machine.registries(folder, port), Programs.here().path()), folder, port);
        publish(machine);
    }

    @AfterAll
    static void tidy() {
        machine.run(
                "podman",
                "rmi",
                "--force",
                REPOSITORY + ":1",
                REPOSITORY + ":2",
                failing().image().toString());
        registry.close();
        memory().map(MemoryFolder::root).filter(Files::exists).ifPresent(Machine::delete);
        Machine.delete(machine.folder());
    }

    @Test
    void aContainerHasTheDeviceThatItWasGiven() {
        DeviceGrant port = DeviceGrant.of(Serial.any(), DevicePath.of("tty10"));
        assertChanged(runtime.converge(deployment, site(1).placed(List.of(port), Mobility.MOVES)));

        assertEquals(
                "crw",
                machine.must("podman", "exec", podmanName(deployment, WEB), "/bin/busybox", "ls", "-l", "/dev/tty10")
                        .substring(0, 3));
        assertEquals(
                new Outcome.Unchanged(), runtime.converge(deployment, site(1).placed(List.of(port), Mobility.MOVES)));
        assertChanged(runtime.converge(deployment, site(1)));
    }

    @Test
    void aContainerHasTheDevicesThatEveryNodeHasWhereThatIsAllowed() {
        Container vpn = site(1);
        for (Privilege privilege : List.of(Privilege.TUN, Privilege.FUSE)) {
            vpn = vpn.with(vpn.security().allowing(privilege, Reason.of("this test wants it")));
        }
        assertChanged(runtime.converge(deployment, vpn));

        for (String file : List.of("/dev/net/tun", "/dev/fuse")) {
            assertEquals(
                    "crw",
                    machine.must("podman", "exec", podmanName(deployment, WEB), "/bin/busybox", "ls", "-l", file)
                            .substring(0, 3));
        }
    }

    @Test
    void withoutItsDeviceAContainerFailsWithTheCauseAndWhatRanGoesOn() {
        runtime.converge(deployment, site(1));
        DeviceGrant line = DeviceGrant.of(Gpio.line(17), DevicePath.of("gpiochip99/17"));

        Outcome outcome = runtime.converge(deployment, site(2).placed(List.of(line), Mobility.MOVES));

        assertEquals(
                "device gpiochip99/17 (gpio line) cannot be given to the container: /dev/gpiochip99 is not there",
                assertInstanceOf(Outcome.Failed.class, outcome).cause().what());
        assertServes("one", port);
    }

    @Test
    void whileChangesAreToldPodmanIsNotAskedAgain() throws IOException {
        Path calls = machine.folder().resolve("calls");
        Path counting = machine.folder().resolve("counting");
        Files.writeString(counting, """
                #!/bin/sh
                echo "$*" >> %s
                exec "$@"
                """.formatted(calls));
        machine.must("chmod", "+x", counting.toString());
        List<String> prefix = new ArrayList<>(Machine.registries(machine.folder(), machine.registryPort()));
        prefix.add(counting.toString());
        try (var counted = new PodmanRuntime(
                        NODE,
                        AT,
                        shares(),
                        new Programs(prefix, Programs.here().path()),
                        clock::get,
                        memory(),
                        StaticBusybox.OF_DEBIAN,
                        fetched(),
                        Set::of);
                var told = new Told(counted)) {
            List<Container> containers = Stream.of("a", "b", "c")
                    .map(name -> Container.of(ContainerName.of(name), image(1), Memory.mebibytes(64)))
                    .toList();
            containers.forEach(container -> assertChanged(counted.converge(deployment, container)));
            told.awaitSilence();
            counted.observe();
            Files.writeString(calls, "");

            for (int pass = 0; pass < 3; pass++) {
                containers.forEach(
                        container -> assertEquals(new Outcome.Unchanged(), counted.converge(deployment, container)));
                assertEquals(3, counted.observe(deployment).size());
            }
            assertEquals("", Files.readString(calls));

            clock.addAndGet(Duration.ofMinutes(1).toNanos());
            counted.observe();
            counted.observe();
            assertEquals(1, Files.readAllLines(calls).size(), "now and then it looks all the same");
        }
    }

    /** A wrapper around podman looks at the file that it gets. */
    @Test
    void aLoginIsInAFileInMemoryForItsUserAloneWhilePodmanFetchesAndInNoArgument() throws IOException {
        Path calls = machine.folder().resolve("fetches");
        Path looking = machine.folder().resolve("looking");
        Files.writeString(looking, """
                #!/bin/sh
                echo "$*" >> %1$s
                for word in "$@"; do
                    case $word in *.json) stat -c '%%a %%u' "$word" >> %1$s ;; esac
                done
                exec "$@"
                """.formatted(calls));
        machine.must("chmod", "+x", looking.toString());
        List<String> prefix = new ArrayList<>(Machine.registries(machine.folder(), machine.registryPort()));
        prefix.add(looking.toString());
        Followed registry = machine.startGuardedRegistry();
        long before = kept();
        Container site = site(1);
        try (var watched = new PodmanRuntime(
                NODE,
                AT,
                shares(),
                new Programs(prefix, Programs.here().path()),
                clock::get,
                memory(),
                StaticBusybox.OF_DEBIAN,
                fetched(),
                Set::of)) {
            Container wanted = Container.of(
                            WEB,
                            ImageReference.of(machine.guarded() + "/contract-site:1"),
                            site.resources().memoryLimit())
                    .with(Container.Pull.DEFAULT.with(
                            new PullLogin(machine.guarded(), new MountedSecret(SecretRef.of("registry"), 1))));

            assertEquals(Optional.empty(), watched.fetch(deployment, wanted, lending("ada:correct horse")));

            String seen = Files.readString(calls);
            assertTrue(seen.contains("--authfile /dev/shm/harmony-" + NODE + "/harmony-" + NODE), seen);
            assertTrue(seen.contains("\n400 0\n"), seen);
            String encoded = Base64.getEncoder().encodeToString("ada:correct horse".getBytes(StandardCharsets.UTF_8));
            Leak.of("correct horse").absentFrom("the arguments", seen);
            Leak.of(encoded).absentFrom("the arguments", seen);
            assertEquals(before, kept(), "the file is gone");
            watched.tidy(deployment, Map.of());
        } finally {
            registry.close();
        }
    }

    @Test
    void whatEndsAgainAndAgainIsStartedEverLaterAndItIsToldHowItEnded() {
        runtime.converge(deployment, failing());
        awaitGivenUp();
        assertChanged(runtime.converge(deployment, failing()));
        awaitGivenUp();

        Cause cause = failure(runtime.converge(deployment, failing()));
        assertTrue(cause.what().contains("exit code 3"), cause::toString);
        assertTrue(status().orElseThrow().history().restarts() > 5, "also those before podman began to count anew");
        clock.addAndGet(RestartBackoff.FIRST.toNanos());
        assertChanged(runtime.converge(deployment, failing()));
    }

    private void awaitGivenUp() {
        Eventually.holds(
                "podman gave it up",
                Duration.ofMinutes(1),
                () -> inspect("{{.State.Status}} {{.RestartCount}}").equals("exited 5\n"));
    }

    @Test
    void whatEndedWithSuccessIsFinished() {
        runtime.converge(deployment, finishing());

        Eventually.holds("it is finished", () -> observed().equals(Optional.of(Running.FINISHED)));
        assertEquals(Optional.of(0), status().orElseThrow().history().lastExit().map(exit -> exit.code()));
    }

    @Test
    void podmanAloneStartsNothingAgainThatHasShares() {
        prepareHousehold();
        mountNas("tabby");
        runtime.converge(deployment, showingPhotos());
        machine.must("umount", "--lazy", NAS);
        machine.must("podman", "kill", podmanName(deployment, WEB));

        Eventually.holds(
                "it ended", () -> inspect("{{.State.Status}} {{.RestartCount}}").equals("exited 0\n"));
        assertEquals("no\n", inspect("{{.HostConfig.RestartPolicy.Name}}"));
        failure(runtime.converge(deployment, showingPhotos()));
        assertEquals(Optional.of(Running.STOPPED), observed());
        mountNas("siamese");
        assertChanged(runtime.converge(deployment, showingPhotos()));
        assertEquals("siamese", inside("cat", "/media/cat"));
    }

    @Test
    void severalNodesShareAMachine() {
        ContainerRuntime other = new PodmanRuntime(
                NodeId.of(NODE + "-b"),
                AT,
                shares(),
                machine.programs(),
                System::nanoTime,
                memory(),
                StaticBusybox.OF_DEBIAN,
                fetched(),
                Set::of);
        runtime.converge(deployment, site(1));

        assertEquals(List.of(), other.deployments());
        assertEquals(new Outcome.Unchanged(), other.remove(deployment, WEB));
        assertEquals(Optional.of(Running.RUNNING), observed());
    }

    @Test
    void whatARestartOfTheMachineEndedUnseenComesBack() {
        runtime.converge(deployment, site(1));
        killUnseen();
        assertEquals("running\n", inspect("{{.State.Status}}"), "podman did not notice");
        assertEquals(Optional.of(Running.STOPPED), observed());

        assertChanged(runtime.converge(deployment, site(1)));
        assertServes("one", port);
    }

    @Test
    void aReplacementCutShortBeforeTheChangeOverIsBegunAnew() {
        runtime.converge(deployment, site(1));
        String name = podmanName(deployment, WEB);
        runtime.converge(deployment, site(1));
        machine.must(
                "podman",
                "create",
                "--name",
                name + ".next",
                "--label=harmony.node=" + NODE,
                "--label=harmony.deployment=" + deployment,
                "--label=harmony.container=web",
                "--label=harmony.fingerprint=x",
                image(1).toString());

        assertEquals(1, runtime.observe(deployment).size());
        assertEquals(new Outcome.Unchanged(), runtime.converge(deployment, site(1)));
        assertTrue(machine.run("podman", "container", "exists", name + ".next").status() == 1);
    }

    @Test
    void aReplacementCutShortAfterTheChangeOverIsKept() {
        runtime.converge(deployment, site(1));
        String before = id();
        machine.must("podman", "rename", podmanName(deployment, WEB), podmanName(deployment, WEB) + ".next");

        assertEquals(Optional.of(Running.RUNNING), observed());
        assertEquals(new Outcome.Unchanged(), runtime.converge(deployment, site(1)));
        assertEquals(before, id());
    }

    @Test
    void theMemoryLimitIsPodmansAndSwapDoesNotAddToIt() {
        runtime.converge(deployment, site(1));

        assertEquals("67108864 67108864\n", inspect("{{.HostConfig.Memory}} {{.HostConfig.MemorySwap}}"));
    }

    @Test
    void aProcessorIsSharedAsReservedAndProcessesAreLimited() throws IOException {
        Container plain = site(1);
        Container greedy = plain.with(
                plain.resources().reserving(plain.resources().reserved().with(CpuShare.millis(250))));
        assertChanged(runtime.converge(deployment, greedy));

        assertEquals("256 2048\n", inspect("{{.HostConfig.CpuShares}} {{.HostConfig.PidsLimit}}"));
        assertEquals(new Outcome.Unchanged(), runtime.converge(deployment, greedy));
        assertChanged(runtime.converge(deployment, plain));
        assertEquals("10\n", inspect("{{.HostConfig.CpuShares}}"));
    }

    /** Quadlet's test machine has no control groups that could count processes: there the words are looked at. */
    @Test
    void aContainerCannotTakeMoreProcessorTimeOrProcessesThanItsLimits() throws IOException {
        Container plain = site(1);
        Limits limits = Limits.DEFAULT.cpu(CpuShare.millis(1_500)).processes(ProcessCount.of(64));
        assertChanged(runtime.converge(deployment, plain.with(plain.resources().with(limits))));

        assertEquals("1500000000 64\n", inspect("{{.HostConfig.NanoCpus}} {{.HostConfig.PidsLimit}}"));
    }

    @Test
    void aSecretIsNotPutWhereSomebodyElseMadeTheFolder() throws IOException {
        Path theirs = Files.createTempDirectory(Path.of("/dev/shm"), "harmony-theirs");
        String name = podmanName(deployment, WEB);
        Path root = theirs.resolve("root");
        PodmanRuntime careful = new PodmanRuntime(
                NODE,
                AT,
                shares(),
                machine.programs(),
                clock::get,
                Optional.of(new MemoryFolder(root)),
                StaticBusybox.OF_DEBIAN,
                fetched(),
                Set::of);
        try {
            Files.createSymbolicLink(root, Files.createDirectory(theirs.resolve("elsewhere")));
            assertRefused(careful, root);
            Files.delete(root);

            Files.createDirectory(root);
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwxrwx"));
            assertRefused(careful, root);

            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
            machine.must("chown", "65534", root.toString());
            assertRefused(careful, root);
            machine.must("chown", "0", root.toString());

            Path supplied = Files.createDirectory(root.resolve(name));
            Files.setPosixFilePermissions(supplied, PosixFilePermissions.fromString("rwxrwxrwx"));
            Files.writeString(supplied.resolve("token.v1"), "supplied");
            assertRefused(careful, supplied);
            Machine.delete(supplied);

            assertChanged(careful.converge(deployment, reading(1), lending("correct horse")));
            assertEquals("correct horse", secretSeenBy("1000"));
            careful.remove(deployment, WEB);
        } finally {
            Machine.delete(theirs);
        }
    }

    private void assertRefused(ContainerRuntime runtime, Path folder) throws IOException {
        Cause cause = failure(runtime.converge(deployment, reading(1), lending("correct horse")));
        assertTrue(cause.what().contains("made by somebody else"), cause::toString);
        assertEquals(folder.toString(), cause.where());
        assertEquals(Optional.empty(), Leak.of("correct horse").firstFileIn(folder));
    }

    /** Podman starts the one again that failed, and leaves the other in a network that ended with it. */
    @Test
    void whatPodmanStartedAgainCarriesAgain() {
        runtime.converge(deployment, carrier(1));
        runtime.converge(deployment, carried());
        assertCarried();
        machine.must("podman", "restart", podmanName(deployment, WEB));

        Eventually.holds("it is noticed", () -> runtime.converge(deployment, carried()) instanceof Outcome.Changed);

        assertCarried();
        assertEquals(new Outcome.Unchanged(), runtime.converge(deployment, carried()));
    }

    @Test
    void aSecretOfACarriedContainerGoesWithItsCarrier() throws IOException {
        Container reading = carried().with(reading(1).security());
        runtime.converge(deployment, carrier(1));
        assertChanged(runtime.converge(deployment, reading, lending("correct horse")));

        runtime.remove(deployment, WEB);
        assertEquals(new Outcome.Unchanged(), runtime.remove(deployment, TORRENT));

        assertEquals(0, kept());
    }

    /** As when this machine is itself a container that is restarted: the processes are gone, podman's notes are not. */
    private void killUnseen() {
        for (String field : List.of("{{.State.ConmonPid}}", "{{.State.Pid}}")) {
            machine.must("kill", "-9", inspect(field).strip());
        }
        Eventually.holds("the page is gone", () -> machine.page(ADDRESS, port).isEmpty());
    }

    @Test
    void aSecretIsPutInMemoryAgainAfterARestartOfTheMachine() throws IOException {
        runtime.converge(deployment, reading(1), lending("correct horse"));
        killUnseen();
        Machine.delete(memory().orElseThrow().root());

        assertChanged(runtime.converge(deployment, reading(1), lending("correct horse")));
        assertEquals("correct horse", secretSeenBy("1000"));
    }

    @Test
    void whereNothingIsInMemoryNoContainerReadsASecret() {
        PodmanRuntime without = new PodmanRuntime(
                NODE,
                AT,
                shares(),
                machine.programs(),
                clock::get,
                Optional.empty(),
                StaticBusybox.OF_DEBIAN,
                fetched(),
                Set::of);

        Outcome outcome = without.converge(deployment, reading(1), lending("correct horse"));

        assertTrue(
                assertInstanceOf(Outcome.Failed.class, outcome).cause().what().contains("tmpfs"));
    }

    @Test
    void withoutAStaticBusyboxNoSecretIsInAnEnvironmentAndWhatRanGoesOn() {
        runtime.converge(deployment, site(1));
        Container wanted = knowing(site(2), Set.of(EnvName.of("TOKEN")));
        for (String other : List.of("/nowhere/busybox", "/usr/bin/bash", "/etc/passwd", "/dev/null")) {
            PodmanRuntime without = new PodmanRuntime(
                    NODE,
                    AT,
                    shares(),
                    machine.programs(),
                    clock::get,
                    memory(),
                    new StaticBusybox(Path.of(other)),
                    fetched(),
                    Set::of);

            Cause cause = failure(without.converge(deployment, wanted, lending("correct horse")));

            assertTrue(cause.what().contains(other), cause::toString);
            assertTrue(cause.next().contains("apt install busybox-static"), cause::toString);
        }
        assertServes("one", port);
    }

    @Override
    protected long kept() throws IOException {
        Path root = memory().orElseThrow().root();
        try (Stream<Path> all = Files.isDirectory(root) ? Files.walk(root) : Stream.of()) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void withoutWallsNoContainerIsStartedAndWhatRunsGoesOn() throws IOException {
        runtime.converge(deployment, site(1));
        Path shims = Files.createDirectories(machine.folder().resolve("shims"));
        Path nft = shims.resolve("nft");
        Files.writeString(
                nft,
                "#!/bin/sh\necho 'netlink: Error: cache initialization failed: Operation not permitted' >&2\nexit 1\n");
        machine.must("chmod", "+x", nft.toString());
        List<String> prefix = new ArrayList<>(Machine.registries(machine.folder(), machine.registryPort()));
        prefix.add("PATH=%s:/usr/sbin:/usr/bin".formatted(shims));
        DeploymentName other = DeploymentName.of(deployment + "-other");
        try (var without = new PodmanRuntime(
                NODE,
                AT,
                shares(),
                new Programs(prefix, Programs.here().path()),
                clock::get,
                memory(),
                StaticBusybox.OF_DEBIAN,
                fetched(),
                Set::of)) {
            for (Outcome outcome : List.of(
                    without.converge(deployment, site(1)),
                    without.converge(other, Container.of(WEB, image(1), Memory.mebibytes(64))))) {
                Cause cause = failure(outcome);
                assertEquals(
                        "the walls between containers cannot be put up: netlink: Error: cache initialization failed: Operation not permitted",
                        cause.what());
                assertTrue(cause.next().contains("apt install nftables"), cause::toString);
            }
        }
        assertServes("one", port);
        assertEquals(List.of(deployment), runtime.deployments());
    }

    /** As agents made them that had one network for all. */
    @Test
    void whatRanInTheNetworkOfAllIsMovedIntoItsOwn() {
        String name = podmanName(deployment, WEB);
        machine.must("podman", "pull", "--quiet", image(1).toString());
        machine.must(
                "podman",
                "network",
                "create",
                "--disable-dns",
                "--opt=isolate=true",
                "--label=harmony.network=harmony-%s.".formatted(NODE),
                name.replaceFirst("web$", "shop"));
        List<String> words = new ArrayList<>(List.of("podman", "run", "--detach", "--name", name));
        words.addAll(Host.flags());
        words.addAll(List.of(
                "--network=podman",
                "--network=" + name.replaceFirst("web$", "shop"),
                "--label=%s=%s".formatted(Labels.NODE, NODE),
                "--label=%s=%s".formatted(Labels.DEPLOYMENT, deployment),
                "--label=%s=%s".formatted(Labels.CONTAINER, WEB),
                "--label=%s=of-before".formatted(Labels.FINGERPRINT),
                "--publish=%s:%d:80".formatted(ADDRESS, port),
                image(1).toString()));
        machine.must(words.toArray(String[]::new));

        assertChanged(open().converge(deployment, site(1)));

        assertServes("one", port);
        assertEquals(
                name.replaceFirst(".web$", ""),
                inspect("{{range $name, $_ := .NetworkSettings.Networks}}{{$name}}{{end}}")
                        .strip());
        assertEquals(
                "",
                machine.must(
                        "podman", "network", "ls", "--quiet", "--filter=name=" + name.replaceFirst("web$", "shop")));
    }

    private static Optional<MemoryFolder> memory() {
        return Optional.of(new MemoryFolder(Path.of("/dev/shm/harmony-" + NODE)));
    }

    private String inspect(String format) {
        return machine.must("podman", "inspect", "--format", format, podmanName(deployment, WEB));
    }

    @Override
    protected ContainerRuntime open(IpAddress at, Set<InetSocketAddress> mesh) {
        return new PodmanRuntime(
                NODE,
                Optional.of(at),
                shares(),
                machine.programs(),
                clock::get,
                memory(),
                StaticBusybox.OF_DEBIAN,
                fetched(),
                () -> mesh);
    }

    @Override
    protected ContainerRuntime openWithoutPodman() {
        return new PodmanRuntime(
                NODE,
                AT,
                shares(),
                new Programs(List.of(), "/nowhere"),
                clock::get,
                memory(),
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
        machine.must("podman", "kill", podmanName(deployment, container));
    }

    @Override
    protected String podmanName(DeploymentName deployment, ContainerName container) {
        return "harmony-%s.%s.%s".formatted(NODE, deployment, container);
    }
}
