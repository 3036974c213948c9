package io.nationtech.harmony.nameservers;

import static io.nationtech.harmony.nameservers.Installed.PROGRAMS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.score.DnsRecord;
import io.nationtech.harmony.domain.score.DnsZone;
import io.nationtech.harmony.domain.value.Cidr;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.Owned;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real knot answers, to a client of its own makers and to dnsperf. */
class ServedZonesTest {
    private final Names names = new Names();

    @TempDir
    private Path folder;

    private KnotDriver driver;

    @BeforeEach
    void begin() {
        driver = names.driver(folder);
    }

    @AfterEach
    void end() {
        driver.converge(Map.of(), _ -> Means.NONE);
    }

    static ServerDaemon daemon(Path folder) {
        Path run = folder.resolve("run");
        return new ServerDaemon(
                new ServerProgram("harmony-zones", "", "knot", List.of("/usr/sbin/knotd"), run, ""), () -> true);
    }

    private static DnsZone home(String address, DnsRecord... others) {
        return Names.zone("home", Names.HOME, Names.at("nas.home.example", address), others);
    }

    private void served(DnsZone zone) {
        Outcome outcome = names.serve(driver, Names.SITE, zone);
        assertInstanceOf(Outcome.Changed.class, outcome, outcome::toString);
    }

    private String detail() {
        return driver.observe(Names.SITE).stream()
                .flatMap(status -> status.detail().stream())
                .collect(Collectors.joining());
    }

    @Test
    void everyTypeIsAnswered() {
        served(DnsZoneKindTest.ALL.leadingTo(_ -> List.of(Names.NODE)));

        assertEquals(List.of("192.0.2.7"), Dig.answers(Names.AT, "nas.home.example"));
        assertEquals(List.of("2001:db8::7"), Dig.answers(Names.AT, "nas.home.example", "AAAA"));
        assertEquals(List.of("192.0.2.7", "nas.home.example."), Dig.answers(Names.AT, "files.home.example"));
        assertEquals(List.of("192.0.2.9"), Dig.answers(Names.AT, "shop.apps.home.example"));
        assertEquals(List.of("10 nas.home.example."), Dig.answers(Names.AT, "home.example", "MX"));
        assertEquals(List.of("0 0 5060 nas.home.example."), Dig.answers(Names.AT, "_sip._tcp.home.example", "SRV"));
        assertEquals(List.of("\"v=spf1 -all\""), Dig.answers(Names.AT, "home.example", "TXT"));
        assertEquals(
                List.of("\"v=DMARC1; p=reject; \\\"\\195\\169\\\\\\\"\""),
                Dig.answers(Names.AT, "_dmarc.home.example", "TXT"));
        assertEquals(
                List.of("0 issue \"letsencrypt.org\"", "0 issuewild \";\""),
                Dig.answers(Names.AT, "home.example", "CAA"));
        assertEquals(List.of("node-1.ns.home.example."), Dig.answers(Names.AT, "home.example", "NS"));
        assertEquals(List.of("127.88.0.1"), Dig.answers(Names.AT, "node-1.ns.home.example"));
        assertTrue(Dig.answer(Names.AT, "x.cellar.home.example").contains("NS\tnas.home.example."));
    }

    @Test
    void anAddressLeadsBackToItsName() {
        served(DnsZoneKindTest.ALL.reversed(ServiceName.of("back"), Cidr.of("192.0.2.0/24")));

        assertEquals(List.of("nas.home.example."), Dig.answers(Names.AT, "-x", "192.0.2.7"));
    }

    @Test
    void ofOtherNamesItSaysNothingAndOfWhatThereIsNotThatThereIsNone() {
        served(home("192.0.2.7"));

        assertTrue(Dig.answer(Names.AT, "example.net").contains("status: REFUSED"));
        assertTrue(Dig.answer(Names.AT, "nobody.home.example").contains("status: NXDOMAIN"));
        assertEquals(List.of(), Dig.answers(Names.AT, "version.bind", "CH", "TXT"));
    }

    @Test
    void itAnswersByTcpToo() {
        served(home("192.0.2.7"));

        assertEquals(List.of("192.0.2.7"), Dig.answers(Names.AT, "+tcp", "nas.home.example"));
    }

    @Test
    void aNewZoneHasAHigherSerialAlsoWhenTheClockWasSetBack() {
        served(home("192.0.2.7"));
        names.now = names.now.minus(Duration.ofDays(1));
        served(home("192.0.2.8"));

        assertEquals(List.of("192.0.2.8"), Dig.answers(Names.AT, "nas.home.example"));
        assertTrue(
                Dig.answers(Names.AT, "home.example", "SOA").getFirst().contains(" 1796119201 "),
                () -> Dig.answers(Names.AT, "home.example", "SOA").toString());
    }

    @Test
    void aZoneThatKnotWouldServeWithAWarningIsRefusedAndTheOldOneIsServedOn() {
        served(home("192.0.2.7"));

        Outcome refused = names.serve(
                driver,
                Names.SITE,
                home(
                        "192.0.2.8",
                        new DnsRecord.NameServer(DnsName.of("lab.home.example"), DnsName.of("ns.lab.home.example"))));

        Cause cause = assertInstanceOf(Outcome.Failed.class, refused).cause();
        assertTrue(cause.what().contains("node lab.home.example., missing glue record"), cause::what);
        assertEquals(List.of("192.0.2.7"), Dig.answers(Names.AT, "nas.home.example"));
        assertTrue(driver.observe(Names.SITE).getFirst().isAsWanted());
    }

    @Test
    void oneThatIsRefusedKeepsNoOtherFromBeingServed() {
        names.wanted.put(
                new Owned(Names.LAB, home("192.0.2.8").id()),
                Names.zone(
                        "home",
                        DnsName.of("lab.example"),
                        new DnsRecord.NameServer(DnsName.of("a.lab.example"), DnsName.of("b.a.lab.example"))));

        served(home("192.0.2.7"));

        assertEquals(List.of("192.0.2.7"), Dig.answers(Names.AT, "nas.home.example"));
        assertEquals(List.of(), driver.observe(Names.LAB));
    }

    @Test
    void whoHasAZoneKeepsIt() {
        served(home("192.0.2.7"));

        // By its name it would come first.
        Outcome second = names.serve(driver, Names.LAB, home("192.0.2.8"));

        assertEquals(
                "zone home.example is served already for deployment 'site'",
                assertInstanceOf(Outcome.Failed.class, second).cause().what());
        assertEquals(List.of("192.0.2.7"), Dig.answers(Names.AT, "nas.home.example"));
    }

    @Test
    void aZoneAtAnotherPortIsAnsweredThere() {
        served(home("192.0.2.7").answeredAt(Port.of(5300)));

        assertEquals(List.of("192.0.2.7"), Dig.answers(Names.AT, "-p", "5300", "nas.home.example"));
        served(home("192.0.2.7"));
        assertEquals(List.of("192.0.2.7"), Dig.answers(Names.AT, "nas.home.example"));
    }

    @Test
    void aPortThatIsTakenIsToldAndWhatWasServedIsServedOn() throws Exception {
        served(home("192.0.2.7"));
        try (DatagramSocket other = new DatagramSocket(new InetSocketAddress(Names.AT.address(), 5300))) {
            Outcome outcome = names.serve(
                    driver,
                    Names.LAB,
                    Names.zone("lab", DnsName.of("lab.example"), Names.at("a.lab.example", "192.0.2.1"))
                            .answeredAt(Port.of(other.getLocalPort())));

            Cause cause = assertInstanceOf(Outcome.Failed.class, outcome).cause();
            assertTrue(cause.next().contains("ss -lnup"), cause::toString);
            assertEquals(List.of("192.0.2.7"), Dig.answers(Names.AT, "nas.home.example"));
        }
    }

    @Test
    void ofSixtyZonesOneIsChangedAndOneGoes() {
        IntStream.range(0, 60).forEach(number -> {
            DnsName zone = DnsName.of("z%d.example".formatted(number));
            DnsZone one = Names.zone("z" + number, zone, new DnsRecord.Address(zone, IpAddress.of("192.0.2.1")));
            names.wanted.put(new Owned(Names.SITE, one.id()), one);
        });
        served(home("192.0.2.7"));
        assertEquals(61, driver.observe(Names.SITE).size());

        names.wanted.remove(new Owned(
                Names.SITE,
                Names.zone("z7", Names.HOME, Names.at("home.example", "192.0.2.1"))
                        .id()));
        served(home("192.0.2.8"));

        assertTrue(Dig.answer(Names.AT, "z7.example").contains("status: REFUSED"));
        assertEquals(List.of("192.0.2.1"), Dig.answers(Names.AT, "z8.example"));
        assertEquals(60, driver.observe(Names.SITE).size());
    }

    @Test
    void whatItWasAskedIsCounted() {
        served(home("192.0.2.7"));
        assertTrue(detail().contains("; asked 0 times"), this::detail);
        IntStream.range(0, 3).forEach(_ -> Dig.answers(Names.AT, "nas.home.example"));

        assertTrue(detail().startsWith("zone home.example: 4 records, serial 1796119200; asked 3 times"), this::detail);
    }

    @Test
    void aZoneThatSomebodyTookFromKnotIsNotAsWantedUntilItIsBack() {
        served(home("192.0.2.7"));
        PROGRAMS.run(
                Duration.ofSeconds(10),
                List.of(
                        "knotc",
                        "-s",
                        folder.resolve("run/knot.sock").toString(),
                        "-f",
                        "zone-purge",
                        "home.example",
                        "+expire"));
        ResourceStatus purged = driver.observe(Names.SITE).getFirst();
        assertTrue(!purged.isAsWanted(), purged::words);

        served(home("192.0.2.7"));

        assertTrue(driver.observe(Names.SITE).getFirst().isAsWanted());
        assertEquals(List.of("192.0.2.7"), Dig.answers(Names.AT, "nas.home.example"));
    }

    /** Some hundred questions at a time, by UDP, while the zone is changed again and again. */
    @Test
    void noQuestionGoesUnansweredWhileZonesChange() throws Exception {
        served(home("192.0.2.7"));
        Path questions = Files.writeString(
                folder.resolve("questions"), "nas.home.example A\nhome.example NS\n", StandardCharsets.US_ASCII);
        Process asking = new ProcessBuilder(
                        "dnsperf",
                        "-s",
                        Names.AT.toString(),
                        "-d",
                        questions.toString(),
                        "-l",
                        "5",
                        "-c",
                        "4",
                        "-Q",
                        "5000")
                .redirectErrorStream(true)
                .start();
        int changes = 0;
        while (asking.isAlive()) {
            served(home("192.0.2." + (8 + changes % 200)));
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
