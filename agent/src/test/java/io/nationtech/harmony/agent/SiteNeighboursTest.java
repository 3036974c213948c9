package io.nationtech.harmony.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.SiteName;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.json.JsonFleetCodec;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.memory.InProcessHub;
import io.nationtech.harmony.mesh.memory.InProcessMesh;
import io.nationtech.harmony.os.update.Neighbours.Neighbour;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes at loopback addresses that hear of each other over a mesh. */
class SiteNeighboursTest {
    private final InProcessMesh mesh = new InProcessHub().connect();
    private final Fleet fleet = new Fleet(mesh, new JsonFleetCodec());

    @BeforeEach
    void begin() {
        fleet.ensureBuckets();
    }

    @AfterEach
    void end() {
        mesh.close();
    }

    private SiteNeighbours node(String name, String site, String address) {
        return new SiteNeighbours(NodeId.of(name), SiteName.of(site), fleet.nodeReports(), () -> IpAddress.of(address));
    }

    private static InetSocketAddress place(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    @Test
    void nodesOfASiteHearOfEachOtherAndOfNobodyElse() {
        try (SiteNeighbours first = node("n1", "home", "127.0.0.1");
                SiteNeighbours second = node("n2", "home", "127.0.0.1");
                SiteNeighbours elsewhere = node("n3", "work", "127.0.0.1");
                SiteNeighbours far = node("n4", "home", "127.0.0.1")) {
            for (SiteNeighbours one : List.of(first, second, elsewhere, far)) {
                assertEquals(Optional.of(InetAddress.ofLiteral("127.0.0.1")), one.here());
            }
            first.announce(place("127.0.0.1", 1001));
            second.announce(place("127.0.0.2", 1002));
            elsewhere.announce(place("127.0.0.3", 1003));
            far.announce(place("192.168.250.251", 1004));

            Eventually.holds(
                    "n1 hears of n2",
                    () -> first.others().equals(List.of(new Neighbour("n2", place("127.0.0.2", 1002)))));
            Eventually.holds(
                    "n2 hears of n1",
                    () -> second.others().equals(List.of(new Neighbour("n1", place("127.0.0.1", 1001)))));
            assertEquals(List.of(), elsewhere.others());

            second.announce(place("127.0.0.2", 2002));
            Eventually.holds(
                    "n1 hears of the other port",
                    () -> first.others().equals(List.of(new Neighbour("n2", place("127.0.0.2", 2002)))));
        }
    }

    @Test
    void aNodeWhoseAddressTheInternetLeadsToHasNoNeighbours() {
        try (SiteNeighbours node = node("n1", "home", "203.0.113.7")) {
            assertEquals(Optional.empty(), node.here());
            assertFalse(node.isNear(InetAddress.ofLiteral("203.0.113.8")));
        }
        try (SiteNeighbours node = node("n1", "home", "127.0.0.1")) {
            assertFalse(node.isNear(InetAddress.ofLiteral("127.0.0.2")), "until it is known where it is");
            assertTrue(node.here().isPresent());
            assertTrue(node.isNear(InetAddress.ofLiteral("127.0.0.2")));
            assertFalse(node.isNear(InetAddress.ofLiteral("192.168.0.1")));
        }
    }
}
