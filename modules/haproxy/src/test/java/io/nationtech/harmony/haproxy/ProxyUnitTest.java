package io.nationtech.harmony.haproxy;

import static io.nationtech.harmony.haproxy.Installed.PROGRAMS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.driver.LocalPrograms;
import io.nationtech.harmony.driver.Owned;
import io.nationtech.harmony.ingress.IngressRoute;
import io.nationtech.harmony.mesh.contract.Eventually;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyUnitTest {
    @TempDir
    private Path folder;

    private final ProxyUnit unit = new ProxyUnit(
            ProxyUnit.Purpose.INGRESS,
            Path.of("/usr/sbin/haproxy"),
            Path.of("/run/harmony/ingress-route/node-1"),
            Path.of("/run"));

    @Test
    void systemdUnderstandsAllOfIt() throws Exception {
        Path file = Files.writeString(folder.resolve(unit.name()), unit.text());

        LocalPrograms.Result verified =
                PROGRAMS.run(Duration.ofSeconds(30), List.of("systemd-analyze", "verify", file.toString()));

        assertEquals(new LocalPrograms.Result(0, ""), verified);
    }

    @Test
    void runsForAUserOfItsOwnWhoMayTakePortsAndNothingElse() {
        assertTrue(unit.text().contains("User=haproxy\n"));
        assertTrue(unit.text().contains("CapabilityBoundingSet=CAP_NET_BIND_SERVICE\n"));
        assertTrue(unit.text().contains("NoNewPrivileges=yes\n"));
    }

    /** As systemd starts it, but for the file systems and system calls that it takes away too. */
    @Test
    void suchAUserTakesThePortReadsItsKeyAndTakesUpWhatIsNew() throws Exception {
        Path run = Files.createDirectories(Path.of("/run/harmony/ingress-route/node-1"));
        Path sockets = Files.createDirectories(unit.master().path().getParent());
        Files.setOwner(
                sockets, sockets.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("haproxy"));
        Proxied site = new Proxied();
        IngressRoute route = Proxied.route("photos", 8081);
        ProxyConfig config = new ProxyConfig(
                Optional.of(Proxied.AT),
                run,
                unit,
                new TreeMap<>(Map.of(new Owned(Proxied.GALLERY, route.id()), route)),
                Map.of());
        ProxyFolder files = new ProxyFolder(run, Optional.of("haproxy"));
        files.writeKey(
                ProxyConfig.certificate(run, route),
                site.authority.issue(route.url().host().value(), site.now, Duration.ofDays(1)));
        files.accept(files.propose(config.text(), config.certificateLists()));
        Process proxy = new ProcessBuilder(
                        "setpriv",
                        "--reuid=haproxy",
                        "--regid=haproxy",
                        "--clear-groups",
                        "--no-new-privs",
                        "--bounding-set=-all,+net_bind_service",
                        "--inh-caps=-all,+net_bind_service",
                        "--ambient-caps=-all,+net_bind_service",
                        "/usr/sbin/haproxy",
                        "-W",
                        "-S",
                        unit.master().path() + ",mode,600",
                        "-f",
                        files.config().toString())
                .directory(Path.of("/").toFile()) // as a unit's is; this one's may be closed to it
                .inheritIO()
                .start();
        try {
            Eventually.holds("an answer of the proxy", unit::isRunning);
            assertEquals(Optional.empty(), unit.reload());
            Eventually.holds(
                    "an answer of its worker", () -> Replicas.of(unit.worker()).areKnown());
            try (Socket visitor = new Socket(Proxied.AT.address(), 443)) {
                assertTrue(visitor.isConnected());
            }
        } finally {
            proxy.destroy();
            proxy.waitFor();
        }
    }
}
