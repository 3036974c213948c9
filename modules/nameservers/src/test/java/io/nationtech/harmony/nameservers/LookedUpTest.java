package io.nationtech.harmony.nameservers;

import static io.nationtech.harmony.nameservers.Installed.PROGRAMS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.node.ServiceReplica;
import io.nationtech.harmony.domain.score.DnsZone;
import io.nationtech.harmony.domain.value.Cidr;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.driver.LocalPrograms;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.Owned;
import io.nationtech.harmony.resolver.Resolver;
import io.nationtech.harmony.resolver.Upstream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What machines of a site get of a real unbound, which asks a real knot in the place of the world. */
class LookedUpTest {
    static final IpAddress AT = IpAddress.of("127.88.1.1");
    private static final IpAddress WORLD = IpAddress.of("127.88.1.53");
    private static final Resolver PLAIN = Resolver.named(ServiceName.of("names"))
            .answers(Cidr.of("127.0.0.0/8"))
            .forwardsTo(WORLD);

    private final Map<Owned, Resolver> wanted = new HashMap<>();
    private final Names names = new Names();

    @TempDir
    private Path folder;

    @TempDir
    private Path zones;

    @TempDir
    private Path away;

    private Authority world;
    private UnboundDriver driver;

    @BeforeEach
    void begin() throws Exception {
        world = Authority.start(WORLD, away, "example.net", "forged.example", "plain.example");
        Files.writeString(
                folder.resolve("anchors"),
                world.keys("example.net", "example.net") + world.keys("example.net", "forged.example"));
        driver = driver(folder, new UnboundConfig.Trust(folder.resolve("anchors"), world.certificate()));
    }

    static UnboundDriver driver(Path folder, UnboundConfig.Trust trust) {
        return UnboundDriver.byItself(() -> new TreeSet<>(List.of(AT)), trust, Names.readable(folder));
    }

    @AfterEach
    void end() {
        driver.converge(Map.of(), _ -> Means.NONE);
        names.driver(zones).converge(Map.of(), _ -> Means.NONE);
        world.close();
    }

    private Outcome serve(DeploymentName deployment, Resolver resolver) {
        Owned owned = new Owned(deployment, resolver.id());
        wanted.put(owned, resolver);
        Map<Owned, Outcome> outcomes = driver.converge(Map.copyOf(wanted), _ -> Means.NONE);
        return new HashMap<>(outcomes).getOrDefault(owned, new Outcome.Unchanged());
    }

    private void served(Resolver resolver) {
        Outcome outcome = serve(Names.SITE, resolver);
        assertInstanceOf(Outcome.Changed.class, outcome, outcome::toString);
    }

    @Test
    void whatIsSignedIsValidatedAndWhatIsForgedIsNotAnswered() {
        served(PLAIN);

        String signed = Dig.answer(AT, "+adflag", "www.example.net");
        assertTrue(signed.contains(" ad;") && signed.contains("192.0.2.80"), signed);
        assertTrue(Dig.answer(AT, "www.forged.example").contains("status: SERVFAIL"));
        assertTrue(Dig.answer(AT, "+cdflag", "www.forged.example").contains("192.0.2.80"));
    }

    @Test
    void byTlsItBelievesTheCertificateOfTheNameAlone() {
        served(PLAIN.forwardsOverTls(new Upstream.TlsServer(WORLD, DnsName.of(Authority.NAME))));
        assertEquals(List.of("192.0.2.80"), Dig.answers(AT, "www.example.net"));

        served(PLAIN.forwardsOverTls(new Upstream.TlsServer(WORLD, DnsName.of("other.example.net"))));
        assertTrue(Dig.answer(AT, "fresh.many.example.net").contains("status: SERVFAIL"));
    }

    @Test
    void whatIsBlockedIsThereForNobody() {
        served(PLAIN);
        assertEquals(List.of("192.0.2.81"), Dig.answers(AT, "a.many.example.net"));

        served(PLAIN.blocks(DnsName.of("many.example.net")));

        assertTrue(Dig.answer(AT, "a.many.example.net").contains("status: NXDOMAIN"));
        assertTrue(Dig.answer(AT, "many.example.net").contains("status: NXDOMAIN"));
        assertEquals(List.of("192.0.2.80"), Dig.answers(AT, "www.example.net"));
    }

    @Test
    void whoIsOfNoNetworkOfTheSiteIsRefused() {
        served(PLAIN);
        LocalPrograms.Result added =
                PROGRAMS.run(Duration.ofSeconds(10), List.of("ip", "address", "add", "203.0.113.9/32", "dev", "lo"));
        assertEquals(0, added.status(), added::output);
        try {
            assertTrue(Dig.answer(AT, "-b", "203.0.113.9", "www.example.net").contains("status: REFUSED"));
            served(PLAIN.answers(Cidr.of("203.0.113.0/24")));
            assertEquals(List.of("192.0.2.80"), Dig.answers(AT, "-b", "203.0.113.9", "www.example.net"));
        } finally {
            PROGRAMS.run(Duration.ofSeconds(10), List.of("ip", "address", "delete", "203.0.113.9/32", "dev", "lo"));
        }
    }

    @Test
    void zonesOfTheSiteAreHandedToWhoeverServesThem() {
        DnsZone home = Names.zone("home", Names.HOME, Names.at("nas.home.example", "192.168.7.7"))
                .answeredAt(Port.of(5300));
        DnsZone back = home.reversed(ServiceName.of("back"), Cidr.of("192.168.7.0/24"));
        KnotDriver knot = names.driver(zones);
        names.serve(knot, Names.SITE, home);
        names.serve(knot, Names.SITE, back);
        served(PLAIN.hands(home).hands(back).leadingTo(_ -> List.of(Names.NODE)));

        assertEquals(List.of("192.168.7.7"), Dig.answers(AT, "nas.home.example"));
        assertEquals(List.of("nas.home.example."), Dig.answers(AT, "-x", "192.168.7.7"));
        assertEquals(List.of("192.0.2.80"), Dig.answers(AT, "www.example.net"));

        names.serve(
                knot,
                Names.SITE,
                Names.zone("home", Names.HOME, Names.at("nas.home.example", "192.168.7.8"))
                        .answeredAt(Port.of(5300)));
        assertEquals(List.of("192.168.7.8"), Dig.answers(AT, "nas.home.example"), "changes are seen at once");
    }

    @Test
    void whatItKnowsItKnowsAfterAReloadAlsoWithoutTheWorld() {
        served(PLAIN);
        Dig.answers(AT, "www.example.net");
        world.close();

        served(PLAIN.blocks(DnsName.of("ads.example")));

        assertEquals(List.of("192.0.2.80"), Dig.answers(AT, "www.example.net"));
        String detail = driver.observe(Names.SITE).getFirst().words();
        assertTrue(detail.contains("asked 2 times, of which it knew 50 %"), detail);
    }

    /** The world is far away: its answer comes after the change. */
    @Test
    void whoWaitsForAnAnswerGetsItThoughItIsToldOtherMeanwhile() throws Exception {
        IpAddress far = IpAddress.of("127.88.1.54");
        try (DatagramSocket relay = new DatagramSocket(new InetSocketAddress(far.address(), 53));
                DatagramSocket onward = new DatagramSocket(new InetSocketAddress(far.address(), 0));
                ExecutorService waiting = Executors.newSingleThreadExecutor()) {
            served(PLAIN.forwardsTo(far));
            Future<List<String>> answer = waiting.submit(() -> Dig.answers(AT, "www.plain.example"));
            DatagramPacket question = new DatagramPacket(new byte[4096], 4096);
            relay.receive(question);

            served(PLAIN.forwardsTo(far).blocks(DnsName.of("ads.example")));

            onward.send(new DatagramPacket(question.getData(), question.getLength(), WORLD.address(), 53));
            DatagramPacket reply = new DatagramPacket(new byte[4096], 4096);
            onward.receive(reply);
            relay.send(new DatagramPacket(reply.getData(), reply.getLength(), question.getSocketAddress()));
            assertEquals(List.of("192.0.2.80"), answer.get(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void aZoneThatIsHandedToAnotherIsForgotten() throws Exception {
        served(PLAIN);
        assertEquals(List.of("192.0.2.80"), Dig.answers(AT, "www.plain.example"));
        DnsZone own = Names.zone("own", DnsName.of("plain.example"), Names.at("www.plain.example", "192.168.7.9"))
                .answeredAt(Port.of(5300));
        names.serve(names.driver(zones), Names.SITE, own);

        served(PLAIN.hands(own).leadingTo(_ -> List.of(new ServiceReplica(NodeId.of("node-1"), Names.AT))));

        assertEquals(List.of("192.168.7.9"), Dig.answers(AT, "www.plain.example"));
    }

    @Test
    void whoLooksUpNamesOnANodeKeepsDoingSo() {
        served(PLAIN);

        Outcome second =
                serve(Names.LAB, Resolver.named(ServiceName.of("names")).blocks(DnsName.of("example.net")));

        assertEquals(
                "names are looked up on this node already as deployment 'site' says, which asks others",
                assertInstanceOf(Outcome.Failed.class, second).cause().what());
        assertEquals(List.of("192.0.2.80"), Dig.answers(AT, "www.example.net"));
    }

    @Test
    void aPortThatIsTakenIsTold() throws Exception {
        try (DatagramSocket other = new DatagramSocket(new InetSocketAddress(AT.address(), 53))) {
            assertTrue(other.isBound());
            Outcome outcome = serve(Names.SITE, PLAIN);
            assertTrue(
                    assertInstanceOf(Outcome.Failed.class, outcome)
                            .cause()
                            .next()
                            .contains("ss -lnup"),
                    outcome::toString);
        }
        served(PLAIN);
    }

    /** Questions of which every second is new to it, while its configuration changes again and again. */
    @Test
    void noQuestionGoesUnansweredWhileItIsToldOther() throws Exception {
        served(PLAIN);
        StringBuilder all = new StringBuilder();
        for (int number = 0; number < 20_000; number++) {
            all.append("n%d.many.example.net A\nwww.example.net A\n".formatted(number));
        }
        Path questions = Files.writeString(away.resolve("questions"), all, StandardCharsets.US_ASCII);
        Process asking = new ProcessBuilder(
                        "dnsperf", "-s", AT.toString(), "-d", questions.toString(), "-l", "5", "-c", "4", "-Q", "1000")
                .redirectErrorStream(true)
                .start();
        int changes = 0;
        while (asking.isAlive()) {
            served(PLAIN.blocks(DnsName.of("a%d.example".formatted(changes))));
            changes++;
        }

        String said = new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(said.contains("Queries lost:         0 (0.00%)"), said);
        assertTrue(said.contains("NOERROR") && !said.contains("SERVFAIL"), said);
        assertTrue(changes >= 2, "changed %d times".formatted(changes));
        System.out.printf(
                "%d changes; %s%n",
                changes,
                said.lines()
                        .filter(line -> line.contains("Queries") || line.contains("Latency"))
                        .map(String::strip)
                        .collect(Collectors.joining("; ")));
    }
}
