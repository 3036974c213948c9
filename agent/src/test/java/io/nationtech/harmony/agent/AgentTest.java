package io.nationtech.harmony.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.hardware.Disk;
import io.nationtech.harmony.domain.hardware.Generation;
import io.nationtech.harmony.domain.hardware.HardwareReport;
import io.nationtech.harmony.domain.hardware.UplinkClass;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.rollout.Rollout.Pace;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.secrets.EnvironmentName;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.age.AgeIdentity;
import io.nationtech.harmony.secrets.age.AgeSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent as a process of its own, with a real mesh and real containers. */
class AgentTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private final NodeId node = NodeId.of("t-" + UUID.randomUUID().toString().substring(0, 8));
    private final Site site = new Site();

    @AfterEach
    void closeTheSite() {
        site.close();
    }

    @Test
    void aContainerOutlivesTheAgentAndComesBackFromDiskWithoutMesh() throws Exception {
        TrialContainers.makeImages(Files.createDirectory(folder.resolve("image")));
        site.tell(node, TrialContainers.IMAGE);
        try {
            long process;
            try (RunningAgent agent = agent(Map.of())) {
                site.awaitState(node, Convergence.Converged.class::isInstance);
                process = TrialContainers.process(node);
                assertNotEquals(0, process, "the container runs");
                agent.kill();
            }
            assertEquals(process, TrialContainers.process(node), "the same container runs on");

            site.server().kill();
            TrialContainers.remove(node);
            try (RunningAgent agent = agent(Map.of())) {
                Eventually.holds("the container is back", () -> TrialContainers.process(node) != 0);
                agent.await("no mesh answers");

                site.server().restart();
                agent.await("Registered");
                site.awaitAnswer(node);
                assertEquals(143, agent.terminate(SOON));
            }
            assertNotEquals(0, TrialContainers.process(node), "the container runs on after the agent's orderly end");
        } finally {
            TrialContainers.remove(node);
        }
    }

    @Test
    void whatEndsAtOnceGivesWayToWhatRanBeforeItAlsoAfterAPowerCutAndWithoutMesh() throws Exception {
        TrialContainers.makeImages(Files.createDirectory(folder.resolve("image")));
        site.tell(node, TrialContainers.IMAGE);
        try {
            try (RunningAgent agent = agent(Map.of())) {
                site.awaitState(node, Convergence.Converged.class::isInstance);
                long first = TrialContainers.process(node);
                site.tell(node, TrialContainers.ENDS_AT_ONCE, new Pace(Duration.ZERO, Duration.ofSeconds(4)));
                Eventually.holds("the new one is tried", () -> TrialContainers.process(node) != first);
                agent.kill();
            }
            site.server().kill();
            long back;
            try (RunningAgent agent = agent(Map.of())) {
                String line = agent.await("returned to revision 1, because revision 2 was not as declared")
                        .text();
                assertTrue(line.contains("container web is"), line);
                Eventually.holds("the old one runs", () -> TrialContainers.runs(node, TrialContainers.IMAGE));
                back = TrialContainers.process(node);
                agent.kill();
            }
            try (RunningAgent agent = agent(Map.of())) {
                agent.await("returned to revision 1, because revision 2");
                site.server().restart();
                agent.await("Registered");
                site.awaitAnswer(node);
                assertEquals(
                        2,
                        site.awaitState(node, Convergence.Failed.class::isInstance)
                                .revision());
                assertEquals(143, agent.terminate(SOON));
            }
            assertEquals(back, TrialContainers.process(node), "the other was not tried again");
        } finally {
            TrialContainers.remove(node);
        }
    }

    @Test
    void brokenStateOnDiskIsSetAsideAndTold() throws Exception {
        Path kept = Files.createDirectories(folder.resolve("desired-state"));
        Files.writeString(kept.resolve("trial.state"), "harmony-desired-state 7 00000000\n{\"half\":");
        try (RunningAgent agent = agent(Map.of())) {
            assertFailed(site.awaitState(node, Convergence.Failed.class::isInstance), "is broken");

            assertTrue(Files.exists(kept.resolve("trial.state.corrupt")), "it is set aside");
            site.awaitAnswer(node);
            agent.terminate(SOON);
        }
    }

    @Test
    void whatTheServerDoesNotTakeIsNamedAndHoldsUpNothingElse() throws Exception {
        site.server().kill();
        site.server().restartWith("max_payload: 1024");
        try (RunningAgent agent = agent(Map.of())) {
            String line = agent.await("says of its hardware has").text();

            assertTrue(line.contains("what node '%s' says of its hardware has ".formatted(node)), line);
            assertTrue(line.contains("and the server takes 1024 at most in one message"), line);
            agent.await("max_payload: ");
            site.awaitAnswer(node);
            assertTrue(agent.isAlive());
        }
    }

    @Test
    void theHardwareOfThisMachineReachesTheMesh() throws Exception {
        try (RunningAgent agent = agent(Map.of("HARMONY_UPLINK", "metered"))) {
            HardwareReport report = site.awaitHardware(node);

            assertEquals(Generation.first(), report.generation());
            assertEquals(
                    Runtime.getRuntime().availableProcessors(),
                    report.hardware().processor().topology().threads());
            assertTrue(report.hardware().memory().bytes() > 1, "memory is found");
            assertTrue(report.hardware().devices(Disk.class).findAny().isPresent(), "a disk is found");
            assertEquals(UplinkClass.METERED, report.hardware().uplink());
            assertEquals(143, agent.terminate(SOON));
        }
        try (RunningAgent agent = agent(Map.of("HARMONY_UPLINK", "symmetric"))) {
            Eventually.holds(
                    "the difference is told",
                    () -> site.awaitHardware(node).generation().equals(new Generation(2)));
            assertEquals(143, agent.terminate(SOON));
        }
    }

    @Test
    void aMissingPodmanIsAFailedStateNotADeadAgent() throws Exception {
        site.tell(node, TrialContainers.IMAGE);
        try (RunningAgent agent = agent(Map.of("PATH", folder.toString()))) {
            assertFailed(site.awaitState(node, Convergence.Failed.class::isInstance), "podman");

            site.awaitAnswer(node);
            assertFalse(agent.output().contains("\tat "), agent.output());
        }
    }

    @Test
    void tellsTheServiceManagerThatItIsReadyAliveAndStopping() throws Exception {
        Path socket = folder.resolve("notify");
        Path heard = Files.createFile(folder.resolve("heard"));
        Process manager = new ProcessBuilder(
                        "systemd-socket-activate",
                        "--datagram",
                        "--inetd",
                        "--listen=" + socket,
                        "sh",
                        "-c",
                        "cat >" + heard)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("manager").toFile())
                .start();
        try (RunningAgent agent = agent(Map.of("NOTIFY_SOCKET", socket.toString()))) {
            awaitHeard(heard, "READY=1\nSTATUS=");
            awaitHeard(heard, "WATCHDOG=1\nSTATUS=connected to the mesh; 0 deployments");

            agent.terminate(SOON);
            awaitHeard(heard, "STOPPING=1");
        } finally {
            manager.destroyForcibly();
        }
    }

    @Test
    void wrongSettingsEndItWithOneClearMessage() throws Exception {
        try (RunningAgent agent = agent(Map.of(
                "HARMONY_MESH", "http://me:secret@host",
                "HARMONY_RUNTIME", "docker",
                "HARMONY_SITE", "My Home"))) {
            assertEquals(78, agent.exitCode(SOON));

            Eventually.holds(agent.output(), () -> agent.output().contains("'docker' is not a container runtime"));
            assertTrue(agent.output().contains("HARMONY_MESH: 'http://…@host'"), agent.output());
            assertTrue(agent.output().contains("HARMONY_SITE: site 'My Home'"), agent.output());
            assertFalse(agent.output().contains("secret"), agent.output());
            assertFalse(agent.output().contains("Exception"), agent.output());
        }
    }

    @Test
    void itOperatesTheDeploymentsInItsFolder() throws Exception {
        Path operate = Files.createDirectory(folder.resolve("operate"));
        Path website = Path.of(System.getProperty("harmony.project"), "modules/website-deploy/target/classes");
        int status = ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "--create",
                        "--file=" + operate.resolve("website.jar"),
                        "-C",
                        website.toString(),
                        ".");
        assertEquals(0, status);

        try (RunningAgent agent = agent(Map.of())) {
            agent.await("Operating deployment website");
            // This is the only node, and the website wants two.
            agent.await("Deployment website: service 'web' has no place for 1 of 2 replicas");
            assertEquals(143, agent.terminate(SOON));
            agent.await("Deployment website is left to other operators");
        }
    }

    @Test
    void itTakesUpWhatComesIntoItsFolderAndReadsSecretsFromAStoreThatComesToo() throws Exception {
        try (RunningAgent agent = agent(Map.of())) {
            agent.await("Registered");
            Path operate = Files.createDirectory(folder.resolve("operate"));
            Path jar = Vault.module(folder.resolve("vault"), "hunter2");

            Files.copy(jar, operate.resolve("vault.jar"));
            agent.await("Deployment vault is operated from");
            agent.await("there is no key");
            putSecrets();
            Files.copy(jar, operate.resolve("vault.jar"), StandardCopyOption.REPLACE_EXISTING);
            // All secrets are there, and now this only node is too few for two replicas.
            agent.await("Deployment vault: service 'web' has no place for 1 of 2 replicas");

            Files.delete(operate.resolve("vault.jar"));
            agent.await("Deployment vault is left to other operators");
            agent.await("Deployment vault is no longer operated from here");
        }
    }

    /** Where an agent looks for them unless it is told another place. */
    private void putSecrets() {
        AgeIdentity identity = AgeIdentity.generate();
        try (AgeSecrets store = AgeSecrets.open(folder.resolve("secrets"), EnvironmentName.of("default"), identity)) {
            for (String name : List.of("db-password", "api-token")) {
                try (Secret value = Secret.takeFrom("hunter2".toCharArray())) {
                    store.set(SecretRef.parse(name), value);
                }
            }
            identity.writeTo(folder.resolve("operate.key"));
        }
    }

    @Test
    void withoutAFolderForItsStateItSaysSoAndStays() throws Exception {
        try (RunningAgent agent = agent(Map.of("HARMONY_STATE", "/proc/nowhere"))) {
            agent.await("cannot use the folder of kept state");

            assertEquals(143, agent.terminate(SOON));
        }
    }

    private void awaitHeard(Path heard, String text) {
        Eventually.holds("the service manager hears " + text, () -> {
            try {
                return Files.readString(heard).contains(text);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void assertFailed(NodeState state, String what) {
        Convergence.Failed failed = assertInstanceOf(Convergence.Failed.class, state.convergence());
        assertTrue(failed.cause().toString().contains(what), failed.cause().toString());
    }

    private RunningAgent agent(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "HARMONY_MESH", site.server().url(),
                "HARMONY_NODE", node.value(),
                "HARMONY_RUNTIME", "podman",
                "HARMONY_STATE", folder.toString()));
        environment.putAll(more);
        return new RunningAgent(RunningAgent.command(), environment);
    }
}
