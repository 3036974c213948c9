package io.nationtech.harmony.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.rollout.Rollout;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.TopologyName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class DeploymentTest {
    private static final DeploymentName NAME = DeploymentName.of("website");
    private static final Topology<ContainerRuntime> HOME =
            Topology.of(TopologyName.of("home"), ContainerRuntime.class, Site.of("home"));
    private static final ContainerService WEB = Services.named("web", 2);
    private static final ContainerService API = Services.at(8081, "api", 1);

    @Test
    void keepsScoresAndTestsInOrder() {
        Deployment<ContainerRuntime> deployment =
                Deployment.named(NAME).on(HOME).runs(WEB).runs(API).provenBy(welcome(WEB), welcome(API));

        assertEquals(List.of(WEB, API), deployment.scores());
        assertEquals(List.of(welcome(WEB), welcome(API)), deployment.smokeTests());
    }

    @Test
    void isNothingWithoutScoreOrSmokeTestHoweverItIsMade() {
        refused(
                () -> new Deployment<>(NAME, HOME, List.of(WEB), List.of(), OnDrift.REPAIR, Rollout.DEFAULT),
                "'website'",
                "0 smoke tests");
        refused(
                () -> new Deployment<>(NAME, HOME, List.of(), List.of(welcome(WEB)), OnDrift.REPAIR, Rollout.DEFAULT),
                "'website'",
                "0 scores");
    }

    @Test
    void scoresHaveNamesOfTheirOwn() {
        ContainerService twin = Services.at(8081, "web", 1);

        refused(
                () -> Deployment.named(NAME).on(HOME).runs(WEB).runs(twin).provenBy(welcome(WEB)),
                "two scores named 'web'",
                "name of its own");
    }

    @Test
    void aNameOfBeforeBelongsToOneScore() {
        ServiceName web = ServiceName.of("web");
        ContainerService site = Services.at(8082, "site", 1).previously(web);
        ContainerService rival = API.previously(web);

        refused(
                () -> Deployment.named(NAME).on(HOME).runs(WEB).runs(site).provenBy(welcome(site)),
                "'site'",
                "was 'web' previously",
                "belongs to score 'web'");
        refused(
                () -> Deployment.named(NAME).on(HOME).runs(rival).runs(site).provenBy(welcome(site)),
                "'site'",
                "was 'web' previously",
                "belongs to score 'api'");
        refused(() -> WEB.previously(web), "its name of today");
        refused(() -> site.previously(web), "told twice");
    }

    @Test
    void aSmokeTestAsksWhatTheDeploymentRuns() {
        refused(
                () -> Deployment.named(NAME).on(HOME).runs(WEB).provenBy(welcome(API)),
                "does not run service 'api'",
                "one of [web]");
    }

    /** Of a kind that the framework does not know. */
    private record Wrapped(ServiceName name, ContainerService inner) implements Score<ContainerRuntime> {
        @Override
        public Expansion expand(DeploymentName deployment, Inventory inventory) {
            return inner.expand(deployment, inventory);
        }
    }

    /** Of a kind that counts on there being nodes. */
    private record PerNode(ServiceName name) implements Score<ContainerRuntime> {
        @Override
        public Expansion expand(DeploymentName deployment, Inventory inventory) {
            return Services.at(8082, inventory.nodes().getFirst().info().id().value(), 1)
                    .expand(deployment, inventory);
        }
    }

    @Test
    void aScoreOfAnotherKindRunsWhatItComesTo() {
        Score<ContainerRuntime> blog = new Wrapped(ServiceName.of("blog"), API);
        HttpSmokeTest proof = HttpSmokeTest.of(blog, Port.of(8081), HttpPath.of("/"), "Welcome");
        var deployment = Deployment.named(NAME).on(HOME).runs(WEB).runs(blog).provenBy(proof);

        assertEquals(List.of("api"), containers(deployment, blog));
        assertTrue(deployment.tasks(blog).stream().allMatch(proof::asks));
        assertTrue(deployment.tasks(WEB).stream().noneMatch(proof::asks));
        assertEquals(List.of("web", "web"), containers(deployment, WEB));
    }

    @Test
    void aScoreThatFailsIsNamedWithWhatItThrows() {
        Score<ContainerRuntime> each = new PerNode(ServiceName.of("each"));
        var deployment = Deployment.named(NAME).on(HOME).runs(WEB).runs(each).provenBy(welcome(WEB));

        refused(
                () -> deployment.tasks(each),
                "score 'each'",
                PerNode.class.getName() + ".expand throws java.util.NoSuchElementException",
                "also for none");
    }

    /** A test of a kind that the framework does not know. */
    private record Knock(ServiceName service, Duration timeout) implements SmokeTest {}

    @Test
    void aSmokeTestOfAnyKindAsksAScoreByItsName() {
        SmokeTest knock = new Knock(ServiceName.of("web"), Duration.ofSeconds(1));

        assertEquals(
                List.of(knock),
                Deployment.named(NAME).on(HOME).runs(WEB).provenBy(knock).smokeTests());
        refused(() -> Deployment.named(NAME).on(HOME).runs(API).provenBy(knock), "does not run service 'web'");
    }

    private static List<String> containers(Deployment<?> deployment, Score<?> score) {
        return deployment.tasks(score).stream()
                .map(task -> task.main().id().name().value())
                .toList();
    }

    @Test
    void aSmokeTestThatEveryPagePassesIsNone() {
        refused(() -> HttpSmokeTest.of(WEB, HttpPath.of("/"), " "), "service 'web'", "any page passes");
        refused(() -> welcome(WEB).within(Duration.ZERO), "timeout of PT0S", "longer than zero");
    }

    @Test
    void aTopologyHasASite() {
        refused(
                () -> new SiteTopology<>(TopologyName.of("home"), ContainerRuntime.class, List.of(), List.of()),
                "'home' has no site",
                "name where");
    }

    private static HttpSmokeTest welcome(ContainerService service) {
        return HttpSmokeTest.of(service, HttpPath.of("/"), "Welcome");
    }

    private static void refused(Executable making, String... saying) {
        String message = assertThrows(InvalidValueException.class, making).getMessage();
        for (String part : saying) {
            assertTrue(message.contains(part), () -> "\"%s\" does not say \"%s\"".formatted(message, part));
        }
    }
}
