package io.nationtech.harmony.podman;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.containers.ContainerDriver;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.ImageLookup;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.domain.capability.SecretValues;
import io.nationtech.harmony.domain.node.CommandProbe;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.ContainerHistory.Exit;
import io.nationtech.harmony.domain.node.ContainerStatus;
import io.nationtech.harmony.domain.node.ContainerStatus.Running;
import io.nationtech.harmony.domain.node.HostPath;
import io.nationtech.harmony.domain.node.HttpProbe;
import io.nationtech.harmony.domain.node.ImageUpdates;
import io.nationtech.harmony.domain.node.JobSpec;
import io.nationtech.harmony.domain.node.Limits;
import io.nationtech.harmony.domain.node.MountedData;
import io.nationtech.harmony.domain.node.MountedFile;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.node.MountedShare;
import io.nationtech.harmony.domain.node.NameResolution;
import io.nationtech.harmony.domain.node.Privilege;
import io.nationtech.harmony.domain.node.ProcessUser;
import io.nationtech.harmony.domain.node.Program;
import io.nationtech.harmony.domain.node.ProgramOption;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.node.PullLogin;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.node.RestartPolicy;
import io.nationtech.harmony.domain.node.Scratch;
import io.nationtech.harmony.domain.node.ShareAccess;
import io.nationtech.harmony.domain.node.SharedNetwork;
import io.nationtech.harmony.domain.node.Stop;
import io.nationtech.harmony.domain.node.StopSignal;
import io.nationtech.harmony.domain.node.Sysctl;
import io.nationtech.harmony.domain.node.Trigger;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.EnvText;
import io.nationtech.harmony.domain.value.FileCount;
import io.nationtech.harmony.domain.value.FolderPath;
import io.nationtech.harmony.domain.value.GroupId;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ImageDigest;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.KindName;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.Reason;
import io.nationtech.harmony.domain.value.RegistryHost;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.SecretText;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.ShareName;
import io.nationtech.harmony.domain.value.SysctlValue;
import io.nationtech.harmony.domain.value.TimeZoneName;
import io.nationtech.harmony.domain.value.UserId;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.NodeContext;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.programs.Followed;
import io.nationtech.harmony.secrets.contract.Leak;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every container runtime of ours does, whichever way; against real podman, a real registry and a real web server. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
abstract class ContainerRuntimeContract {
    /** Loopback, and not the address at which others on this machine are likely to publish. */
    protected static final String ADDRESS = "127.0.0.9";

    protected static final String REPOSITORY = "registry.internal/contract-site";
    /** A mount of the tests' own, so that nothing is left of it. */
    protected static final String HOUSEHOLD = "/mnt";

    protected static final String NAS = HOUSEHOLD + "/nas";
    protected static final ContainerName WEB = ContainerName.of("web");
    private static final AtomicInteger PORTS = new AtomicInteger(21_000);
    private static final AtomicInteger DEPLOYMENTS = new AtomicInteger();

    protected final DeploymentName deployment = DeploymentName.of("shop-" + DEPLOYMENTS.incrementAndGet());
    protected final int port = PORTS.incrementAndGet();
    protected final AtomicLong clock = new AtomicLong();
    protected ContainerRuntime runtime;

    /** A runtime that publishes at {@link #ADDRESS}, and has no mesh. */
    protected final ContainerRuntime open() {
        return open(IpAddress.of(ADDRESS), Set.of());
    }

    /** A runtime that publishes at an address, and whose mesh has such servers. */
    protected abstract ContainerRuntime open(IpAddress at, Set<InetSocketAddress> mesh);

    /** A runtime on a machine without podman. */
    protected abstract ContainerRuntime openWithoutPodman();

    protected abstract Machine machine();

    /** Ends a container as a person on site would. */
    protected abstract void end(DeploymentName deployment, ContainerName container);

    /** What a person on site calls the container in podman. */
    protected abstract String podmanName(DeploymentName deployment, ContainerName container);

    @BeforeEach
    void openRuntime() {
        runtime = open();
    }

    @AfterEach
    void removeEverything() {
        runtime.observe()
                .forEach((left, containers) -> containers.forEach(container -> runtime.remove(left, container.name())));
    }

    /** Where it is kept which images were fetched; of each test its own. */
    protected final FetchedImages fetched() {
        return new FetchedImages(machine().folder().resolve("fetched-" + deployment));
    }

    @Test
    void imagesThatNobodyNeedsGoAndTheLastBeforeStays() {
        List<ImageReference> versions = Stream.of("a", "b", "c", "d")
                .map(version -> published("contract-old:" + version, version))
                .toList();
        ImageReference brought = published("contract-brought:1", "brought");
        machine().must("podman", "pull", "--quiet", brought.toString());

        settle(deployment, brought);
        settle(deployment, versions.get(0));
        settle(deployment, versions.get(1));
        assertEquals(versions.subList(0, 2), present(versions));
        assertChanged(runtime.converge(deployment, site(versions.get(2), port, Memory.mebibytes(64))));
        // Not as declared, and given up: what is there to go back to is not what was tried.
        runtime = open();
        DeploymentName other = DeploymentName.of(deployment + "-other");
        assertChanged(runtime.converge(other, site(versions.get(0), port + 1_000, Memory.mebibytes(64))));
        settle(deployment, versions.get(3));
        assertEquals(List.of(versions.get(0), versions.get(1), versions.get(3)), present(versions));

        runtime.remove(other, WEB);
        runtime.tidy(other, Map.of());
        assertEquals(List.of(versions.get(1), versions.get(3)), present(versions));
        assertServes("d", port);

        runtime.remove(deployment, WEB);
        runtime.tidy(deployment, Map.of());
        assertEquals(List.of(), present(versions));
        assertEquals(List.of(brought), present(List.of(brought)), "somebody else brought it");
        machine().must("podman", "rmi", brought.toString());
    }

    @Test
    void anImageThatSomebodyElseUsesStaysUntilTheyAreDone() {
        ImageReference image = published("contract-used:1", "used");
        settle(deployment, image);
        machine().must("podman", "create", "--name", "contract-theirs", image.toString());
        runtime.remove(deployment, WEB);
        runtime.tidy(deployment, Map.of());
        assertEquals(List.of(image), present(List.of(image)));

        machine().must("podman", "rm", "contract-theirs");
        runtime.tidy(deployment, Map.of());
        assertEquals(List.of(), present(List.of(image)));
    }

    @Test
    void anImageByTagAndDigestIsWhatTheDigestSays() {
        ImageReference tag = published("contract-pinned:1", "pinned");
        ImageDigest digest = assertInstanceOf(
                        ImageLookup.Found.class,
                        runtime.lookUp(site(tag, port, Memory.mebibytes(64)), SecretValues.none()))
                .digest();
        machine().publishAgain("contract-site:2", "contract-pinned:1");
        ImageReference pinned = tag.withDigest(digest);

        settle(deployment, pinned);

        assertServes("pinned", port);
        Outcome again = runtime.converge(deployment, site(pinned, port, Memory.mebibytes(64)));
        assertEquals(new Outcome.Unchanged(), again);
        runtime.remove(deployment, WEB);
        runtime.tidy(deployment, Map.of());
        assertEquals(List.of(), present(List.of(pinned)));
    }

    /** The agent's own driver over this runtime, with days that pass as the test says. */
    @Test
    void aServiceFollowsItsTagAndHasTheImageBeforeWhenTheNewOneIsNotWell() throws IOException {
        ImageReference tag = ImageReference.of("registry.internal/contract-followed:1");
        machine().publishAgain("contract-site:1", "contract-followed:1");
        Path state = Files.createTempDirectory("harmony-followed");
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-29T00:00:00Z"));
        Container site = site(tag, port, Memory.mebibytes(64))
                .with(Container.Pull.DEFAULT.with(ImageUpdates.daily().in(TimeZoneName.of("Etc/UTC"))))
                .with(Container.HealthCheck.by(
                        CommandProbe.of(Arguments.of("/bin/busybox", "grep", "-v", "sick", "/srv/index.html"))));
        ContainerDriver agent = agent(state, now);
        try {
            assertChanged(agent.converge(deployment, site, Means.NONE));
            assertServes("one", port);
            String fetched = digest(tag);

            machine().publishAgain("contract-site:2", "contract-followed:1");
            now.set(Instant.parse("2026-11-29T04:00:00Z"));
            assertChanged(agent.converge(deployment, site, Means.NONE));
            assertServes("two", port);
            assertEquals(fetched, digest(tag), "what others have under that tag stays as it was");
            agent.close();
            agent = agent(state, now);
            assertEquals(new Outcome.Unchanged(), agent.converge(deployment, site, Means.NONE));
            assertTrue(news(agent).startsWith("tries sha256:"), news(agent));
            hold(agent, site);
            assertTrue(news(agent).startsWith("follows " + tag + ": from sha256:"), news(agent));

            published("contract-followed:1", "sick");
            now.set(Instant.parse("2026-11-30T04:00:00Z"));
            assertChanged(agent.converge(deployment, site, Means.NONE));
            assertServes("sick", port);
            clock.addAndGet(Duration.ofSeconds(91).toNanos());
            assertChanged(agent.converge(deployment, site, Means.NONE));
            assertServes("two", port);
            assertTrue(news(agent).contains("was not well within 90 s; it is not tried again"), news(agent));

            // One that cannot even be started.
            machine().publishAgain("contract-silent:1", "contract-followed:1");
            now.set(Instant.parse("2026-12-01T04:00:00Z"));
            agent.converge(deployment, site, Means.NONE);
            assertServes("two", port);
            assertTrue(news(agent).contains("cannot be re"), news(agent));
            assertTrue(news(agent).contains("it is not tried again"), news(agent));
            String before = id();
            now.set(Instant.parse("2026-12-02T04:00:00Z"));
            assertEquals(new Outcome.Unchanged(), agent.converge(deployment, site, Means.NONE));
            assertEquals(before, id());
        } finally {
            agent.remove(deployment, site.id());
            agent.tidy(deployment, List.of());
            agent.close();
            Machine.delete(state);
        }
    }

    private ContainerDriver agent(Path state, AtomicReference<Instant> now) {
        return new ContainerDriver(
                runtime,
                IpAddress.of(ADDRESS),
                new NodeContext(
                        NodeId.of("followed"),
                        state,
                        state,
                        _ -> Optional.empty(),
                        now::get,
                        () -> System.nanoTime() + clock.get()),
                () -> {});
    }

    private void hold(ContainerDriver agent, Container site) {
        Eventually.holds(
                "it is well", () -> agent.observe(deployment).getFirst().health() == ResourceStatus.Health.HEALTHY);
        agent.converge(deployment, site, Means.NONE);
        clock.addAndGet(Duration.ofSeconds(31).toNanos());
        assertEquals(new Outcome.Unchanged(), agent.converge(deployment, site, Means.NONE));
    }

    private String news(ContainerDriver agent) {
        return agent.observe(deployment).getFirst().detail().orElse("nothing");
    }

    private String digest(ImageReference image) {
        return machine().must("podman", "image", "inspect", "--format", "{{.Digest}}", image.toString());
    }

    @Test
    void aRegistryThatDoesNotTellWhatATagNamesIsToldAndNothingIsLeft() {
        Cause away = unanswered("127.0.0.1:1/site:1");
        assertTrue(away.next().contains("does not answer"), away::toString);
        Cause unknown = unanswered(REPOSITORY + ":99");
        assertTrue(unknown.next().contains("no such image"), unknown::toString);

        assertEquals(
                1,
                machine()
                        .run("podman", "manifest", "exists", "localhost/harmony-lookup")
                        .status());
        assertEquals(Set.of(), runtime.digests(ImageReference.of(REPOSITORY + ":99")));
    }

    private Cause unanswered(String image) {
        return unanswered(site(ImageReference.of(image), port, Memory.mebibytes(64)), SecretValues.none());
    }

    private Cause unanswered(Container container, SecretValues secrets) {
        return assertInstanceOf(ImageLookup.Unanswered.class, runtime.lookUp(container, secrets))
                .cause();
    }

    @Test
    void whoARegistryDoesNotLetInIsToldWhatToDoAndWhatRunsGoesOn() throws IOException {
        Followed registry = machine().startGuardedRegistry();
        Container wanted = guarded(machine().guarded().value());
        try {
            runtime.converge(deployment, site(1));

            Cause nobody = failure(runtime.converge(deployment, wanted.with(Container.Pull.DEFAULT)));
            assertTrue(nobody.next().contains("wants a login, or has no such image"), nobody::toString);
            SecretValues wrong = lending("ada:battery staple");
            for (Cause cause :
                    List.of(failure(runtime.converge(deployment, wanted, wrong)), unanswered(wanted, wrong))) {
                assertTrue(cause.next().contains("does not take the login in secret 'registry'"), cause::toString);
                assertTrue(cause.next().contains("harmony secret set registry"), cause::toString);
                Leak.of("battery staple").absentFrom("the cause", cause.toString());
            }
            Cause unfit = failure(runtime.converge(deployment, wanted, lending("correct horse")));
            assertTrue(unfit.what().contains("it is not user:password in one line"), unfit::toString);
            Container untrusted =
                    guarded("localhost:" + machine().guarded().value().split(":")[1]);
            Cause stranger = failure(runtime.converge(deployment, untrusted, lending("ada:correct horse")));
            assertTrue(stranger.next().contains("certificate is not trusted"), stranger::toString);
            assertServes("one", port);

            SecretValues right = lending("ada:correct horse\n");
            assertInstanceOf(ImageLookup.Found.class, runtime.lookUp(wanted, right));
            assertChanged(runtime.converge(deployment, wanted, right));
            assertServes("two", port);
            assertEquals(
                    new Outcome.Unchanged(),
                    open().converge(deployment, wanted, SecretValues.none()),
                    "what is there needs no login");
            Leak.of("correct horse")
                    .absentFrom("podman inspect", machine().must("podman", "inspect", podmanName(deployment, WEB)));
        } finally {
            registry.close();
            runtime.remove(deployment, WEB);
            runtime.tidy(deployment, Map.of());
        }
    }

    private Container guarded(String registry) {
        Container site = site(ImageReference.of(registry + "/contract-site:2"), port, Memory.mebibytes(64));
        return site.with(Container.Pull.DEFAULT.with(
                new PullLogin(RegistryHost.of(registry), new MountedSecret(SecretRef.of("registry"), 1))));
    }

    private ImageReference published(String name, String page) {
        machine().publish(name, page);
        return ImageReference.of("registry.internal/" + name);
    }

    private void settle(DeploymentName name, ImageReference image) {
        assertChanged(runtime.converge(name, site(image, port, Memory.mebibytes(64))));
        runtime.tidy(name, Map.of(WEB, image));
    }

    private List<ImageReference> present(List<ImageReference> images) {
        return images.stream()
                .filter(image -> machine()
                        .run("podman", "image", "exists", image.toString())
                        .succeeded())
                .toList();
    }

    @Test
    void startsAContainerThatServes() {
        assertChanged(runtime.converge(deployment, site(1)));

        assertEquals(Optional.of(Running.RUNNING), observed());
        assertServes("one", port);
    }

    @Test
    void changesNothingWhenAllIsAsDeclared() {
        runtime.converge(deployment, site(1));
        String before = id();

        assertEquals(new Outcome.Unchanged(), runtime.converge(deployment, site(1)));
        assertEquals(new Outcome.Unchanged(), open().converge(deployment, site(1)), "nor after the agent restarted");
        assertEquals(before, id());
    }

    @Test
    void askingDifferentlyForItsHealthRestartsNothing() {
        runtime.converge(deployment, site(1));

        Container plain = site(1);
        Container probed = Container.of(
                        plain.name(), plain.image(), plain.resources().memoryLimit())
                .with(new Container.Network(plain.network().ports()))
                .with(Container.HealthCheck.by(HttpProbe.of(Port.of(port), HttpPath.of("/"))));
        assertEquals(new Outcome.Unchanged(), runtime.converge(deployment, probed));
    }

    @Test
    void aProgramOfAContainerTellsHowItEndedAndIsNotWaitedForForEver() {
        runtime.converge(deployment, site(1));
        Duration enough = Duration.ofSeconds(20);

        assertEquals(0, runtime.execute(deployment, WEB, Arguments.of("/bin/busybox", "true"), enough));
        assertEquals(
                3,
                runtime.execute(
                        deployment, WEB, Arguments.of("/bin/busybox", "sh", "-c", "exit \"$1\"", "-", "3"), enough));
        assertNotEquals(0, runtime.execute(deployment, WEB, Arguments.of("/bin/nothing"), enough));
        assertNotEquals(
                0,
                runtime.execute(deployment, WEB, Arguments.of("/bin/busybox", "sleep", "1000"), Duration.ofSeconds(1)));
        runtime.remove(deployment, WEB);
        assertNotEquals(0, runtime.execute(deployment, WEB, Arguments.of("/bin/busybox", "true"), enough));
    }

    /** Nothing that is at hand here listens at UDP ports; but the container's kernel counts what comes to one that nobody listens at. */
    @Test
    void whatIsSentToAUdpPortReachesTheContainer() {
        Port udp = Port.of(PORTS.incrementAndGet());

        assertChanged(runtime.converge(
                deployment,
                site(1).with(Container.Network.of(
                        PublishedPort.udp(Port.of(5353)).at(udp)))));

        Eventually.holds("it got it", () -> {
            machine().must("bash", "-c", "echo hello > /dev/udp/%s/%s".formatted(ADDRESS, udp));
            String[] counted = inside("grep", "Udp: [0-9]", "/proc/net/snmp").split(" ");
            return Long.parseLong(counted[2]) > 0;
        });
    }

    @Test
    void aContainerReadsItsSecretFromAFileThatNobodyElseSees() throws IOException {
        assertChanged(runtime.converge(deployment, reading(1), lending("correct horse")));

        assertEquals("correct horse", secretSeenBy("0"));
        assertEquals("correct horse", secretSeenBy("1000"), "whoever the container's process is");
        String inspected = machine().must("podman", "inspect", podmanName(deployment, WEB));
        Leak.of("correct horse").absentFrom("podman inspect", inspected);
        assertEquals(
                new Outcome.Unchanged(),
                open().converge(deployment, reading(1), SecretValues.none()),
                "what runs needs no value again");
    }

    @Test
    void anotherVersionOfASecretMakesAnotherContainer() throws IOException {
        runtime.converge(deployment, reading(1), lending("correct horse"));
        String before = id();
        long kept = kept();

        assertChanged(runtime.converge(deployment, reading(2), lending("battery staple")));

        assertTrue(!before.equals(id()));
        assertEquals("battery staple", secretSeenBy("1000"));
        assertEquals(kept, kept(), "nothing of the old version is left");
    }

    @Test
    void whatCannotHaveItsSecretLeavesThePreviousOneRunning() {
        runtime.converge(deployment, reading(1), lending("correct horse"));

        Outcome outcome = runtime.converge(deployment, reading(2), SecretValues.none());

        Cause cause = assertInstanceOf(Outcome.Failed.class, outcome).cause();
        assertTrue(cause.what().contains("secret 'token' version 2"), cause::toString);
        assertEquals("correct horse", secretSeenBy("0"));
        assertServes("one", port);
    }

    @Test
    void nothingOfASecretIsLeftOfARemovedContainer() throws IOException {
        runtime.converge(deployment, reading(1), lending("correct horse"));
        assertTrue(kept() > 0);

        assertChanged(runtime.remove(deployment, WEB));

        assertEquals(0, kept());
    }

    private static final ProcessUser SOMEBODY = new ProcessUser(UserId.of(1234), GroupId.of(2345));

    @Test
    void aProcessHasSecretsInItsEnvironmentAsTheyAreAndOtherwiseWhatItHasWithout() {
        long seed = System.nanoTime();
        Program odd = Program.DEFAULT
                .entrypoint(Arguments.of("/bin/busybox", "sh", "-c", "while :; do /bin/busybox sleep 1; done", "'$0\""))
                .args(new Arguments(OddValues.of(seed, 40)))
                .workingFolder(FolderPath.of("/srv"))
                .user(SOMEBODY);
        Container plain = running(site(1), odd).env(EnvName.of("PLAIN"), EnvText.of("'two\nlines'\n"));
        Map<EnvName, String> secrets = new HashMap<>(Map.of(
                EnvName.of("ENDS"), "line feeds at its end\n\n\n", EnvName.of("FEED"), "\n", EnvName.of("E"), ""));
        List<String> values = OddValues.of(seed, 200);
        for (int first = 0; first < values.size(); first += 20) {
            secrets.put(EnvName.of("ODD" + first), String.join("", values.subList(first, first + 20)));
        }
        assertChanged(runtime.converge(deployment, plain));
        Map<String, String> without = environment();

        EnvName odd20 = EnvName.of("ODD20");
        SecretText address = SecretText.of(EnvText.of("x://it's$me:"))
                .inUrl(secret(odd20))
                .and(EnvText.of("@db/\n?"))
                .and(secret(EnvName.of("ENDS")));
        Container reading = knowing(plain, secrets.keySet());
        reading = reading.with(reading.security().env(Map.of(EnvName.of("ADDRESS"), address)));
        assertChanged(runtime.converge(deployment, reading, lending(secrets)));

        Map<String, String> wanted = new HashMap<>(without);
        secrets.forEach((name, value) -> wanted.put(name.value(), value));
        wanted.put("ADDRESS", "x://it's$me:%s@db/\n?line feeds at its end\n\n\n".formatted(inUrl(secrets.get(odd20))));
        assertEquals(wanted, environment(), "seed " + seed);
        assertEquals(
                Stream.concat(
                                odd.entrypoint().orElseThrow().words().stream(),
                                odd.args().orElseThrow().words().stream())
                        .toList(),
                firstProcess("cmdline"));
        assertEquals("1234:2345", inside("stat", "-c", "%u:%g", "/proc/1"));
        assertEquals("/srv", inside("readlink", "/proc/1/cwd"));
        assertEquals(
                new Outcome.Unchanged(),
                open().converge(deployment, reading, SecretValues.none()),
                "what runs needs no value again");
    }

    @Test
    void whatAnImageSaysItRunsIsRunWithSecretsInItsEnvironment() {
        Container named = Container.of(
                        WEB, ImageReference.of("registry.internal/contract-named:1"), Memory.mebibytes(64))
                .env(EnvName.of("cluster.name"), EnvText.of("it's $ours\n"));
        assertChanged(runtime.converge(deployment, named));
        Map<String, String> without = environment();
        List<String> words = firstProcess("cmdline");
        assertEquals("single node's", without.get("discovery.type"));
        assertEquals("it's $ours\n", without.get("cluster.name"));
        assertEquals(List.of("/bin/busybox", "sh", "/srv/bin/httpd", "a word", "$HOME"), words);

        assertChanged(runtime.converge(deployment, knowing(named, Set.of(KEY)), lending("correct horse")));

        Map<String, String> wanted = new HashMap<>(without);
        wanted.put("KEY", "correct horse");
        assertEquals(wanted, environment());
        assertEquals(words, firstProcess("cmdline"));

        Container other = running(knowing(named, Set.of(KEY)), Program.DEFAULT.args(Arguments.of("another word")));
        assertChanged(runtime.converge(deployment, other, lending("correct horse")));
        assertEquals("another word", firstProcess("cmdline").getLast());
    }

    @Test
    void aSecretInAnEnvironmentIsNowhereElse() throws IOException {
        String value = "correct-horse-" + UUID.randomUUID();
        Path pattern = Files.writeString(machine().folder().resolve("pattern"), value);

        assertChanged(runtime.converge(deployment, knowing(site(1), Set.of(KEY)), lending(value)));

        assertServes("one", port);
        assertEquals(value, environment().get("KEY"));
        assertEquals("", machine().must("bash", "-c", """
                        own=$(readlink /proc/$1/ns/pid)
                        for process in /proc/[0-9]*; do
                            [ "$(readlink $process/ns/pid)" = "$own" ] ||
                                grep -laFf "$2" $process/environ $process/cmdline 2>/dev/null
                        done
                        true""", "-", firstProcess(), pattern.toString()));
        List<String> places =
                new ArrayList<>(List.of("/etc/containers", "/run/libpod", "/run/systemd", "/run/log", "/var/log"));
        places.addAll(machine()
                .must("podman", "info", "--format", "{{.Store.GraphRoot}}\n{{.Store.RunRoot}}")
                .lines()
                .toList());
        places.removeIf(place -> !machine().run("test", "-d", place).succeeded());
        assertTrue(places.size() >= 4, places::toString);
        List<String> search = new ArrayList<>(List.of("grep", "-rlaFs", "-D", "skip", "-f", pattern.toString()));
        search.addAll(places);
        assertEquals("", machine().run(search.toArray(String[]::new)).output(), "on the disk");
        assertEquals(
                pattern + "\n",
                machine()
                        .must(
                                "grep",
                                "-rlaFs",
                                "-D",
                                "skip",
                                "-f",
                                pattern.toString(),
                                pattern.getParent().toString()),
                "it would be found");
        Leak.of(value).absentFrom("podman inspect", machine().must("podman", "inspect", podmanName(deployment, WEB)));
        Leak.of(value).absentFrom("its log", String.join("\n", log(100)));
        assertNotEquals(
                0,
                runtime.execute(
                        deployment,
                        WEB,
                        Arguments.of("/bin/busybox", "sh", "-c", "[ \"$KEY\" ]"),
                        Duration.ofSeconds(20)),
                "not even what is run beside it");
    }

    @Test
    void anotherVersionOfASecretInAnEnvironmentMakesAnotherContainer() {
        runtime.converge(deployment, knowing(site(1), Set.of(KEY)), lending("correct horse"));
        String before = id();

        Container next = site(1).with(Container.Security.reading(List.of(new MountedSecret(secret(KEY), 2)))
                .env(Map.of(KEY, SecretText.of(secret(KEY)))));
        assertChanged(runtime.converge(deployment, next, lending("battery staple")));

        assertNotEquals(before, id());
        assertEquals("battery staple", environment().get("KEY"));
    }

    @Test
    void whatNoEnvironmentCanHoldIsRefusedByNameAndWhatRanGoesOn() {
        runtime.converge(deployment, site(1));
        Container wanted = knowing(site(2), Set.of(KEY));

        assertEquals(
                "secret 'key' cannot be the value of variable KEY: it has a NUL, and no environment can have that",
                failure(runtime.converge(deployment, wanted, lending("a\0b"))).what());
        assertEquals(
                "secret 'key' cannot be the value of variable KEY: it has 131068 bytes, and 131067 fit",
                failure(runtime.converge(deployment, wanted, lending("x".repeat(131_068))))
                        .what());
        Container silent = knowing(
                Container.of(WEB, ImageReference.of("registry.internal/contract-silent:1"), Memory.mebibytes(64)),
                Set.of(KEY));
        Cause cause = failure(runtime.converge(deployment, silent, lending("correct horse")));
        assertTrue(cause.what().contains("a command has 1 to 1000 words, and not 0"), cause::toString);
        assertTrue(cause.next().contains("entrypoint(…)"), cause::toString);
        assertServes("one", port);
    }

    private static final EnvName KEY = EnvName.of("KEY");

    /** With a variable for each secret, which has the variable's name in lower case. */
    protected static Container knowing(Container container, Set<EnvName> variables) {
        return container.with(Container.Security.reading(variables.stream()
                        .map(variable -> new MountedSecret(secret(variable), 1))
                        .toList())
                .env(variables.stream().collect(Collectors.toMap(name -> name, name -> SecretText.of(secret(name))))));
    }

    private static String inUrl(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static SecretRef secret(EnvName variable) {
        return SecretRef.parse(variable.value().toLowerCase(Locale.ROOT));
    }

    private static SecretValues lending(Map<EnvName, String> values) {
        Map<SecretRef, String> all =
                values.entrySet().stream().collect(Collectors.toMap(one -> secret(one.getKey()), Map.Entry::getValue));
        return (secret, reader) -> {
            reader.accept(all.get(secret.ref()).getBytes(StandardCharsets.UTF_8));
            return Optional.empty();
        };
    }

    /** What the container's first process has. */
    protected Map<String, String> environment() {
        return firstProcess("environ").stream()
                .map(variable -> variable.split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }

    private String firstProcess() {
        return machine()
                .must("podman", "inspect", "--format", "{{.State.Pid}}", podmanName(deployment, WEB))
                .strip();
    }

    /** As of {@link #ofItsProcess}, also when it is another user's; once it is the program that is meant and not what leads to it. */
    private List<String> firstProcess(String file) {
        String process = "/proc/" + firstProcess();
        Eventually.holds("runc, and then the shell, has become the program", () -> {
            String words = machine().must("cat", process + "/cmdline");
            return !words.startsWith("runc\0init") && !words.contains("/.harmony/");
        });
        String parts = machine().must("bash", "-c", "tr '\\0' '\\37' < %s/%s".formatted(process, file));
        return List.of(parts.split("\u001f", -1)).subList(0, parts.split("\u001f", -1).length - 1);
    }

    /** How many files there are for secrets of containers. */
    protected abstract long kept() throws IOException;

    protected Container reading(long version) {
        return site(1).with(Container.Security.reading(List.of(new MountedSecret(SecretRef.of("token"), version))));
    }

    protected static SecretValues lending(String value) {
        return (secret, reader) -> {
            reader.accept(value.getBytes(StandardCharsets.UTF_8));
            return Optional.empty();
        };
    }

    protected String secretSeenBy(String user) {
        return machine()
                .must(
                        "podman",
                        "exec",
                        "--user",
                        user,
                        podmanName(deployment, WEB),
                        "/bin/busybox",
                        "cat",
                        "/run/secrets/token");
    }

    @Test
    void whatAVolumeHoldsOutlivesItsContainer() {
        runtime.converge(deployment, keeping(1));
        inside("sh", "-c", "echo kept > /var/lib/shop/order");

        assertChanged(runtime.converge(deployment, keeping(2)));
        assertEquals("kept", inside("cat", "/var/lib/shop/order"), "a new container has it");
        assertEquals(new Outcome.Unchanged(), open().converge(deployment, keeping(2)));

        assertChanged(runtime.remove(deployment, WEB));
        assertChanged(runtime.converge(deployment, keeping(1)));
        assertEquals("kept", inside("cat", "/var/lib/shop/order"), "so has one that comes after a time without");
        runtime.remove(deployment, WEB);
        machine().must("podman", "volume", "rm", podmanName(deployment, ContainerName.of("orders")));
    }

    @Test
    void aVolumeWithinAnotherHidesNothingWhicheverIsSaidFirst() {
        Volume inner = Volume.of(DataName.of("cache"), MountPath.of("/var/lib/shop/cache"));
        Container.Storage both =
                new Container.Storage(List.of(inner, Volume.of(DataName.of("orders"), MountPath.of("/var/lib/shop"))));
        assertChanged(runtime.converge(deployment, site(1).with(both)));
        inside("sh", "-c", "echo kept > /var/lib/shop/order; echo cached > /var/lib/shop/cache/page");

        assertChanged(runtime.converge(deployment, site(2).with(both)));

        assertEquals("kept", inside("cat", "/var/lib/shop/order"));
        assertEquals("cached", inside("cat", "/var/lib/shop/cache/page"));
        assertChanged(runtime.converge(deployment, site(1).with(Container.Storage.keeping(inner))));
        assertEquals("page", inside("ls", "/var/lib/shop/cache"));
        assertEquals("cache", inside("ls", "/var/lib/shop"), "the order is in the other volume");
        runtime.remove(deployment, WEB);
        for (String volume : List.of("orders", "cache")) {
            machine().must("podman", "volume", "rm", podmanName(deployment, ContainerName.of(volume)));
        }
    }

    /** The image has a folder at that place, which is root's. */
    @Test
    void aNewVolumeBelongsToWhoeverItsContainerRunsAs() {
        Volume own = Volume.of(DataName.of("orders"), MountPath.of("/srv"));
        Container container = running(
                site(1).with(Container.Storage.keeping(own)),
                Program.DEFAULT
                        .entrypoint(Arguments.of("/bin/busybox", "sleep", "1000"))
                        .user(SOMEBODY));

        assertChanged(runtime.converge(deployment, container));

        assertEquals(SOMEBODY.toString(), inside("stat", "-c", "%u:%g", "/srv"));
        assertEquals(new Outcome.Unchanged(), open().converge(deployment, container));
        runtime.remove(deployment, WEB);
        machine().must("podman", "volume", "rm", podmanName(deployment, ContainerName.of("orders")));
    }

    @Test
    void aVolumeMoreMakesAnotherContainer() {
        runtime.converge(deployment, site(1));

        assertChanged(runtime.converge(deployment, keeping(1)));
        assertChanged(runtime.converge(deployment, site(1)));
        runtime.remove(deployment, WEB);
        machine().must("podman", "volume", "rm", podmanName(deployment, ContainerName.of("orders")));
    }

    @Test
    void aContainersEnvironmentIsAsDeclaredWhateverIsInIt() {
        long seed = System.nanoTime();
        Map<EnvName, EnvText> env = new HashMap<>();
        Container odd = site(1);
        for (String value : OddValues.of(seed, 80)) {
            EnvName name = EnvName.of("ODD" + env.size());
            env.put(name, EnvText.of(value));
            odd = odd.env(name, EnvText.of(value));
        }
        odd = odd.env(EnvName.of("EMPTY"), EnvText.of(""));
        env.put(EnvName.of("EMPTY"), EnvText.of(""));

        assertChanged(runtime.converge(deployment, odd));

        Map<EnvName, EnvText> found = new HashMap<>();
        ofItsProcess("environ").stream()
                .map(line -> line.split("=", 2))
                .filter(variable -> env.containsKey(EnvName.of(variable[0])))
                .forEach(variable -> found.put(EnvName.of(variable[0]), EnvText.of(variable[1])));
        assertEquals(env, found, "seed " + seed);
        assertEquals(new Outcome.Unchanged(), open().converge(deployment, odd));
        assertChanged(runtime.converge(deployment, odd.env(EnvName.of("EMPTY"), EnvText.of("no more"))));
        assertChanged(runtime.converge(deployment, site(1)));
    }

    /** What the kernel knows of a container's first process in parts that end with NUL. */
    private List<String> ofItsProcess(String file) {
        String parts = machine()
                .must(
                        "podman",
                        "exec",
                        podmanName(deployment, WEB),
                        "/bin/busybox",
                        "sh",
                        "-c",
                        // A character that is in no text here, as programs' outputs are read as text.
                        "/bin/busybox tr '\\0' '\\37' < /proc/1/" + file);
        return List.of(parts.split("\u001f", -1)).subList(0, parts.split("\u001f", -1).length - 1);
    }

    @Test
    void aProgramIsStartedInItsFolderByItsUserWithJustTheWordsThatAreDeclared() {
        long seed = System.nanoTime();
        List<String> entrypoint =
                List.of("/bin/busybox", "sh", "-c", "while :; do /bin/busybox sleep 1; done", "\"$@\" 'as $0'");
        List<String> args = OddValues.of(seed, 80);
        Container odd = running(
                keeping(1),
                Program.DEFAULT
                        .entrypoint(new Arguments(entrypoint))
                        .args(new Arguments(args))
                        .workingFolder(FolderPath.of("/var/lib"))
                        .user(SOMEBODY));

        assertChanged(runtime.converge(deployment, odd));

        assertEquals(
                Stream.concat(entrypoint.stream(), args.stream()).toList(), ofItsProcess("cmdline"), "seed " + seed);
        assertEquals("/var/lib", inside("readlink", "/proc/1/cwd"));
        assertEquals("1234:2345", inside("stat", "-c", "%u:%g", "/proc/1"));
        assertEquals("1234:2345", inside("stat", "-c", "%u:%g", "/var/lib/shop"), "the owner of its volume");
        assertEquals(WEB.value(), inside("hostname"));
        assertEquals(new Outcome.Unchanged(), open().converge(deployment, odd));
        assertChanged(runtime.converge(deployment, running(odd, Program.DEFAULT)));
        runtime.remove(deployment, WEB);
        machine().must("podman", "volume", "rm", podmanName(deployment, ContainerName.of("orders")));
    }

    @Test
    void aContainerIsEndedByItsSignalAndHasItsTime() {
        String patient = "trap '/bin/busybox sleep 12; echo done > /var/lib/shop/end; exit 0' USR1;"
                + " echo > /var/lib/shop/ready; while :; do /bin/busybox sleep 1 & wait $!; done";
        Container slow =
                running(keeping(1), Program.DEFAULT.entrypoint(Arguments.of("/bin/busybox", "sh", "-c", patient)));
        slow = slow.with(slow.execution().with(Stop.DEFAULT.by(StopSignal.USR1)));

        assertChanged(runtime.converge(deployment, slow));
        Eventually.holds(
                "it waits for its signal", () -> inside("ls", "/var/lib/shop").contains("ready"));
        assertChanged(runtime.remove(deployment, WEB));

        assertChanged(runtime.converge(deployment, keeping(1)));
        assertEquals("done", inside("cat", "/var/lib/shop/end"), "it keeps data, and so has more than ten seconds");
        runtime.remove(deployment, WEB);
        machine().must("podman", "volume", "rm", podmanName(deployment, ContainerName.of("orders")));
    }

    @Test
    void aContainerMayDoTheLeastAndWhatItIsAllowed() {
        assertChanged(runtime.converge(deployment, site(1)));

        assertEquals("0000000000000000", ofItsStatus("CapEff"), "its root has no rights of the kernel's");
        assertTrue(securityOptions().contains("no-new-privileges"), this::securityOptions);
        assertEquals(
                List.of("/dev/shm", "/run", "/tmp", "/var/tmp"),
                writable("/bin", "/dev/shm", "/run", "/tmp", "/var/tmp"));

        Container allowed = allowing(Privilege.WRITABLE_ROOT, Privilege.ESCALATION, Privilege.NET_ADMIN);
        assertChanged(runtime.converge(deployment, allowed));

        assertEquals("0000000000001000", ofItsStatus("CapEff"), "CAP_NET_ADMIN is 12 in linux/capability.h");
        assertFalse(securityOptions().contains("no-new-privileges"), this::securityOptions);
        assertEquals(List.of("/bin"), writable("/bin"));
        assertEquals(new Outcome.Unchanged(), open().converge(deployment, allowed));
    }

    @Test
    void aPrivilegedContainerIsItsNodesRootAndNoOther() {
        Container privileged = allowing(Privilege.PRIVILEGED);
        assertChanged(runtime.converge(deployment, privileged));

        assertEquals("true", isPrivileged());
        assertEquals(machine().must("grep", "CapBnd", "/proc/self/status").split("\\s+")[1], ofItsStatus("CapEff"));
        assertEquals(new Outcome.Unchanged(), open().converge(deployment, privileged));

        assertChanged(runtime.converge(deployment, allowing(Privilege.SYS_ADMIN)));
        assertEquals("false", isPrivileged());
    }

    private String isPrivileged() {
        return machine()
                .must("podman", "inspect", "--format", "{{.HostConfig.Privileged}}", podmanName(deployment, WEB))
                .strip();
    }

    @Test
    void aContainerThatStartsAsRootMakesItsDataItsOwnAndGoesOnAsAnotherUser() {
        String entrypoint = "echo app:x:1234:2345:::/bin/sh > /etc/passwd && /bin/busybox chown 1234:2345 /var/lib/shop"
                + " && exec /bin/busybox start-stop-daemon -S -c app:2345 -p /tmp/none -a /bin/busybox -- sh -c"
                + " 'echo kept > /var/lib/shop/file; exec /bin/busybox sleep 1000'";
        Container database =
                running(keeping(1), Program.DEFAULT.entrypoint(Arguments.of("/bin/busybox", "sh", "-c", entrypoint)));
        database = database.with(database.security().allowing(Privilege.START_AS_ROOT, Reason.of("owns its data")))
                .with(database.storage().mounting(new Scratch(MountPath.of("/etc"), Memory.mebibytes(1))));

        assertChanged(runtime.converge(deployment, database));

        Eventually.holds(
                "it is another user",
                () -> inside("stat", "-c", "%u:%g", "/proc/1").equals("1234:2345"));
        Eventually.holds("it wrote", () -> inside("ls", "/var/lib/shop").equals("file"));
        assertEquals("0000000000000000", ofItsStatus("CapEff"), "and has no rights any more");
        runtime.remove(deployment, WEB);
        machine().must("podman", "volume", "rm", podmanName(deployment, ContainerName.of("orders")));
    }

    @Test
    void aLowPortOfItsOwnNetworkIsNobodysPrivilege() {
        Container low = running(
                site(1),
                Program.DEFAULT
                        .entrypoint(Arguments.of("/bin/busybox", "nc", "-ll", "-p", "80", "-e", "/bin/busybox", "true"))
                        .user(SOMEBODY));

        assertChanged(runtime.converge(deployment, low));

        Eventually.holds("it listens", () -> inside("netstat", "-ltn").contains(":80 "));
    }

    @Test
    void aContainerCannotTakeMoreThanItsLimitsAndHasFoldersInMemory() {
        Container plain = site(1);
        Container limited = plain.with(plain.resources()
                        .with(Limits.DEFAULT.openFiles(FileCount.of(4_096)).sharedMemory(Memory.mebibytes(3))))
                .with(plain.storage().mounting(new Scratch(MountPath.of("/var/cache/site"), Memory.mebibytes(2))));

        assertChanged(runtime.converge(deployment, limited));

        assertEquals("4096", inside("sh", "-c", "ulimit -n"));
        assertEquals(3_072, kibibytes("/dev/shm"));
        assertEquals(2_048, kibibytes("/var/cache/site"));
        assertEquals("1777", inside("stat", "-c", "%a", "/var/cache/site"));
        assertEquals(new Outcome.Unchanged(), open().converge(deployment, limited));
        assertChanged(runtime.converge(deployment, plain));
    }

    @Test
    void aContainerKnowsTheNamesAndServersAndHasTheKernelParametersThatAreDeclared() {
        Container told = site(1).with(site(1).network()
                .with(NameResolution.DEFAULT
                        .host(DnsName.of("nas.home.example"), IpAddress.of("192.0.2.7"))
                        .host(DnsName.of("printer"), IpAddress.of("2001:db8::7"))
                        .servers(List.of(IpAddress.of("192.0.2.53"))))
                .sysctl(Sysctl.SOMAXCONN, SysctlValue.of(99))
                .sysctl(Sysctl.SRC_VALID_MARK, SysctlValue.of(1)));

        assertChanged(runtime.converge(deployment, told));

        String hosts = inside("cat", "/etc/hosts");
        assertTrue(hosts.contains("192.0.2.7\tnas.home.example"), hosts);
        assertTrue(hosts.contains("2001:db8:0:0:0:0:0:7\tprinter"), hosts);
        assertTrue(hosts.contains("host.containers.internal"), hosts);
        assertEquals("nameserver 192.0.2.53", inside("grep", "nameserver", "/etc/resolv.conf"));
        assertEquals("99", inside("cat", "/proc/sys/net/core/somaxconn"));
        assertEquals("1", inside("cat", "/proc/sys/net/ipv4/conf/all/src_valid_mark"));
        assertEquals(new Outcome.Unchanged(), open().converge(deployment, told));
        assertServes("one", port);
    }

    @Test
    void aProgramHasAnInitATerminalAndItsNodesTimeZoneWhereThatIsDeclared() {
        Container equipped = running(
                site(1),
                site(1).execution()
                        .program()
                        .with(ProgramOption.INIT)
                        .with(ProgramOption.TERMINAL)
                        .with(ProgramOption.NODE_TIME_ZONE));

        assertChanged(runtime.converge(deployment, equipped));

        assertEquals("podman-init", ofItsStatus("Name"));
        assertTrue(inside("readlink", "/proc/1/fd/0").startsWith("/dev/pts/"));
        String zone = NodeTimeZone.name(Path.of("/etc/localtime"), Path.of("/usr/share/zoneinfo"))
                .orElseThrow();
        assertEquals(
                List.of("TZ=" + zone),
                environment().entrySet().stream()
                        .filter(one -> one.getKey().equals("TZ"))
                        .map(Map.Entry::toString)
                        .toList());
        assertEquals("", inside("cmp", "/etc/localtime", "/usr/share/zoneinfo/" + zone));
        assertEquals(new Outcome.Unchanged(), open().converge(deployment, equipped));
        assertServes("one", port);
    }

    @Test
    void whatRestsIsPausedGoesOnAndIsNotLeftSo() throws Exception {
        Container web =
                site(1).with(Container.Storage.keeping(Volume.of(DataName.of("orders"), MountPath.of("/data"))));
        assertEquals(Optional.empty(), runtime.volume(deployment, DataName.of("orders")));
        assertEquals(new Outcome.Unchanged(), runtime.pause(deployment, WEB), "there is none");
        runtime.converge(deployment, web);
        assertServes("one", port);
        String before = id();

        assertChanged(runtime.pause(deployment, WEB));
        assertEquals("paused", state());
        assertEquals(Optional.of(Running.RUNNING), observed());
        assertEquals(new Outcome.Unchanged(), runtime.pause(deployment, WEB));
        assertChanged(runtime.resume(deployment, WEB));
        assertServes("one", port);
        assertEquals(new Outcome.Unchanged(), runtime.resume(deployment, WEB));

        runtime.pause(deployment, WEB);
        runtime.converge(deployment, web);
        assertServes("one", port);
        assertEquals(before, id(), "whoever could not let it go on does when it is looked at next");

        runtime.pause(deployment, WEB);
        open().converge(deployment, web);
        assertServes("one", port);
        assertEquals(before, id(), "an agent that begins again lets it go on");

        runtime.pause(deployment, WEB);
        assertChanged(runtime.remove(deployment, WEB));
        assertEquals(Optional.empty(), observed());
        String folder =
                runtime.volume(deployment, DataName.of("orders")).orElseThrow().toString();
        assertTrue(machine().run("test", "-d", folder).succeeded(), folder);
        machine().must("podman", "volume", "rm", podmanName(deployment, ContainerName.of("orders")));
    }

    private String state() {
        return machine()
                .must("podman", "inspect", "--format", "{{.State.Status}}", podmanName(deployment, WEB))
                .strip();
    }

    @Test
    void aContainerThatIsStartedAgainIsTheSameWithAnotherProcess() {
        assertEquals(new Outcome.Unchanged(), runtime.restart(deployment, WEB));
        runtime.converge(deployment, site(1));
        assertServes("one", port);
        String before = process();

        assertChanged(runtime.restart(deployment, WEB));

        assertServes("one", port);
        assertNotEquals(before, process());
        assertEquals(new Outcome.Unchanged(), runtime.converge(deployment, site(1)));
    }

    private String process() {
        return machine()
                .must("podman", "inspect", "--format", "{{.State.Pid}}", podmanName(deployment, WEB))
                .strip();
    }

    @Test
    void aProgramInAContainerHasTheStreamsOfWhoeverRunsIt() throws Exception {
        runtime.converge(deployment, site(1));
        assertServes("one", port);
        List<String> words =
                runtime.command(deployment, WEB, Arguments.of("/bin/busybox", "sh", "-c", "/bin/busybox cat; exit 3"));

        Process process = new ProcessBuilder(words).start();
        try (var stream = process.getOutputStream()) {
            stream.write("from outside".getBytes(StandardCharsets.UTF_8));
        }

        assertEquals("from outside", new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(3, process.waitFor());
    }

    @Test
    void aContainerSeesOfItsNodeWhatIsDeclaredAndNothingIsMade() {
        machine().must("mkdir", "-p", HOUSEHOLD + "/site");
        HostPath absent = HostPath.readOnly(
                FolderPath.of(HOUSEHOLD + "/absent"), MountPath.of("/absent"), Reason.of("this test wants it"));
        Container watching = watching(
                HostPath.readOnly(FolderPath.of("/proc/sys"), MountPath.of("/host/sys"), absent.because()),
                HostPath.readOnly(FolderPath.of("/etc/passwd"), MountPath.of("/host/passwd"), absent.because()),
                HostPath.writable(FolderPath.of(HOUSEHOLD + "/site"), MountPath.of("/site"), absent.because()));

        assertChanged(runtime.converge(deployment, watching));

        assertEquals(machine().must("cat", "/etc/passwd").strip(), inside("cat", "/host/passwd"));
        assertEquals("kernel", inside("ls", "-d", "/host/sys/kernel").replace("/host/sys/", ""));
        assertEquals(List.of("/site"), writable("/site", "/host/sys"));
        assertEquals("try", machine().must("ls", HOUSEHOLD + "/site").strip());
        assertEquals(new Outcome.Unchanged(), open().converge(deployment, watching));

        Cause cause = failure(runtime.converge(deployment, watching(absent)));
        assertTrue(cause.toString().contains(HOUSEHOLD + "/absent"), cause::toString);
        assertFalse(machine().run("ls", HOUSEHOLD + "/absent").succeeded(), "it is not made");
    }

    private Container watching(HostPath... paths) {
        Container.Storage storage = Container.Storage.DEFAULT;
        for (HostPath path : paths) {
            storage = storage.mounting(path);
        }
        return site(1).with(storage);
    }

    @Test
    void aVolumeBeginsWithItsFilesWhichAreTheApplicationsThen() throws IOException {
        MountedFile settings = new MountedFile(
                new ResourceId(KindName.of("config-file"), ResourceName.of("settings")),
                MountPath.of("/var/lib/shop/conf.d/settings"));
        Path declared = machine().folder().resolve("settings");
        Files.writeString(declared, "theme='dark' $HOME\n");
        Container seeded = running(keeping(1), site(1).execution().program().user(SOMEBODY));
        seeded = seeded.with(seeded.storage().seeded(settings));

        assertChanged(runtime.converge(deployment, seeded, SecretValues.none(), Map.of(settings, declared)));

        Eventually.holds(
                "it serves",
                () -> inside("cat", "/var/lib/shop/conf.d/settings").equals("theme='dark' $HOME"));
        assertEquals(SOMEBODY.toString(), inside("stat", "-c", "%u:%g", "/var/lib/shop/conf.d/settings"));
        assertEquals("settings", inside("ls", "/var/lib/shop/conf.d"), "nothing half written is left");
        assertEquals(
                new Outcome.Unchanged(),
                open().converge(deployment, seeded, SecretValues.none(), Map.of(settings, declared)));

        inside("sh", "-c", "echo changed > /var/lib/shop/conf.d/settings");
        end(deployment, WEB);
        Container again = seeded;
        Eventually.holds("it serves again", () -> {
            runtime.converge(deployment, again, SecretValues.none(), Map.of(settings, declared));
            return observed().filter(Running.RUNNING::equals).isPresent();
        });
        assertEquals("changed", inside("cat", "/var/lib/shop/conf.d/settings"), "it is the application's");
        runtime.remove(deployment, WEB);
        machine().must("podman", "volume", "rm", podmanName(deployment, ContainerName.of("orders")));
    }

    @Test
    void aFileThatCannotBePutIntoItsVolumeIsTold() throws IOException {
        MountedFile settings = new MountedFile(
                new ResourceId(KindName.of("config-file"), ResourceName.of("settings")),
                MountPath.of("/var/lib/shop/settings"));
        Path declared = machine().folder().resolve("settings");
        Files.writeString(declared, "theme=dark\n");
        runtime.converge(deployment, keeping(1));
        inside("touch", "/var/lib/shop/of-root");
        Container seeded = running(keeping(1), site(1).execution().program().user(SOMEBODY));
        Container refused = seeded.with(seeded.storage().seeded(settings));

        runtime.converge(deployment, refused, SecretValues.none(), Map.of(settings, declared));

        Eventually.holds(
                "the log tells",
                () -> String.join("\n", log(100))
                        .contains("harmony: file /var/lib/shop/settings cannot be put into its volume"));
        runtime.remove(deployment, WEB);
        machine().must("podman", "volume", "rm", podmanName(deployment, ContainerName.of("orders")));
    }

    @Test
    void aPortOfTheNodeOnlyIsAtItsLoopbackAddressAlone() {
        Container container =
                site(1).with(Container.Network.of(new PublishedPort(Port.of(port), Port.of(80)).onNodeOnly()));

        assertChanged(runtime.converge(deployment, container));

        String listening =
                machine().must("podman", "port", podmanName(deployment, WEB)).strip();
        assertEquals("80/tcp -> 127.0.0.1:%d".formatted(port), listening);
        Eventually.holds("it is there", () -> machine().page("127.0.0.1", port).equals("one"));
        assertEquals(new Outcome.Unchanged(), open().converge(deployment, container));
    }

    @Test
    void aContainerSharesWithItsNodeWhatItIsAllowed() {
        Container sharing =
                allowing(Privilege.HOST_PROCESSES, Privilege.HOST_IPC, Privilege.ANY_SYSTEM_CALL, Privilege.UNCONFINED);

        assertChanged(runtime.converge(deployment, sharing));

        for (String space : List.of("pid", "ipc")) {
            String link = "/proc/self/ns/" + space;
            assertEquals(machine().must("readlink", link).strip(), inside("readlink", link));
        }
        assertEquals("0", inside("grep", "Seccomp:", "/proc/self/status").split("\\s+")[1]);
        assertEquals(new Outcome.Unchanged(), open().converge(deployment, sharing));
    }

    /** The others of its group find it where their node is. */
    @Test
    void aContainerOnItsNodesNetworkListensThereAndIsKnownToItsGroup() {
        SharedNetwork shared = new SharedNetwork(ServiceName.of("shop"), List.of(DB, WEB), Set.of(WEB), Map.of());
        Container db = db(1).with(Container.Network.DEFAULT.sharing(shared));
        Container web = site(1).with(
                        Container.Network.of(PublishedPort.tcp(Port.of(port))).sharing(shared));
        Container onHost = running(
                web.with(web.security().allowing(Privilege.HOST_NETWORK, Reason.of("this test wants it"))),
                Program.DEFAULT.args(
                        Arguments.of("/bin/busybox", "httpd", "-f", "-p", Integer.toString(port), "-h", "/srv")));

        assertChanged(runtime.converge(deployment, db));
        assertChanged(runtime.converge(deployment, onHost));

        assertServes("one", port);
        assertEquals("", fetched(DB, "web:" + port), "a port of the node that nobody has is not for containers");
        runtime.take(Set.of(NodePort.tcp(Port.of(port))));
        Eventually.holds(
                "it is found by its name", () -> fetched(DB, "web:" + port).equals("one"));
        assertReaches(WEB, DB, "one");
        assertEquals(new Outcome.Unchanged(), open().converge(deployment, onHost));
        assertEquals(new Outcome.Unchanged(), open().converge(deployment, db));
    }

    /** As told to podman: the tree in which tests run lets nobody gain privileges, so that the kernel says so of every process. */
    private String securityOptions() {
        return machine()
                .must("podman", "inspect", "--format", "{{.HostConfig.SecurityOpt}}", podmanName(deployment, WEB));
    }

    private long kibibytes(String folder) {
        return Long.parseLong(
                inside("df", "-k", folder).lines().toList().getLast().split(" +")[1]);
    }

    private Container allowing(Privilege... privileges) {
        Container container = site(1);
        for (Privilege privilege : privileges) {
            container = container.with(container.security().allowing(privilege, Reason.of("this test wants it")));
        }
        return container;
    }

    private List<String> writable(String... folders) {
        return Stream.of(folders)
                .filter(folder -> machine()
                        .run("podman", "exec", podmanName(deployment, WEB), "/bin/busybox", "touch", folder + "/try")
                        .succeeded())
                .toList();
    }

    private String ofItsStatus(String name) {
        return inside("grep", name + ":", "/proc/1/status").split("\\s+")[1];
    }

    private static Container running(Container container, Program program) {
        return container.with(container.execution().with(program));
    }

    private Container keeping(int version) {
        return site(version)
                .with(Container.Storage.keeping(Volume.of(DataName.of("orders"), MountPath.of("/var/lib/shop"))));
    }

    protected final String inside(String... applet) {
        List<String> words = new ArrayList<>(List.of("podman", "exec", podmanName(deployment, WEB), "/bin/busybox"));
        words.addAll(List.of(applet));
        return machine().must(words.toArray(String[]::new)).strip();
    }

    /** What the runtimes are opened with. */
    protected static NodeShares shares() {
        return NodeShares.parse(
                "photos=mount:%1$s:albums,documents=local:%2$s/documents,aside=local:%2$s/aside,gone=local:%2$s/gone"
                        .formatted(NAS, HOUSEHOLD));
    }

    private Container sharing(MountedShare... mounted) {
        return site(1).with(Container.Storage.DEFAULT.sharing(List.of(mounted)));
    }

    protected final Container showingPhotos() {
        return sharing(MountedShare.writable(ShareName.of("photos"), MountPath.of("/media")));
    }

    /** The household's folders; the NAS is not mounted yet, and has a folder below that looks like its own. */
    protected final void prepareHousehold() {
        tidyHousehold();
        machine().must("mount", "-t", "tmpfs", "household", HOUSEHOLD);
        machine().must("mkdir", "-p", NAS + "/albums", HOUSEHOLD + "/documents");
        machine().must("ln", "-s", HOUSEHOLD + "/documents", HOUSEHOLD + "/aside");
    }

    @AfterEach
    void tidyHousehold() {
        runtime.remove(deployment, WEB);
        machine().run("umount", "--quiet", "--lazy", "--recursive", HOUSEHOLD);
    }

    protected final void mountNas(String cat) {
        machine().must("mount", "-t", "tmpfs", "nas", NAS);
        machine().must("bash", "-c", "mkdir %1$s/albums && echo %2$s > %1$s/albums/cat".formatted(NAS, cat));
    }

    protected final String belowNas() {
        return machine().must("ls", NAS + "/albums");
    }

    @Test
    void aContainerReadsSharesAndWritesIntoThoseOnlyThatItMayWriteInto() {
        prepareHousehold();
        mountNas("tabby");
        Container container = sharing(
                MountedShare.readOnly(ShareName.of("photos"), MountPath.of("/media")),
                MountedShare.writable(ShareName.of("documents"), MountPath.of("/documents")));

        assertChanged(runtime.converge(deployment, container));
        assertEquals(new Outcome.Unchanged(), runtime.converge(deployment, container));
        assertEquals(new Outcome.Unchanged(), open().converge(deployment, container), "nor after the agent restarted");

        assertEquals("tabby", inside("cat", "/media/cat"));
        inside("touch", "/documents/letter");
        assertEquals("letter\n", machine().must("ls", HOUSEHOLD + "/documents"));
        assertFalse(machine()
                .run("podman", "exec", podmanName(deployment, WEB), "/bin/busybox", "touch", "/media/dog")
                .succeeded());

        assertChanged(runtime.remove(deployment, WEB));
        assertEquals("cat\n", belowNas());
        assertEquals("letter\n", machine().must("ls", HOUSEHOLD + "/documents"));
    }

    @Test
    void withoutItsMountAContainerIsNotStartedAndNothingIsWrittenBeside() {
        prepareHousehold();

        Cause cause = failure(runtime.converge(deployment, showingPhotos()));

        assertEquals("container 'web' has no share 'photos': nothing is mounted at " + NAS, cause.what());
        assertEquals(Optional.empty(), observed());
        assertEquals("", belowNas());
        mountNas("tabby");
        assertChanged(runtime.converge(deployment, showingPhotos()));
        assertEquals("tabby", inside("cat", "/media/cat"));
    }

    @Test
    void whatRunsWhileItsMountIsAwayKeepsWhatItHadAndIsStartedAgainWhenItIsBack() {
        prepareHousehold();
        mountNas("tabby");
        runtime.converge(deployment, showingPhotos());
        String before = started();
        machine().must("umount", "--lazy", NAS);

        assertEquals(
                "container 'web' has no share 'photos': nothing is mounted at " + NAS,
                failure(runtime.converge(deployment, showingPhotos())).what());
        assertEquals(before, started());
        assertEquals("tabby", inside("cat", "/media/cat"));
        inside("touch", "/media/dog");
        assertEquals("", belowNas());

        mountNas("siamese");
        assertChanged(runtime.converge(deployment, showingPhotos()));
        assertEquals("siamese", inside("cat", "/media/cat"));
        assertEquals(new Outcome.Unchanged(), runtime.converge(deployment, showingPhotos()));
    }

    @Test
    void whatWasMountedAnewUnseenIsNoticed() {
        prepareHousehold();
        mountNas("tabby");
        runtime.converge(deployment, showingPhotos());
        machine().must("mount", "-t", "tmpfs", "other", NAS);
        machine().must("bash", "-c", "mkdir %1$s/albums && echo siamese > %1$s/albums/cat".formatted(NAS));

        assertChanged(runtime.converge(deployment, showingPhotos()));

        assertEquals("siamese", inside("cat", "/media/cat"));
    }

    private String started() {
        return machine().must("podman", "inspect", "--format", "{{.State.StartedAt}}", podmanName(deployment, WEB));
    }

    @Test
    void aFolderThatIsNotThereIsNeverMadeAndALinkIsNotFollowed() {
        prepareHousehold();
        MountPath at = MountPath.of("/media");

        assertEquals(
                "container 'web' has no share 'aside': %1$s/aside leads to %1$s/documents by a symbolic link"
                        .formatted(HOUSEHOLD),
                failure(runtime.converge(deployment, sharing(MountedShare.readOnly(ShareName.of("aside"), at))))
                        .what());
        assertTrue(failure(runtime.converge(deployment, sharing(MountedShare.writable(ShareName.of("gone"), at))))
                .what()
                .startsWith("container 'web' has no share 'gone': folder %s/gone cannot be entered: "
                        .formatted(HOUSEHOLD)));
        assertFalse(machine().run("ls", HOUSEHOLD + "/gone").succeeded());
        assertEquals(
                "container 'web' has no share 'films': this node has no such share",
                failure(runtime.converge(deployment, sharing(MountedShare.readOnly(ShareName.of("films"), at))))
                        .what());
        assertEquals(Optional.empty(), observed());
    }

    @Test
    void aContainerHasAVolumeOfAnotherDeploymentWhichStaysItsOwners() {
        DeploymentName owner = DeploymentName.of(deployment + "-owner");
        Path volume = lent(owner);
        MountedData read = borrowed("/media", ShareAccess.READ_ONLY);
        MountedData written = borrowed("/out", ShareAccess.READ_WRITE);
        Container user = site(1).with(Container.Storage.DEFAULT.borrowing(read).borrowing(written));
        Map<MountedFile, Path> there = Map.of(read.file(), volume, written.file(), volume);

        assertChanged(runtime.converge(deployment, user, SecretValues.none(), there));
        assertEquals(new Outcome.Unchanged(), open().converge(deployment, user, SecretValues.none(), there));

        assertEquals("a film", inside("cat", "/media/film"));
        assertFalse(machine()
                .run("podman", "exec", podmanName(deployment, WEB), "/bin/busybox", "touch", "/media/other")
                .succeeded());
        inside("touch", "/out/subtitles");
        assertEquals("film\nsubtitles\n", machine().must("ls", volume.toString()));

        assertChanged(runtime.remove(deployment, WEB));
        assertEquals("film\nsubtitles\n", machine().must("ls", volume.toString()));
        runtime.remove(owner, WEB);
        assertEquals("film\nsubtitles\n", machine().must("ls", volume.toString()));

        machine().must("podman", "volume", "rm", podmanName(owner, ContainerName.of("orders")));
        failure(runtime.converge(deployment, user, SecretValues.none(), there));
        assertEquals(Optional.empty(), runtime.volume(owner, DataName.of("orders")), "only its owner makes it");
        assertFalse(machine().run("ls", volume.toString()).succeeded());
    }

    /** A volume of another deployment, with a film in it. */
    protected final Path lent(DeploymentName owner) {
        assertChanged(runtime.converge(
                owner,
                site(image(1), port + 1_000, Memory.mebibytes(64))
                        .with(Container.Storage.keeping(
                                Volume.of(DataName.of("orders"), MountPath.of("/var/lib/shop"))))));
        Path volume = runtime.volume(owner, DataName.of("orders")).orElseThrow();
        machine().must("bash", "-c", "echo a film > %s/film".formatted(volume));
        return volume;
    }

    protected static MountedData borrowed(String at, ShareAccess access) {
        return new MountedData(
                new ResourceId(KindName.of("borrowed-data"), ResourceName.of("web.owner.orders")),
                MountPath.of(at),
                access);
    }

    @Test
    void aChangedImageReplacesTheContainer() {
        runtime.converge(deployment, site(1));

        assertChanged(runtime.converge(deployment, site(2)));
        assertServes("two", port);
        assertEquals(new Outcome.Unchanged(), runtime.converge(deployment, site(2)));
        assertEquals(1, runtime.observe(deployment).size());
    }

    @Test
    void aChangedPortReplacesTheContainer() {
        int other = PORTS.incrementAndGet();
        runtime.converge(deployment, site(1));

        assertChanged(runtime.converge(deployment, site(image(1), other, Memory.mebibytes(64))));
        assertServes("one", other);
        assertEquals("", machine().page(ADDRESS, port));
    }

    @Test
    void aChangedMemoryLimitReplacesTheContainer() {
        runtime.converge(deployment, site(1));

        Container roomier = site(image(1), port, Memory.mebibytes(96));
        assertChanged(runtime.converge(deployment, roomier));
        assertEquals(new Outcome.Unchanged(), runtime.converge(deployment, roomier));
        assertServes("one", port);
    }

    @Test
    void whatSomebodyEndedIsStartedAgain() {
        runtime.converge(deployment, site(1));
        end(deployment, WEB);
        assertEquals(Optional.of(Running.STOPPED), observed());

        assertChanged(runtime.converge(deployment, site(1)));
        assertServes("one", port);
    }

    @Test
    void whatSomebodyDeletedComesBack() {
        runtime.converge(deployment, site(1));
        machine().must("podman", "rm", "--force", podmanName(deployment, WEB));

        Eventually.holds("the page is back", () -> {
            runtime.converge(deployment, site(1));
            return machine().page(ADDRESS, port).contains("one");
        });
    }

    @Test
    void removesAContainerOnce() {
        runtime.converge(deployment, site(1));

        assertChanged(runtime.remove(deployment, WEB));
        assertEquals(List.of(), runtime.observe(deployment));
        assertEquals("", machine().page(ADDRESS, port));
        assertEquals(new Outcome.Unchanged(), runtime.remove(deployment, WEB));
        assertTrue(machine()
                        .run("podman", "container", "exists", podmanName(deployment, WEB))
                        .status()
                == 1);
    }

    @Test
    void tellsWhatAContainerWroteOldestFirst() {
        runtime.converge(deployment, site(1));

        Eventually.holds("three lines are in the log", () -> log(10).size() == 3);
        assertTrue(log(10).contains("complaint"), "standard error is in it: " + log(10));
        assertEquals(
                List.of("first", "serving one"),
                log(10).stream().filter(line -> !line.equals("complaint")).toList(),
                "each stream is in order");
        assertEquals(log(10).subList(1, 3), log(2));
    }

    @Test
    void hasNoLogOfWhatIsNotThere() {
        Cause cause = assertThrows(RuntimeUnavailableException.class, () -> runtime.logs(deployment, WEB, 10))
                .why();
        assertTrue(cause.toString().contains(deployment + "." + WEB), cause.toString());
    }

    @Test
    void knowsItsDeploymentsAndKeepsThemApart() {
        DeploymentName longer = DeploymentName.of(deployment + "-2");
        runtime.converge(deployment, site(1));
        runtime.converge(longer, site(image(1), PORTS.incrementAndGet(), Memory.mebibytes(64)));

        assertEquals(List.of(deployment, longer), runtime.deployments());
        runtime.remove(longer, WEB);
        assertEquals(List.of(deployment), runtime.deployments());
        assertEquals(Optional.of(Running.RUNNING), observed());
    }

    @Test
    void tellsAllDeploymentsAtOnce() {
        DeploymentName other = DeploymentName.of(deployment + "-2");
        runtime.converge(deployment, site(1));
        runtime.converge(other, site(image(1), PORTS.incrementAndGet(), Memory.mebibytes(64)));

        Map<DeploymentName, List<ContainerStatus>> all = runtime.observe();
        assertEquals(Set.of(deployment, other), all.keySet());
        assertEquals(runtime.observe(deployment), all.get(deployment));
        assertEquals(runtime.observe(other), all.get(other));
    }

    @Test
    void tellsWhatChangesWhoeverDoesIt() {
        Set<String> ofOthers = thoseWhoTell();
        runtime.converge(deployment, site(1));
        BlockingQueue<DeploymentName> told = new LinkedBlockingQueue<>();
        try (var _ = runtime.onChange(told::add)) {
            Eventually.holds("it follows podman, as a container that is made anew is told", () -> {
                machine().must("podman", "rename", podmanName(deployment, WEB), "renamed");
                machine().must("podman", "rename", "renamed", podmanName(deployment, WEB));
                return told.contains(deployment);
            });
            assertEquals(Optional.of(Running.RUNNING), observed());
            told.clear();
            end(deployment, WEB);

            Eventually.holds("the end is told", () -> told.contains(deployment));
            Eventually.holds("and seen", () -> !observed().equals(Optional.of(Running.RUNNING)));
            Eventually.holds("what is wanted comes back", () -> {
                runtime.converge(deployment, site(1));
                return observed().equals(Optional.of(Running.RUNNING));
            });
            assertServes("one", port);
        }
        Eventually.holds("no podman is left that tells of events", () -> ofOthers.containsAll(thoseWhoTell()));
    }

    private Set<String> thoseWhoTell() {
        return machine()
                .run("pgrep", "-f", "podman events --format=json")
                .output()
                .lines()
                .collect(Collectors.toSet());
    }

    @Test
    void countsRestartsAndTellsTheLastExit() {
        Instant before = Instant.now().minusSeconds(2);
        try (var _ = runtime.onChange(_ -> {})) {
            runtime.converge(deployment, failing());

            Eventually.holds(
                    "it was restarted, and how it ended is known",
                    Duration.ofMinutes(1),
                    () -> status().filter(status -> status.history().restarts() > 0)
                            .flatMap(status -> status.history().lastExit())
                            .filter(exit -> exit.code() == 3 && exit.at().isAfter(before))
                            .isPresent());
            assertTrue(
                    status().orElseThrow().history().startedAt().orElseThrow().isAfter(before));
        }
    }

    @Test
    void workThatEndedWellIsDone() {
        Container work = finishing().restart(RestartPolicy.ON_FAILURE);
        assertChanged(runtime.converge(deployment, work));

        Eventually.holds("it is finished", () -> observed().equals(Optional.of(Running.FINISHED)));
        assertEquals(new Outcome.Unchanged(), runtime.converge(deployment, work));
        assertEquals(new Outcome.Unchanged(), open().converge(deployment, work), "nor after the agent restarted");
        assertEquals(Optional.of(Running.FINISHED), observed());
        assertEquals(0, status().orElseThrow().history().restarts());
    }

    @Test
    void workThatFailedIsStartedAgain() {
        runtime.converge(deployment, failing().restart(RestartPolicy.ON_FAILURE));

        Eventually.holds(
                "it was started again",
                Duration.ofMinutes(1),
                () -> status().filter(status -> status.history().restarts() > 0).isPresent());
    }

    @Test
    void aJobRunsOnceHoweverItEnds() {
        Container job = failing().job(JobSpec.of(new Trigger.Once()));
        assertChanged(runtime.converge(deployment, job));

        Eventually.holds(
                "it ended, and how is known",
                Duration.ofMinutes(1),
                () -> lastExitCode().equals(Optional.of(3)) && observed().equals(Optional.of(Running.STOPPED)));
        assertEquals(new Outcome.Unchanged(), runtime.converge(deployment, job));
        assertEquals(new Outcome.Unchanged(), open().converge(deployment, job), "nor after the agent restarted");
        assertEquals(Optional.of(Running.STOPPED), observed());
        assertEquals(0, status().orElseThrow().history().restarts());
    }

    @Test
    void aJobThatTakesLongerThanItMayIsKilled() {
        Container job = site(image(1), port, Memory.mebibytes(64))
                .job(JobSpec.of(new Trigger.Once()).deadline(Duration.ofSeconds(2)));
        assertChanged(runtime.converge(deployment, job));

        Eventually.holds(
                "it is over, and how is known",
                Duration.ofMinutes(1),
                () -> lastExitCode().isPresent() && !observed().equals(Optional.of(Running.RUNNING)));
        assertEquals(Optional.of(255), lastExitCode());
    }

    private Optional<Integer> lastExitCode() {
        return status().flatMap(status -> status.history().lastExit()).map(Exit::code);
    }

    @Test
    @Timeout(60)
    void aPullThatStallsIsSeenAndEndsAtOnceWhenItIsNotWantedAnyMore() throws Exception {
        runtime.converge(deployment, site(1));
        ImageReference stalling = ImageReference.of("stalling.internal/site:1");
        DeploymentName fresh = DeploymentName.of(deployment + "-fresh");
        Followed registry = machine().startStallingRegistry();
        List<DeploymentName> told = new CopyOnWriteArrayList<>();
        try (var _ = runtime.onChange(told::add);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Outcome>> converging = Stream.of(deployment, fresh)
                    .map(name ->
                            threads.submit(() -> runtime.converge(name, site(stalling, port, Memory.mebibytes(64)))))
                    .toList();
            Eventually.holds(
                    "both pulls are seen",
                    () -> Stream.of(deployment, fresh)
                            .allMatch(name -> runtime.observe(name).stream()
                                    .anyMatch(status -> status.pulling().equals(Optional.of(stalling)))));
            assertTrue(told.containsAll(List.of(deployment, fresh)), told::toString);
            assertEquals(Optional.of(Running.RUNNING), observed(), "what ran goes on");
            Eventually.holds(
                    "podman waits for the layer", () -> Files.exists(machine().stalled()));
            assertTrue(pulls(stalling));

            Instant before = Instant.now();
            threads.shutdownNow();
            assertTrue(threads.awaitTermination(20, TimeUnit.SECONDS), "the calls end");
            assertTrue(Duration.between(before, Instant.now()).toSeconds() < 10, "at once");
            for (Future<Outcome> ended : converging) {
                assertTrue(
                        ended.state() == Future.State.FAILED || ended.resultNow() instanceof Outcome.Failed,
                        ended::toString);
            }
            Eventually.holds("nothing pulls any more", () -> !pulls(stalling));
        } finally {
            registry.close();
        }
        assertEquals(List.of(), runtime.observe(fresh));
        assertEquals(new Outcome.Unchanged(), runtime.converge(deployment, site(1)));
        assertServes("one", port);
    }

    private boolean pulls(ImageReference image) {
        return machine().run("pgrep", "-f", "podman pull .*" + image).succeeded();
    }

    @Test
    void manyWhoAskForLogsAtOnceAreRefusedByName() throws Exception {
        runtime.converge(deployment, site(1));
        Callable<List<String>> reading = () -> log(10);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> readings = threads.invokeAll(Collections.nCopies(30, reading));

            List<Throwable> refusals = readings.stream()
                    .filter(ended -> ended.state() == Future.State.FAILED)
                    .map(Future::exceptionNow)
                    .toList();
            assertTrue(!refusals.isEmpty() && refusals.size() < 30, () -> refusals.size() + " of 30 were refused");
            refusals.forEach(refusal -> assertTrue(refusal.getMessage().contains("busy"), refusal::toString));
        }
        assertTrue(!log(10).isEmpty(), "afterwards it answers again");
    }

    @Test
    void anUnknownTagLeavesTheOldContainerServing() {
        runtime.converge(deployment, site(1));
        String before = id();

        Cause cause = failure(runtime.converge(deployment, site(99)));
        assertTrue(cause.what().contains(REPOSITORY + ":99"), cause.toString());
        assertTrue(cause.next().contains("no such image"), cause.toString());
        assertEquals(before, id());
        assertServes("one", port);
        assertEquals(new Outcome.Unchanged(), runtime.converge(deployment, site(1)));
    }

    @Test
    void aRegistryThatDoesNotAnswerIsTold() {
        Cause cause = failure(runtime.converge(
                deployment, site(ImageReference.of("127.0.0.1:1/site:1"), port, Memory.mebibytes(64))));
        assertTrue(cause.what().contains("127.0.0.1:1/site:1"), cause.toString());
        assertTrue(cause.next().contains("does not answer"), cause.toString());
        assertEquals(List.of(), runtime.observe(deployment));
    }

    @Test
    void aRegistryThatNoDnsKnowsIsTold() {
        Cause cause = failure(runtime.converge(
                deployment, site(ImageReference.of("registry.invalid/site:1"), port, Memory.mebibytes(64))));
        assertTrue(cause.next().contains("DNS") || cause.next().contains("does not answer"), cause.toString());
    }

    @Test
    void aPortThatSomethingElseHoldsIsToldAndTheOldContainerGoesOn() {
        DeploymentName first = DeploymentName.of(deployment + "-first");
        int taken = PORTS.incrementAndGet();
        runtime.converge(first, site(image(1), taken, Memory.mebibytes(64)));
        runtime.converge(deployment, site(1));

        Container wanted = site(image(2), taken, Memory.mebibytes(64));
        Cause cause = failure(runtime.converge(deployment, wanted));
        assertTrue(cause.what().contains("address already in use"), cause.toString());
        assertTrue(cause.what().contains(Integer.toString(taken)), cause.toString());
        assertTrue(cause.next().contains("ss -ltnp"), cause.toString());
        assertServes("one", port);
        assertServes("one", taken);
        assertEquals(new Outcome.Unchanged(), runtime.converge(deployment, site(1)), "the old one is as it was");
    }

    @Test
    void aReplacementThatFailedIsNotTriedAgainAtOnceAsThatInterruptsTheService() {
        DeploymentName first = DeploymentName.of(deployment + "-first");
        int taken = PORTS.incrementAndGet();
        runtime.converge(first, site(image(1), taken, Memory.mebibytes(64)));
        runtime.converge(deployment, site(1));
        Container wanted = site(image(2), taken, Memory.mebibytes(64));
        Cause cause = failure(runtime.converge(deployment, wanted));
        String before = id();

        runtime.remove(first, WEB);
        assertEquals(cause, failure(runtime.converge(deployment, wanted)));
        assertEquals(before, id());
        clock.addAndGet(Backoff.REST.toNanos());
        assertChanged(runtime.converge(deployment, wanted));
        assertServes("two", taken);
    }

    @Test
    void aNewContainerWhosePortWasTakenStartsOnceThePortIsFree() {
        DeploymentName first = DeploymentName.of(deployment + "-first");
        runtime.converge(first, site(1));

        failure(runtime.converge(deployment, site(2)));
        failure(runtime.converge(deployment, site(2)));
        runtime.remove(first, WEB);
        Eventually.holds(
                "the runtime is content", () -> runtime.converge(deployment, site(2)) instanceof Outcome.Unchanged);
        assertServes("two", port);
    }

    @Test
    void aMissingPodmanIsTold() {
        Cause cause = assertThrows(
                        RuntimeUnavailableException.class,
                        () -> openWithoutPodman().converge(deployment, site(1)))
                .why();
        assertTrue(cause.what().contains("podman"), cause.toString());
        assertTrue(cause.next().contains("install"), cause.toString());
    }

    @Test
    void twoAtOnceMakeOneContainer() throws Exception {
        Callable<Outcome> converge = () -> runtime.converge(deployment, site(1));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Outcome> outcomes = threads.invokeAll(List.of(converge, converge)).stream()
                    .map(future -> future.resultNow())
                    .toList();
            assertEquals(
                    1,
                    outcomes.stream()
                            .filter(Outcome.Unchanged.class::isInstance)
                            .count(),
                    outcomes::toString);
            assertEquals(
                    1,
                    outcomes.stream().filter(Outcome.Changed.class::isInstance).count(),
                    outcomes::toString);
        }
    }

    private static final ContainerName DB = ContainerName.of("db");
    private static final SharedNetwork SHARED = new SharedNetwork(ServiceName.of("shop"), List.of(DB, WEB));

    /** A group of a private service and one that publishes, as the planner tells nodes. */
    private Container db(int version) {
        return Container.of(DB, image(version), Memory.mebibytes(64)).with(Container.Network.DEFAULT.sharing(SHARED));
    }

    private Container web(int version) {
        return site(version).with(site(version).network().sharing(SHARED));
    }

    private void assertReaches(ContainerName from, ContainerName to, String page) {
        Eventually.holds(
                "%s reaches %s by its name and gets '%s'".formatted(from, to, page),
                () -> fetched(from, to.value()).equals(page));
    }

    private String fetched(ContainerName from, String host) {
        return machine()
                .run(
                        "podman",
                        "exec",
                        podmanName(deployment, from),
                        "/bin/busybox",
                        "timeout",
                        "3",
                        "/bin/busybox",
                        "wget",
                        "-q",
                        "-O",
                        "-",
                        "http://%s/".formatted(host))
                .output();
    }

    private List<String> networks() {
        return machine()
                .must("podman", "network", "ls", "--format", "{{.Name}}")
                .lines()
                .filter(name -> name.equals(network(deployment)) || name.startsWith(network(deployment) + "_"))
                .toList();
    }

    /** What a person on site calls a deployment's network. */
    private String network(DeploymentName of) {
        return podmanName(of, ContainerName.of("x")).replaceAll("\\.x$", "");
    }

    /** A DNS server of the node has port 53 of all its addresses, also of those that come later. */
    @Test
    void thoseThatAreTogetherReachEachOtherByNameOnANodeWithADnsServer() {
        Followed dns = machine().programs().start("systemd-socket-activate", "--datagram", "--listen=53", "/bin/true");
        Followed overTcp = machine().programs().start("systemd-socket-activate", "--listen=53", "/bin/true");
        try {
            Eventually.holds(
                    "port 53 is taken",
                    () -> machine()
                                    .must("cat", "/proc/net/udp6", "/proc/net/udp")
                                    .contains(":0035 ")
                            && machine()
                                    .must("cat", "/proc/net/tcp6", "/proc/net/tcp")
                                    .contains(":0035 "));

            assertChanged(runtime.converge(deployment, db(1)));
            assertChanged(runtime.converge(deployment, web(2)));

            assertReaches(WEB, DB, "one");
            assertReaches(DB, WEB, "two");
            assertServes("two", port);
            assertEquals(new Outcome.Unchanged(), open().converge(deployment, db(1)));
            assertEquals(new Outcome.Unchanged(), open().converge(deployment, web(2)));
        } finally {
            dns.close();
            overTcp.close();
        }
    }

    @Test
    void namesHoldWhenAContainerIsReplacedOrStartedAgain() {
        runtime.converge(deployment, db(1));
        runtime.converge(deployment, web(2));
        String before = id();
        assertReaches(WEB, DB, "one");
        String known = hardwareAddressOfDb();

        assertChanged(runtime.converge(deployment, db(2)));
        assertReaches(WEB, DB, "two");
        assertEquals(known, hardwareAddressOfDb(), "those who sent to it go on without asking anew");
        end(deployment, DB);
        assertChanged(runtime.converge(deployment, db(2)));

        assertReaches(WEB, DB, "two");
        assertReaches(DB, WEB, "two");
        assertEquals(before, id(), "nothing was done to who uses the name");
    }

    private String hardwareAddressOfDb() {
        return machine()
                .must(
                        "podman",
                        "exec",
                        podmanName(deployment, DB),
                        "/bin/busybox",
                        "cat",
                        "/sys/class/net/eth0/address")
                .strip();
    }

    /** What podman and the kernel knew of addresses in use is gone, as both keep it in memory. */
    @Test
    void namesHoldOnceTheNodeIsUpAgain() {
        runtime.converge(deployment, db(1));
        runtime.converge(deployment, web(2));
        end(deployment, WEB);
        end(deployment, DB);
        awaitCleanedUp(deployment);
        machine().must("rm", "-f", "/run/containers/networks/ipam.db", "/run/containers/storage/networks/ipam.db");

        ContainerRuntime again = open();
        assertChanged(again.converge(deployment, web(2)));
        assertChanged(again.converge(deployment, db(1)));

        assertReaches(WEB, DB, "one");
        assertReaches(DB, WEB, "two");
        assertServes("two", port);
    }

    /** A container that ended gives back its addresses and rules later, by another process, which finds them in that file. */
    private void awaitCleanedUp(DeploymentName of) {
        Eventually.holds(
                "all of deployment %s is cleaned up".formatted(of),
                () -> machine()
                        .must("podman", "ps", "--all", "--format", "{{.Names}} {{.State}}")
                        .lines()
                        .filter(line -> line.contains("%s.".formatted(of)))
                        .allMatch(line -> line.endsWith(" exited")));
    }

    @Test
    void aGroupIsOutOfReachOfOthers() {
        DeploymentName other = DeploymentName.of("other-" + deployment);
        runtime.converge(deployment, db(1));
        runtime.converge(deployment, web(2));
        runtime.converge(other, db(2));
        String address = machine()
                .must(
                        "podman",
                        "inspect",
                        "--format",
                        "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}",
                        podmanName(other, DB))
                .strip();

        assertReaches(WEB, DB, "one");
        assertEquals("", fetched(DB, address));
        assertTrue(!address.isEmpty());
    }

    /**
     * Each way by which a container could come to what is none of its business is tried with the walls up, without them, and once they are up
     * again; so is each that must stay open.
     */
    @Test
    void aContainerReachesWhatIsPublishedAndNothingElseOfItsNodeOfOthersAndOfTheMesh() throws IOException {
        String node = "192.0.2.1";
        String elsewhere = "192.0.2.130";
        Path page = Files.createDirectories(machine().folder().resolve("page-of-node"));
        Files.writeString(page.resolve("index.html"), "node");
        List<Followed> servers = new ArrayList<>();
        machine().must("ip", "address", "add", node + "/32", "dev", "lo");
        // An agent is on its node; this test may be beside it.
        Programs.here().run(Podman.LOCAL, "ip", "address", "add", node + "/32", "dev", "lo");
        machine().must("ip", "route", "replace", "local", "198.18.0.0/15", "dev", "lo");
        machine().must("ip", "netns", "add", "elsewhere");
        try {
            machine().must("ip", "link", "add", "lan0", "type", "veth", "peer", "lan1", "netns", "elsewhere");
            machine().must("ip", "address", "add", "192.0.2.129/30", "dev", "lan0");
            machine().must("ip", "link", "set", "lan0", "up");
            machine().must("ip", "-n", "elsewhere", "address", "add", elsewhere + "/30", "dev", "lan1");
            machine().must("ip", "-n", "elsewhere", "link", "set", "lan1", "up");
            machine().must("ip", "-n", "elsewhere", "route", "add", "default", "via", "192.0.2.129");
            int ofNode = PORTS.incrementAndGet();
            int ofEndpoint = PORTS.incrementAndGet();
            int ofMesh = PORTS.incrementAndGet();
            for (String at : List.of("[::]:" + ofNode, "[::]:" + ofMesh, "198.18.0.7:" + ofEndpoint)) {
                servers.add(machine().programs().start("/bin/busybox", "httpd", "-f", "-p", at, "-h", page.toString()));
            }
            for (int at : List.of(ofNode, ofMesh)) {
                servers.add(machine()
                        .programs()
                        .start(
                                "ip",
                                "netns",
                                "exec",
                                "elsewhere",
                                "/bin/busybox",
                                "httpd",
                                "-f",
                                "-p",
                                "" + at,
                                "-h",
                                page.toString()));
            }
            runtime = open(
                    IpAddress.of(node),
                    Set.of(
                            new InetSocketAddress(IpAddress.of(node).address(), ofMesh),
                            new InetSocketAddress(IpAddress.of(elsewhere).address(), ofMesh)));
            DeploymentName others = DeploymentName.of("other-" + deployment);
            Arguments twoPorts = Arguments.of(
                    "/bin/busybox", "sh", "-c", "busybox httpd -p 81 -h /srv; exec busybox httpd -f -p 80 -h /srv");
            assertChanged(runtime.converge(others, running(site(2), Program.DEFAULT.entrypoint(twoPorts))));
            assertChanged(runtime.converge(
                    deployment, Container.of(DB, image(1), Memory.mebibytes(64)).with(Container.Network.DEFAULT)));
            assertChanged(runtime.converge(deployment, Container.of(WEB, image(1), Memory.mebibytes(64))));

            Map<String, String> closed = new TreeMap<>(Map.of(
                    "another's port that it publishes, at its own address", address(others, WEB) + ":80",
                    "another's port that it does not publish", address(others, WEB) + ":81",
                    "the node at the gateway", gateway(deployment) + ":" + ofNode,
                    "the node at another's gateway", gateway(others) + ":" + ofNode,
                    "the node at its address", node + ":" + ofNode,
                    "the node at an endpoint's address", "198.18.0.7:" + ofNode,
                    "the node by IPv6", "[%s%%eth0]:%d".formatted(linkLocal(deployment), ofNode),
                    "the mesh on this node", node + ":" + ofMesh,
                    "the mesh on this node, at the gateway", gateway(deployment) + ":" + ofMesh,
                    "the mesh elsewhere", elsewhere + ":" + ofMesh));
            Map<String, String> open = Map.of(
                    "another's port that it publishes, at the node", node + ":" + port,
                    "its own deployment", address(deployment, DB) + ":80",
                    "its own deployment by IPv6", "[%s%%eth0]:80".formatted(linkLocalOfDb()),
                    "an endpoint", "198.18.0.7:" + ofEndpoint,
                    "another machine", elsewhere + ":" + ofNode);
            assertAll(open, true);
            assertAll(closed, false);
            runtime.take(Set.of(NodePort.tcp(Port.of(ofMesh))));
            assertAll(closed, false);

            machine().must("nft", "delete", "table", "inet", table());
            assertAll(open, true);
            assertAll(closed, true);

            clock.addAndGet(Duration.ofSeconds(11).toNanos());
            assertEquals(
                    new Outcome.Unchanged(),
                    runtime.converge(deployment, Container.of(WEB, image(1), Memory.mebibytes(64))));
            assertAll(open, true);
            assertAll(closed, false);

            runtime.take(Set.of(NodePort.tcp(Port.of(ofNode))));
            assertAll(Map.of("what programs of deployments have of the node", node + ":" + ofNode), true);
            runtime.remove(others, WEB);
            runtime.remove(deployment, DB);
            runtime.remove(deployment, WEB);
            assertFalse(machine().must("nft", "list", "tables").contains("harmony"), "the walls go with the last");
        } finally {
            servers.forEach(Followed::close);
            machine().run("ip", "netns", "delete", "elsewhere");
            machine().run("ip", "link", "delete", "lan0");
            machine().run("ip", "route", "delete", "local", "198.18.0.0/15", "dev", "lo");
            machine().must("ip", "address", "delete", node + "/32", "dev", "lo");
            Programs.here().run(Podman.LOCAL, "ip", "address", "delete", node + "/32", "dev", "lo");
        }
    }

    private void assertAll(Map<String, String> ways, boolean areOpen) {
        ways.forEach((what, where) -> {
            if (areOpen) {
                Eventually.holds(
                        "%s is reached at %s".formatted(what, where),
                        () -> !fetched(WEB, where).isEmpty());
            } else {
                assertEquals("", fetched(WEB, where), "%s is reached at %s".formatted(what, where));
            }
        });
    }

    private String address(DeploymentName of, ContainerName container) {
        return machine()
                .must(
                        "podman",
                        "inspect",
                        "--format",
                        "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}",
                        podmanName(of, container))
                .strip();
    }

    private String gateway(DeploymentName of) {
        return machine()
                .must("podman", "network", "inspect", "--format", "{{range .Subnets}}{{.Gateway}}{{end}}", network(of))
                .strip();
    }

    /** The node's address that every IPv6 network has. */
    private String linkLocal(DeploymentName of) {
        String bridge = machine()
                .must("podman", "network", "inspect", "--format", "{{.NetworkInterface}}", network(of))
                .strip();
        String told = machine().must("ip", "-brief", "-6", "address", "show", "dev", bridge);
        // The first: an address may have these four digits in its midst again.
        return told.replaceFirst("(?s).*?(fe80:[0-9a-f:]+)/64.*", "$1");
    }

    /** As programs find each other that are told no address. */
    @Test
    void whatIsForAllOfItsNetworkArrivesThereAndNowhereElse() {
        DeploymentName others = DeploymentName.of("other-" + deployment);
        Container plain = Container.of(WEB, image(1), Memory.mebibytes(64));
        assertChanged(runtime.converge(deployment, plain));
        assertChanged(runtime.converge(deployment, Container.of(DB, image(1), Memory.mebibytes(64))));
        assertChanged(runtime.converge(others, plain));
        String sender = machine()
                .must("podman", "inspect", "--format", "{{.State.Pid}}", podmanName(deployment, WEB))
                .strip();
        long before = multicasts(deployment, DB);
        long beforeOthers = multicasts(others, WEB);

        machine()
                .must(
                        "nsenter",
                        "--net=/proc/%s/ns/net".formatted(sender),
                        "bash",
                        "-c",
                        "for i in {1..20}; do echo hello > /dev/udp/224.0.0.1/5353; done");

        Eventually.holds("all arrive", () -> multicasts(deployment, DB) >= before + 20);
        assertTrue(multicasts(others, WEB) < beforeOthers + 20);
    }

    /** Which the container's kernel counts, whether or not anybody listens: InMcastPkts of IpExt. */
    private long multicasts(DeploymentName of, ContainerName container) {
        return Long.parseLong(machine()
                .must(
                        "podman",
                        "exec",
                        podmanName(of, container),
                        "/bin/busybox",
                        "grep",
                        "IpExt: [0-9]",
                        "/proc/net/netstat")
                .split(" ")[3]);
    }

    private String linkLocalOfDb() {
        return machine()
                .must("podman", "exec", podmanName(deployment, DB), "/bin/busybox", "cat", "/proc/net/if_inet6")
                .replaceFirst("(?s).*(fe80[0-9a-f]{28}).*", "$1")
                .replaceAll("(.{4})(?!$)", "$1:");
    }

    /** Of the walls. */
    private String table() {
        return podmanName(deployment, WEB).replaceFirst("[.-]" + deployment + ".*", "");
    }

    @Test
    void aNetworkGoesWithTheLastOfItsContainers() {
        runtime.converge(deployment, db(1));
        runtime.converge(deployment, web(2));
        assertEquals(1, networks().size());

        runtime.remove(deployment, WEB);
        assertEquals(1, networks().size());
        end(deployment, DB);
        open().converge(deployment, Container.of(WEB, image(1), Memory.mebibytes(64)));
        assertEquals(
                List.of(network(deployment), network(deployment) + "_shop"),
                networks(),
                "who does not run now will want it");

        runtime.remove(deployment, DB);
        assertEquals(List.of(network(deployment)), networks());
        runtime.remove(deployment, WEB);
        assertEquals(List.of(), networks());
    }

    @Test
    void whatAKilledAgentLeftBehindIsRemovedAndNothingOfOthers() {
        runtime.converge(deployment, db(1));
        String ours = networks().getFirst();
        String label = machine()
                .must("podman", "network", "inspect", "--format", "{{index .Labels \"harmony.network\"}}", ours)
                .strip();
        machine().must("podman", "network", "create", "--label=harmony.network=" + label, ours + "-left");
        machine().must("podman", "network", "create", ours + "-foreign");
        try {
            open().converge(deployment, db(1));

            assertEquals(List.of(ours, ours + "-foreign"), networks());
        } finally {
            machine().must("podman", "network", "rm", ours + "-foreign");
        }
    }

    @Test
    void aNetworkThatSomebodyElseMadeIsNotUsed() {
        String name = network(deployment) + "_shop";
        machine().must("podman", "network", "create", name);
        try {
            Cause cause = failure(runtime.converge(deployment, db(1)));
            assertTrue(
                    cause.what().contains("network '%s' is there and not as this node makes it".formatted(name)),
                    cause::toString);
        } finally {
            machine().must("podman", "network", "rm", name);
        }
    }

    @Test
    void aNetworkThatSomebodyRemovedComesBack() {
        runtime.converge(deployment, db(1));
        runtime.converge(deployment, web(2));
        machine().run("podman", "network", "rm", "--force", networks().getFirst());

        Eventually.holds("all is as before", () -> {
            runtime.converge(deployment, db(1));
            runtime.converge(deployment, web(2));
            return fetched(WEB, "db").equals("one");
        });
    }

    @Test
    void whoLeavesAGroupIsByItselfAgain() {
        runtime.converge(deployment, db(1));
        runtime.converge(deployment, web(2));
        runtime.remove(deployment, DB);

        assertChanged(runtime.converge(deployment, site(2)));

        assertServes("two", port);
        assertEquals(List.of(network(deployment)), networks());
    }

    protected static final ContainerName TORRENT = ContainerName.of("torrent");

    private static final SharedNetwork CARRYING =
            new SharedNetwork(ServiceName.of("vpn"), List.of(WEB, TORRENT, DB), Set.of(), Map.of(TORRENT, WEB));

    /** What carries another publishes the port at which that listens. */
    protected final Container carrier(int version) {
        return site(version)
                .with(new Container.Network(List.of(new PublishedPort(Port.of(port), Port.of(81)))).sharing(CARRYING));
    }

    protected final Container carried() {
        return running(
                Container.of(TORRENT, image(2), Memory.mebibytes(64))
                        .with(Container.Network.DEFAULT.through(WEB).sharing(CARRYING)),
                Program.DEFAULT.args(Arguments.of("/bin/busybox", "httpd", "-f", "-p", "81", "-h", "/srv")));
    }

    protected final void assertCarried() {
        Eventually.holds("both have one network", () -> {
            String network = network(WEB);
            return !network.isEmpty() && network.equals(network(TORRENT));
        });
        assertServes("two", port);
    }

    /** Empty when it does not run. */
    private String network(ContainerName container) {
        return machine()
                .run(
                        "podman",
                        "exec",
                        podmanName(deployment, container),
                        "/bin/busybox",
                        "readlink",
                        "/proc/self/ns/net")
                .output();
    }

    private String interfaces(ContainerName container) {
        return machine()
                .run("podman", "exec", podmanName(deployment, container), "/bin/busybox", "ls", "/sys/class/net")
                .output();
    }

    @Test
    void aCarriedContainerHasItsCarriersNetworkWhicheverOfThemIsReplacedOrStartedAgain() {
        Container db = db(1).with(Container.Network.DEFAULT
                .sharing(CARRYING)
                .with(NameResolution.DEFAULT.member(TORRENT).servers(List.of(IpAddress.of("192.0.2.53")))));
        Cause alone = failure(runtime.converge(deployment, carried()));
        assertEquals("container 'torrent' goes through container 'web', which does not run", alone.what());
        assertChanged(runtime.converge(deployment, carrier(1)));
        assertChanged(runtime.converge(deployment, carried()));
        assertChanged(runtime.converge(deployment, db));

        assertCarried();
        Eventually.holds(
                "it is found by its name", () -> fetched(DB, "torrent:81").equals("two"));
        String server = machine()
                .must("podman", "exec", podmanName(deployment, DB), "/bin/busybox", "cat", "/etc/resolv.conf")
                .lines()
                .filter(line -> line.startsWith("nameserver "))
                .findFirst()
                .orElseThrow()
                .substring("nameserver ".length());
        assertEquals("two", fetched(DB, server + ":81"), "which it asks for names");
        assertEquals("one", fetched(DB, "web"));
        assertEquals("one", fetched(TORRENT, "db"));
        assertEquals("one", fetched(TORRENT, "web"));
        assertEquals("two", fetched(WEB, "torrent:81"));
        for (Container container : List.of(carrier(1), carried(), db)) {
            assertEquals(new Outcome.Unchanged(), open().converge(deployment, container));
        }

        assertChanged(runtime.converge(deployment, carrier(2)));
        runtime.converge(deployment, carried());
        assertCarried();
        assertEquals("two", fetched(DB, "torrent:81"));

        end(deployment, WEB);
        Eventually.holds("nothing leads out of it", () -> !interfaces(TORRENT).contains("eth"));
        assertEquals("", fetched(TORRENT, "db"));
        failure(runtime.converge(deployment, carried()));
        Eventually.holds("it ends as well", () -> network(TORRENT).isEmpty());
        // As after a power cut.
        machine().must("rm", "-f", "/run/containers/networks/ipam.db", "/run/containers/storage/networks/ipam.db");
        ContainerRuntime again = open();
        assertChanged(again.converge(deployment, carrier(2)));
        again.converge(deployment, carried());
        assertCarried();

        assertChanged(runtime.remove(deployment, WEB));
        assertEquals("", network(TORRENT));
        runtime.remove(deployment, TORRENT);
        runtime.remove(deployment, DB);
        assertEquals(List.of(), runtime.observe(deployment));
        assertEquals(List.of(), networks());
    }

    protected final Container site(int version) {
        return site(image(version), port, Memory.mebibytes(64));
    }

    protected static Container site(ImageReference image, int port, Memory memory) {
        return Container.of(WEB, image, memory)
                .with(Container.Network.of(new PublishedPort(Port.of(port), Port.of(80))));
    }

    /** One whose process ends with 3 after a moment. */
    protected static Container failing() {
        return Container.of(WEB, ImageReference.of("registry.internal/contract-failing:1"), Memory.mebibytes(64));
    }

    /** One whose process ends with success after a moment. */
    protected static Container finishing() {
        return Container.of(WEB, ImageReference.of("registry.internal/contract-finishing:1"), Memory.mebibytes(64));
    }

    protected static void publish(Machine machine) {
        machine.publish("contract-site:1", "one");
        machine.publish("contract-site:2", "two");
        machine.publishNamed("contract-named:1", "contract-silent:1");
        machine.publishRunning("contract-failing:1", "/bin/busybox sleep 1; exit 3");
        machine.publishRunning("contract-finishing:1", "/bin/busybox sleep 1; exit 0");
    }

    protected final Optional<ContainerStatus> status() {
        return runtime.observe(deployment).stream().findFirst();
    }

    protected static ImageReference image(int version) {
        return ImageReference.of(REPOSITORY + ":" + version);
    }

    protected final Optional<Running> observed() {
        return runtime.observe(deployment).stream()
                .map(ContainerStatus::running)
                .findFirst();
    }

    private List<String> log(int lines) {
        return runtime.logs(deployment, WEB, lines);
    }

    protected final String id() {
        return machine().must("podman", "inspect", "--format", "{{.Id}}", podmanName(deployment, WEB));
    }

    protected final void assertServes(String page, int at) {
        Eventually.holds(
                "port %d serves '%s'".formatted(at, page),
                () -> machine().page(ADDRESS, at).equals(page));
    }

    protected static void assertChanged(Outcome outcome) {
        assertInstanceOf(Outcome.Changed.class, outcome, outcome::toString);
    }

    protected static Cause failure(Outcome outcome) {
        return assertInstanceOf(Outcome.Failed.class, outcome, outcome::toString)
                .cause();
    }
}
