package io.nationtech.harmony.engine;

import static io.nationtech.harmony.engine.Homes.OTHER;
import static io.nationtech.harmony.engine.Lab.WEBSITE;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Planning;
import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.Gpio;
import io.nationtech.harmony.domain.hardware.GpioChip;
import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What docs/placement.md shows of deployments is what people see. */
class PlacementGuideTest {
    private static final GpioChip CHIP =
            new GpioChip(DevicePath.of("gpiochip0"), ModelName.cleaned("pinctrl-rp1"), 54, Set.of());
    private final List<NodeStatus> nodes = Homes.follow(
            Homes.deployment(OTHER, Lab.service("relay", 1, 1, 9001).needs(Gpio.line(17))),
            List.of(
                    Homes.node("office", "desk"),
                    Homes.with(Homes.node("shed", "shed"), CHIP),
                    Homes.node("studio", "studio")));
    private final Deployment<?> website = Homes.deployment(WEBSITE, Lab.service("web", 1, 2, 8080));

    private static void assertShown(String told) throws IOException {
        Path guide = Path.of(System.getProperty("harmony.project"), "docs", "placement.md");
        assertTrue(Files.readString(guide).contains(told), () -> guide + " does not show:\n" + told);
    }

    private static String why(Deployment<?> deployment, List<NodeStatus> nodes) {
        return switch (DesiredPlacement.placings(deployment, new Inventory(nodes))) {
            case Planning.Planned<List<Placing>>(var parts) ->
                parts.stream()
                        .flatMap(part -> part.explanations().stream())
                        .map(service -> service.render(10))
                        .collect(Collectors.joining());
            case Planning.Impossible<List<Placing>>(var cause) -> cause.toString();
        };
    }

    @Test
    void showsWhereAServiceRuns() throws IOException {
        assertShown(why(website, Homes.follow(website, nodes)));
    }

    @Test
    void showsWhatAPlanSaysOfALineThatIsTaken() throws IOException {
        Deployment<?> lamp = Homes.deployment(
                DeploymentName.of("lamp"), Lab.service("web", 1, 1, 9002).needs(Gpio.line(17)));

        assertShown(Homes.why(lamp, nodes));
        assertShown(why(lamp, nodes));
    }

    @Test
    void showsWhatWaitsForALostNode() throws IOException {
        List<NodeStatus> running = Homes.follow(website, nodes).stream()
                .map(node ->
                        node.info().id().value().equals("office") ? Homes.silent(node, Duration.ofSeconds(75)) : node)
                .toList();

        assertShown(Homes.plan(website, running).pending().getFirst().toString());
    }
}
