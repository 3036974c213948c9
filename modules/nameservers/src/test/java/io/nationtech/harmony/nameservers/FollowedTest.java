package io.nationtech.harmony.nameservers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.node.NodeEndpoints;
import io.nationtech.harmony.domain.node.ServedPort;
import io.nationtech.harmony.domain.score.DnsZone;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.driver.DeploymentEndpoints;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.mesh.contract.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of services, which are where their replicas are just then. */
class FollowedTest {
    private static final DeploymentName SHOP = DeploymentName.of("shop");
    private static final DnsZone ZONE = Names.zone("home", Names.HOME, Names.at("nas.home.example", "192.0.2.7"))
            .follows(SHOP);

    private final Map<DeploymentName, Consumer<List<NodeEndpoints>>> heard = new ConcurrentHashMap<>();
    private final DeploymentEndpoints endpoints = (deployment, listener) -> {
        heard.put(deployment, listener);
        return () -> heard.remove(deployment);
    };
    private final Names names = new Names();
    private final ExecutorService node = Executors.newSingleThreadExecutor();

    @TempDir
    private Path folder;

    private KnotDriver driver;

    @BeforeEach
    void begin() {
        driver = following(endpoints);
    }

    private KnotDriver following(DeploymentEndpoints others) {
        KnotDriver made = names.driver(folder, others);
        made.onChange(_ -> node.execute(() -> made.converge(Map.copyOf(names.wanted), _ -> Means.NONE)));
        return made;
    }

    @AfterEach
    void end() {
        node.close();
        driver.converge(Map.of(), _ -> Means.NONE);
    }

    /** By the one thread that a node has for this. */
    private void served(DnsZone zone) throws Exception {
        Outcome outcome =
                node.submit(() -> names.serve(driver, Names.SITE, zone)).get();
        assertInstanceOf(Outcome.Changed.class, outcome, outcome::toString);
    }

    /** Its service takes connections on these nodes, and on no others. */
    private void shopIsOn(int... nodes) {
        heard.getOrDefault(SHOP, _ -> {})
                .accept(IntStream.of(nodes)
                        .mapToObj(node -> new NodeEndpoints(
                                NodeId.of("node-" + node),
                                SHOP,
                                IpAddress.of("192.0.2." + node),
                                List.of(
                                        new ServedPort(ServiceName.of("web"), Port.of(80), Port.of(8080)),
                                        new ServedPort(ServiceName.of("web"), Port.of(81), Port.of(8081)))))
                        .toList());
    }

    private static List<String> shop() {
        return Dig.answers(Names.AT, "web.shop.home.example");
    }

    private static void awaitShop(String... addresses) {
        Eventually.holds("the shop at " + List.of(addresses), () -> shop().equals(List.of(addresses)));
    }

    @Test
    void aServiceIsWhereItsReplicasAreWithinASecond() throws Exception {
        served(ZONE);
        assertEquals(List.of(), shop());
        List<Duration> times = new ArrayList<>();
        for (int turn = 0; turn < 20; turn++) {
            long begin = System.nanoTime();
            int first = 10 + turn;
            shopIsOn(first, first + 1);
            awaitShop("192.0.2." + first, "192.0.2." + (first + 1));
            times.add(Duration.ofNanos(System.nanoTime() - begin));
        }
        times.sort(null);

        System.out.printf(
                "a replica moved: seen after %d ms in the middle, %d ms at most%n",
                times.get(times.size() / 2).toMillis(), times.getLast().toMillis());
        // The other quarters are told, as the machine may have other work.
        assertTrue(times.get(times.size() / 4).compareTo(Duration.ofSeconds(1)) < 0, times::toString);
        shopIsOn();
        awaitShop();
        assertEquals(List.of("192.0.2.7"), Dig.answers(Names.AT, "nas.home.example"));
    }

    @Test
    void anAgentThatBeginsWithoutAMeshKnowsWhereTheyWere() throws Exception {
        served(ZONE);
        shopIsOn(10);
        awaitShop("192.0.2.10");
        driver.close();
        ServedZonesTest.daemon(folder).stop();
        forgetWhatWasInMemory();
        driver = following(DeploymentEndpoints.NONE);

        served(ZONE);

        assertEquals(List.of("192.0.2.10"), shop());
    }

    /** As a power cut does. */
    private void forgetWhatWasInMemory() {
        KnotFolder memory = new KnotFolder(folder);
        try {
            KnotFolder.clear(memory.zones());
            Files.delete(memory.config());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whoIsFollowedNoMoreIsForgotten() throws Exception {
        served(ZONE);
        shopIsOn(10);
        awaitShop("192.0.2.10");

        served(Names.zone("home", Names.HOME, Names.at("nas.home.example", "192.0.2.7")));

        assertEquals(List.of(), shop());
        assertTrue(heard.isEmpty(), "nobody listens");
    }
}
