package io.nationtech.harmony.podman;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.hardware.DeviceGrant;
import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.Gpio;
import io.nationtech.harmony.domain.hardware.Serial;
import io.nationtech.harmony.domain.node.ContainerStatus.Running;
import io.nationtech.harmony.domain.placement.Mobility;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.mesh.contract.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
        int port = freePort();
        registry = Registry.start(List.of(), folder, port);
        machine = new Machine(
                new Programs(Machine.registries(folder, port), Programs.here().path()), folder, port);
        machine.publish("contract-site:1", "one");
        machine.publish("contract-site:2", "two");
    }

    @AfterAll
    static void tidy() {
        machine.run("podman", "rmi", "--force", REPOSITORY + ":1", REPOSITORY + ":2");
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
    void severalNodesShareAMachine() {
        ContainerRuntime other =
                new PodmanRuntime(NodeId.of(NODE + "-b"), AT, machine.programs(), System::nanoTime, memory());
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
        PodmanRuntime without = new PodmanRuntime(NODE, AT, machine.programs(), clock::get, Optional.empty());

        Outcome outcome = without.converge(deployment, reading(1), lending("correct horse"));

        assertTrue(
                assertInstanceOf(Outcome.Failed.class, outcome).cause().what().contains("tmpfs"));
    }

    @Override
    protected long kept() throws IOException {
        Path root = memory().orElseThrow().root();
        try (Stream<Path> all = Files.isDirectory(root) ? Files.walk(root) : Stream.of()) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    private static Optional<MemoryFolder> memory() {
        return Optional.of(new MemoryFolder(Path.of("/dev/shm/harmony-" + NODE)));
    }

    private String inspect(String format) {
        return machine.must("podman", "inspect", "--format", format, podmanName(deployment, WEB));
    }

    @Override
    protected ContainerRuntime open() {
        return new PodmanRuntime(NODE, AT, machine.programs(), clock::get, memory());
    }

    @Override
    protected ContainerRuntime openWithoutPodman() {
        return new PodmanRuntime(NODE, AT, new Programs(List.of(), "/nowhere"), clock::get, memory());
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

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
