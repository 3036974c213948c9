package io.nationtech.harmony.engine;

import static io.nationtech.harmony.engine.Lab.WEBSITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Planning;
import io.nationtech.harmony.domain.Site;
import io.nationtech.harmony.domain.Topology;
import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeKey;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.placement.Affinity;
import io.nationtech.harmony.domain.placement.Scope;
import io.nationtech.harmony.domain.placement.ServiceRef;
import io.nationtech.harmony.domain.placement.Strength;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.score.EveryNode;
import io.nationtech.harmony.domain.score.PrivateService;
import io.nationtech.harmony.domain.score.Together;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.TopologyName;
import io.nationtech.harmony.ingress.HttpsSmokeTest;
import io.nationtech.harmony.ingress.HttpsUrl;
import io.nationtech.harmony.ingress.Ingress;
import io.nationtech.harmony.ingress.IngressRoute;
import io.nationtech.harmony.ingress.SiteAuthority;
import io.nationtech.harmony.ingress.TlsRouter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where a name leads: a node that answers for it is told where the replicas are, and told again when one moves. */
class IngressPlanningTest {
    interface Home extends ContainerRuntime, TlsRouter, SecretStore {}

    private static final HttpsUrl URL = HttpsUrl.of(DnsName.of("shop.home.example"));
    private static final ContainerService WEB = Lab.service("web", 1, 2, 8080);

    private static NodeStatus node(String id, int last) {
        NodeStatus node = Homes.node(id, id);
        NodeInfo info = node.info();
        return new NodeStatus(
                new NodeInfo(
                                info.id(),
                                info.location(),
                                IpAddress.of("192.0.2." + last),
                                info.machine(),
                                NodeInfo.Agent.of(
                                        "0.1.0",
                                        Stream.of(ContainerRuntime.class, TlsRouter.class, SecretStore.class)
                                                .map(CapabilityName::of)
                                                .collect(Collectors.toSet())))
                        .with(Optional.of(NodeKey.of("age1" + "q".repeat(58)))),
                node.liveness(),
                Optional.empty(),
                Map.of());
    }

    private static Ingress<Home> ingress() {
        return Ingress.<Home>of(URL, WEB)
                .likes(new Affinity.Away(
                        new ServiceRef(WEBSITE, ServiceName.of("web")), Scope.NODE, Strength.required()));
    }

    private static Deployment<Home> shop() {
        return Deployment.named(WEBSITE)
                .on(Topology.of(TopologyName.of("home"), Home.class, Site.of("home")))
                .runs(WEB)
                .runs(ingress())
                .provenBy(HttpsSmokeTest.of(ingress(), HttpPath.of("/"), "Welcome"));
    }

    private static Map<String, NodeSpec> shares(Deployment<?> deployment, List<NodeStatus> nodes) {
        DesiredPlacement wanted =
                switch (DesiredPlacement.of(deployment, new Inventory(nodes).with(Map.of(SiteAuthority.SECRET, 1L)))) {
                    case Planning.Planned<DesiredPlacement>(DesiredPlacement placement) -> placement;
                    case Planning.Impossible<DesiredPlacement>(var cause) -> throw new AssertionError(cause);
                };
        return wanted.shares().entrySet().stream()
                .collect(Collectors.toMap(share -> share.getKey().value(), Map.Entry::getValue));
    }

    private static List<String> addresses(Map<String, NodeSpec> shares) {
        return shares.values().stream()
                .flatMap(share -> share.resources().stream())
                .filter(IngressRoute.class::isInstance)
                .flatMap(route -> ((IngressRoute) route).replicas().stream())
                .map(replica -> replica.node() + " " + replica.address())
                .toList();
    }

    @Test
    void aNameLeadsToTheAddressesOfTheNodesThatRunTheReplicas() {
        Map<String, NodeSpec> shares = shares(shop(), List.of(node("a", 1), node("b", 2), node("c", 3)));

        List<String> replicas = shares.entrySet().stream()
                .filter(share -> share.getValue().resources().stream()
                        .anyMatch(resource -> resource.service().isPresent()))
                .map(share ->
                        "%s 192.0.2.%d".formatted(share.getKey(), share.getKey().charAt(0) - 'a' + 1))
                .sorted()
                .toList();
        assertEquals(2, replicas.size());
        assertEquals(replicas, addresses(shares));
    }

    @Test
    void whenAReplicaMovesOnlyWhatLeadsToItChangesElsewhere() {
        List<NodeStatus> nodes = List.of(node("a", 1), node("b", 2), node("c", 3), node("d", 4));
        List<NodeStatus> followed = nodes.stream()
                .map(node -> Homes.told(
                        node,
                        WEBSITE,
                        shares(shop(), nodes)
                                .getOrDefault(node.info().id().value(), NodeSpec.NOTHING)
                                .resources()))
                .toList();
        Map<String, NodeSpec> before = shares(shop(), followed);
        String gone = before.entrySet().stream()
                .filter(share -> runsWeb(share.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst()
                .orElseThrow();
        List<NodeStatus> later = followed.stream()
                .map(node -> node.info().id().value().equals(gone) ? Homes.silent(node, Duration.ofHours(1)) : node)
                .toList();

        Map<String, NodeSpec> after = shares(shop(), later);

        assertEquals(2, addresses(after).size());
        assertTrue(addresses(after).stream().noneMatch(replica -> replica.startsWith(gone + " ")));
        List<NodeResource> untouched = before.values().stream()
                .flatMap(share -> share.resources().stream())
                .filter(resource -> resource.service().isPresent())
                .distinct()
                .toList();
        assertEquals(
                untouched,
                after.values().stream()
                        .flatMap(share -> share.resources().stream())
                        .filter(resource -> resource.service().isPresent())
                        .distinct()
                        .toList(),
                "the containers are what they were");
    }

    private static boolean runsWeb(NodeSpec share) {
        return share.resources().stream()
                .anyMatch(resource -> resource.service().isPresent());
    }

    @Test
    void aServiceOfAGroupIsFoundByItsOwnName() {
        ContainerService web = Lab.service("web", 1, 1, 8080);
        PrivateService db = ContainerService.named(ServiceName.of("db"))
                .image(Lab.image("web:1"))
                .publishesNothing()
                .withoutProbe()
                .memoryLimit(Memory.mebibytes(64));
        Ingress<Home> ingress = Ingress.of(URL, web);
        Deployment<Home> shop = Deployment.named(WEBSITE)
                .on(Topology.of(TopologyName.of("home"), Home.class, Site.of("home")))
                .runs(Together.<Home>of(ServiceName.of("shop"), web, db))
                .runs(ingress)
                .provenBy(HttpsSmokeTest.of(ingress, HttpPath.of("/"), "Welcome"));

        assertEquals(List.of("a 192.0.2.1"), addresses(shares(shop, List.of(node("a", 1)))));
    }

    @Test
    void whatTheAuthorityIsIsToldBeforeAnythingIsChanged() {
        Planning<DesiredPlacement> planning =
                DesiredPlacement.of(shop(), new Inventory(List.of(node("a", 1), node("b", 2), node("c", 3))));

        assertTrue(
                ((Planning.Impossible<DesiredPlacement>) planning)
                        .cause()
                        .next()
                        .contains("harmony ca create"),
                planning::toString);
    }

    @Test
    void aNodeThatRoutesNothingIsNamed() {
        Planning<DesiredPlacement> planning = DesiredPlacement.of(
                shop(), new Inventory(List.of(Homes.node("a", "a"))).with(Map.of(SiteAuthority.SECRET, 1L)));

        assertTrue(
                ((Planning.Impossible<DesiredPlacement>) planning)
                        .cause()
                        .what()
                        .contains("TlsRouter"),
                planning::toString);
    }

    @Test
    void everyNodeMayAnswerForAName() {
        var everywhere = Ingress.<Home>of(URL, WEB).with(new EveryNode());
        Deployment<Home> shop = Deployment.named(WEBSITE)
                .on(Topology.of(TopologyName.of("home"), Home.class, Site.of("home")))
                .runs(WEB)
                .runs(everywhere)
                .provenBy(HttpsSmokeTest.of(Ingress.<Home>of(URL, WEB), HttpPath.of("/"), "Welcome"));

        Map<String, NodeSpec> shares = shares(shop, List.of(node("a", 1), node("b", 2), node("c", 3)));

        assertEquals(Set.of("a", "b", "c"), shares.keySet());
        assertEquals(6, addresses(shares).size());
    }

    private static Deployment<Home> small(String host, int port) {
        ContainerService web = Lab.service("web", 1, 1, port);
        Ingress<Home> ingress = Ingress.of(HttpsUrl.of(DnsName.of(host)), web);
        return Deployment.named(WEBSITE)
                .on(Topology.of(TopologyName.of("home"), Home.class, Site.of("home")))
                .runs(web)
                .runs(ingress)
                .provenBy(HttpsSmokeTest.of(ingress, HttpPath.of("/"), "Welcome"));
    }

    private static NodeStatus having(List<NodeResource> resources) {
        return Homes.told(node("a", 1), Homes.OTHER, resources);
    }

    private static String why(Deployment<?> deployment, NodeStatus node) {
        return ((Planning.Impossible<DesiredPlacement>) DesiredPlacement.of(
                        deployment, new Inventory(List.of(node)).with(Map.of(SiteAuthority.SECRET, 1L))))
                .cause()
                .what();
    }

    @Test
    void namesOfSeveralDeploymentsShareThePortsOfTheirNode() {
        List<NodeResource> route = shares(small("shop.home.example", 8080), List.of(node("a", 1)))
                .getOrDefault("a", NodeSpec.NOTHING)
                .resources();

        assertEquals(
                Set.of("a"),
                shares(small("wiki.home.example", 8081), List.of(having(route))).keySet());
    }

    @Test
    void nobodyElseGetsThePortOfANameAndANameGetsNobodyElsesPort() {
        NodeStatus answering = having(shares(small("shop.home.example", 8080), List.of(node("a", 1)))
                .getOrDefault("a", NodeSpec.NOTHING)
                .resources());
        NodeStatus taken = having(List.of(Lab.service("proxy", 1, 1, 443).container()));

        assertTrue(why(Homes.deployment(WEBSITE, Lab.service("proxy", 1, 1, 443)), answering)
                .contains("port 443 — taken by other.ingress-route"));
        assertTrue(why(small("wiki.home.example", 8081), taken).contains("port 443 — taken by other.proxy"));
    }
}
