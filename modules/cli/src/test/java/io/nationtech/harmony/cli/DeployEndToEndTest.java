package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.mesh.contract.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One story from the first plan to the withdrawal, as a person types it; each test goes on where the last one ended. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeployEndToEndTest {
    private static final String WEBSITE = Path.of(System.getProperty("harmony.project"), "modules/website-deploy")
            .toString();

    @TempDir
    static Path folder;

    private static HomeLab lab;

    @BeforeAll
    static void begin() {
        lab = HomeLab.begin(folder);
        Eventually.holds(
                "three nodes are listed",
                () -> typed("node", "list").out().lines().count() == 4);
    }

    @AfterAll
    static void end() {
        lab.close();
    }

    @Test
    @Order(1)
    void planShowsWhatWouldAppear() {
        Typed plan = typed("plan", WEBSITE, "--exit-code");

        assertEquals(5, plan.exitCode(), plan.err());
        assertTrue(plan.out().contains("2 to create, 0 to update, 0 to delete, on 2 nodes"), plan.out());
        assertTrue(typed("status").out().startsWith("Nothing is deployed."));
    }

    @Test
    @Order(2)
    void deployEndsOnceThePageIsServed() {
        Typed deploy = typed("deploy", WEBSITE);

        assertEquals(0, deploy.exitCode(), deploy.err());
        assertTrue(deploy.out().contains("2 nodes changed, smoke tests passed"), deploy.out());
        assertEquals(
                2,
                lab.pages(deploy.out())
                        .filter(page -> page.contains("Hello from your own hardware"))
                        .count());
    }

    @Test
    @Order(3)
    void deployingAgainChangesNothing() {
        assertTrue(typed("deploy", WEBSITE).out().contains("nothing to change, smoke tests passed"));

        Typed plan = typed("plan", WEBSITE, "--exit-code");
        assertEquals(0, plan.exitCode(), plan.out() + plan.err());
        assertEquals("Nothing to change: deployment website is as declared.\n", plan.out());
    }

    @Test
    @Order(4)
    void statusAndLogsShowBothReplicas() {
        Typed status = typed("status", "website", "--exit-code");

        assertEquals(0, status.exitCode(), status.out() + status.err());
        assertEquals(
                2,
                matches(status.out(), "converged for \\d+ (s|min) +container web +running for \\d+ (s|min) +healthy"),
                status.out());
        Typed logs = typed("logs", "website");
        assertEquals(0, logs.exitCode(), logs.err());
        assertTrue(logs.out().contains("node-1/web | "), logs.out());
        assertTrue(typed("node", "show", "node-1").out().contains("its agent answers"));
    }

    @Test
    @Order(5)
    void deployFailsOnAPageThatDoesNotSayWhatItShould() {
        Path jar = websiteExpecting("a text that no page has");

        Typed deploy = typed("deploy", jar.toString());

        assertEquals(1, deploy.exitCode(), deploy.out());
        assertTrue(deploy.err().contains("does not contain \"a text that no page has\""), deploy.err());
        assertEquals("", deploy.out());
    }

    @Test
    @Order(6)
    void aNodeWithoutItsAgentIsLostWhateverItSaidBefore() {
        lab.endAgent("node-1");

        Eventually.holds(
                "node-1 is lost", () -> matches(typed("status").out(), "lost +container web +lost +lost") == 1);
        assertEquals(5, typed("status", "--exit-code").exitCode());
        assertFalse(typed("logs", "website").err().isEmpty());
    }

    @Test
    @Order(7)
    void withdrawingLeavesNothing() {
        lab.beginAgent("node-1");
        Eventually.holds("node-1 is back", () -> !typed("node", "list").out().contains("lost"));

        Typed withdrawal = typed("withdraw", "website");

        assertEquals(0, withdrawal.exitCode(), withdrawal.err());
        assertTrue(
                typed("status").out().startsWith("Nothing is deployed."),
                typed("status").out());
        assertEquals("", lab.containers());
    }

    /** The same web site, proven by another text. */
    private static Path websiteExpecting(String text) {
        try {
            Path sources = Path.of(WEBSITE, "src/main/java");
            String type = "io/nationtech/harmony/website/Website.java";
            String site = Files.readString(sources.resolve(type))
                    .replace("Hello from your own hardware", text)
                    .replace(
                            "HttpPath.of(\"/\"), \"" + text + "\")",
                            "HttpPath.of(\"/\"), \"" + text + "\").within(java.time.Duration.ofSeconds(1))");
            String module = "module broken { requires io.nationtech.harmony.domain; "
                    + "provides io.nationtech.harmony.domain.DeploymentModule with io.nationtech.harmony.website.Website; }";
            Workshop workshop = new Workshop(folder);
            return Workshop.jar(
                    workshop.compile("broken", module, Map.of(type, site)), folder.resolve("jars/broken.jar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Typed typed(String... arguments) {
        return Typed.command(Stream.concat(Stream.of(arguments), Stream.of("--mesh", lab.mesh()))
                .toArray(String[]::new));
    }

    private static long matches(String text, String part) {
        return Pattern.compile(part).matcher(text).results().count();
    }
}
