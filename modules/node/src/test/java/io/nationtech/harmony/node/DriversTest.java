package io.nationtech.harmony.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.capability.DnsServer;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.driver.Means;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DriversTest {
    private static final DeploymentName TOWN = DeploymentName.of("town");
    private static final DeploymentName VILLAGE = DeploymentName.of("village");

    private final ThingDrivers things = new ThingDrivers();
    private final Drivers drivers = Drivers.of(things.houses, things.grounds);

    @Test
    void makesEachKindAfterWhatItStandsOnAndRemovesThatLast() {
        assertEquals(Optional.empty(), converge(TOWN, Thing.house("1"), Thing.ground("1")));
        assertEquals(Optional.empty(), converge(TOWN, Thing.ground("2"), Thing.house("2")));
        assertEquals(Optional.empty(), converge(TOWN));

        assertEquals(
                List.of(
                        "made ground 1 of town",
                        "made a-house 1 of town",
                        "made ground 2 of town",
                        "removed a-house 1 of town",
                        "made a-house 2 of town",
                        "removed ground 1 of town",
                        "removed a-house 2 of town",
                        "removed ground 2 of town"),
                things.done);
    }

    @Test
    void aToolThatIsAwayHoldsUpNoOtherAndWhatOthersStandOnStays() {
        converge(TOWN, Thing.ground("1"), Thing.house("1"));
        things.away = true;

        Optional<Cause> failure = converge(TOWN, Thing.ground("2"), Thing.house("2"));

        assertEquals("the digger is away", failure.orElseThrow().what());
        assertTrue(things.done.contains("made a-house 2 of town"), things.done::toString);
        assertTrue(things.done.stream().noneMatch("removed ground 1 of town"::equals), things.done::toString);
    }

    @Test
    void whereOneServesAllItIsToldWhatAllDeploymentsWant() {
        converge(TOWN, Thing.house("1"));
        converge(VILLAGE, Thing.house("1"));
        converge(TOWN);

        assertEquals(
                List.of("made a-house 1 of town", "made a-house 1 of village", "removed a-house 1 of town"),
                things.done);
    }

    @Test
    void driversKnowThePortsOfAllDeployments() {
        drivers.restore(state(TOWN, web(8080)));
        converge(VILLAGE, web(8081));
        converge(VILLAGE, web(8081));
        converge(TOWN);

        assertEquals(List.of("ports [8080]", "ports [8080, 8081]", "ports [8081]"), things.done);
    }

    private static Container web(int port) {
        return Container.of(ContainerName.of("web"), ImageReference.of("registry.internal/web:1"), Memory.mebibytes(8))
                .with(Container.Network.of(PublishedPort.tcp(Port.of(port))));
    }

    @Test
    void afterARestartNothingGoesThatADeploymentWantsWhichHasNotSpokenYet() {
        converge(TOWN, Thing.house("1"));
        converge(VILLAGE, Thing.house("2"));
        Drivers next = Drivers.of(things.houses, things.grounds);
        next.restore(state(VILLAGE, Thing.house("2")));

        next.converge(state(TOWN, Thing.house("3")), _ -> Means.NONE);

        assertEquals(
                List.of(
                        "made a-house 1 of town",
                        "made a-house 2 of village",
                        "removed a-house 1 of town",
                        "made a-house 3 of town"),
                things.done);
    }

    @Test
    void whileNobodyKnowsWhatADeploymentWantsNothingOfTheSharedKindChanges() {
        converge(VILLAGE, Thing.house("2"));
        Drivers next = Drivers.of(things.houses, things.grounds);
        next.restoreUnknown(VILLAGE);

        Cause cause = next.converge(state(TOWN, Thing.ground("1"), Thing.house("3")), _ -> Means.NONE)
                .orElseThrow();

        assertEquals(
                "what deployment 'village' wants is not known, and a-house resources of all deployments change together",
                cause.what());
        assertEquals(List.of("made a-house 2 of village", "made ground 1 of town"), things.done);
        assertEquals(Optional.empty(), next.converge(state(VILLAGE, Thing.house("2")), _ -> Means.NONE));
        assertTrue(things.done.contains("made a-house 3 of town"), things.done::toString);
    }

    @Test
    void aKindWithoutDriverIsRefusedByNameWithWhatThereIs() {
        Cause cause = Drivers.of(things.grounds)
                .cannotMake(state(TOWN, Thing.ground("1"), Thing.house("1")))
                .orElseThrow();

        assertEquals("no driver for the kind 'a-house' of a-house 1", cause.what());
        assertTrue(cause.next().contains("it can make: ground;"), cause.next());
        assertEquals(Optional.empty(), drivers.cannotMake(state(TOWN, Thing.house("1"))));
    }

    @Test
    void offersWhatItsDriversOffer() {
        assertEquals(Set.of(DnsServer.class), drivers.offers());
        assertEquals(
                List.of("ground", "a-house"),
                drivers.kinds().stream().map(kind -> kind.name().value()).toList());
    }

    private Optional<Cause> converge(DeploymentName deployment, NodeResource... wanted) {
        return drivers.converge(state(deployment, wanted), _ -> Means.NONE);
    }

    private static DesiredState state(DeploymentName deployment, NodeResource... wanted) {
        return new DesiredState(NodeId.of("n1"), deployment, List.of(wanted));
    }
}
