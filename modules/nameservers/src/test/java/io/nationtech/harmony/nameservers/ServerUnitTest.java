package io.nationtech.harmony.nameservers;

import static io.nationtech.harmony.nameservers.Installed.PROGRAMS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.driver.LocalPrograms;
import io.nationtech.harmony.driver.Owned;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.resolver.Resolver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ServerUnitTest {
    private static final double EXPOSED_AT_MOST = 1.6;
    private static final Path RUN = Path.of("/run/harmony-zones");

    @TempDir
    private Path folder;

    /** As neither is written or started by its folders, any will do. */
    static Stream<ServerUnit> units() {
        ServerUnitTest somewhere = new ServerUnitTest();
        somewhere.folder = Path.of("/run/harmony");
        return Stream.of(somewhere.knot(), somewhere.unbound());
    }

    private ServerUnit knot() {
        return new ServerUnit(
                new ServerProgram(
                        "harmony-zones",
                        "Zones of names",
                        "knot",
                        List.of(
                                "/usr/sbin/knotd",
                                "-c",
                                folder.resolve("knot.conf").toString()),
                        RUN,
                        "512M"),
                folder);
    }

    private ServerUnit unbound() {
        return new ServerUnit(
                new ServerProgram(
                        "harmony-resolver",
                        "Names looked up",
                        "unbound",
                        List.of(
                                "/usr/sbin/unbound",
                                "-d",
                                "-c",
                                folder.resolve("unbound.conf").toString()),
                        Path.of("/run/harmony-resolver"),
                        "1G"),
                folder);
    }

    @ParameterizedTest
    @MethodSource("units")
    void systemdUnderstandsAllOfIt(ServerUnit unit) throws Exception {
        Path file = Files.writeString(folder.resolve(unit.name()), unit.text());

        assertEquals(
                new LocalPrograms.Result(0, ""),
                PROGRAMS.run(Duration.ofSeconds(30), List.of("systemd-analyze", "verify", file.toString())));
    }

    @ParameterizedTest
    @MethodSource("units")
    void whoBreaksIntoItReachesLittle(ServerUnit unit) throws Exception {
        Path file = Files.writeString(folder.resolve(unit.name()), unit.text());

        String told = PROGRAMS.run(
                        Duration.ofSeconds(30),
                        List.of("systemd-analyze", "security", "--offline=true", "--no-pager", file.toString()))
                .output();

        Matcher level =
                Pattern.compile("Overall exposure level for \\S+: ([0-9.]+)").matcher(told);
        assertTrue(level.find(), told);
        System.out.printf("%s: exposure %s%n", unit.name(), level.group(1));
        assertTrue(Double.parseDouble(level.group(1)) <= EXPOSED_AT_MOST, told);
    }

    /** Else it finds no address to answer at, and ends: what setpriv below does not take away. */
    @Test
    void unboundMayListTheInterfacesOfItsNode() {
        assertTrue(unbound().text().contains("RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK\n"));
    }

    /** As systemd starts it, but for the file systems and system calls that it takes away too. */
    @Test
    void suchAUserTakesThePortAndAnswers() throws Exception {
        KnotFolder files = new KnotFolder(Names.readable(folder));
        Files.createDirectories(RUN);
        Files.setOwner(RUN, RUN.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("knot"));
        ZoneFile zone = ZoneFile.of(
                new Owned(Names.SITE, DnsZoneKindTest.ALL.id()),
                DnsZoneKindTest.ALL.leadingTo(_ -> List.of(Names.NODE)),
                List.of(),
                1);
        files.accept(zone);
        files.accept(new KnotConfig(
                        new TreeSet<>(List.of(Names.AT)),
                        new TreeSet<>(List.of(Port.of(53))),
                        new TreeSet<>(List.of(zone.zone())),
                        files.zones(),
                        RUN,
                        Optional.empty())
                .text());
        Process server = as("knot", knot().program().words());
        Knotc knotc = new Knotc(Path.of("/usr/sbin/knotc"), KnotConfig.socket(RUN));
        try {
            Eventually.holds("an answer of knot", knotc::isAnswered);
            Eventually.holds(
                    "the zone", () -> Dig.answers(Names.AT, "nas.home.example").equals(List.of("192.0.2.7")));
            assertEquals(Optional.empty(), knotc.reload());
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    @Test
    void suchAUserLooksUpNames() throws Exception {
        Path run = unbound().program().run();
        Files.createDirectories(run);
        Files.setOwner(run, run.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("unbound"));
        UnboundFolder files = new UnboundFolder(Names.readable(folder));
        files.propose(new UnboundConfig(
                        List.of(Resolver.named(ServiceName.of("names")).blocks(DnsName.of("ads.example"))),
                        new TreeSet<>(List.of(LookedUpTest.AT)),
                        UnboundConfig.Trust.DEBIANS,
                        run,
                        Optional.empty())
                .text());
        files.acceptProposed();
        Process server = as("unbound", unbound().program().words());
        UnboundControl control = new UnboundControl(Path.of("/usr/sbin"), files.config());
        try {
            Eventually.holds("an answer of unbound", control::isAnswered);
            assertTrue(Dig.answer(LookedUpTest.AT, "ads.example").contains("status: NXDOMAIN"));
            assertEquals(Optional.empty(), control.reload());
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    static Process as(String user, List<String> words) throws Exception {
        List<String> all = new ArrayList<>(List.of(
                "setpriv",
                "--reuid=" + user,
                "--regid=" + user,
                "--clear-groups",
                "--no-new-privs",
                "--bounding-set=-all,+net_bind_service",
                "--inh-caps=-all,+net_bind_service",
                "--ambient-caps=-all,+net_bind_service"));
        all.addAll(words);
        return new ProcessBuilder(all)
                .directory(Path.of("/").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
