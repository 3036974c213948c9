package io.nationtech.harmony.nameservers;

import static io.nationtech.harmony.nameservers.Installed.PROGRAMS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.driver.LocalPrograms;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.programs.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rest of the world: a knot that answers for signed zones by UDP, TCP and TLS, with a certificate of its own. */
final class Authority implements AutoCloseable {
    /** What its certificate has. */
    static final String NAME = "dns.example.net";

    private final IpAddress at;
    private final Path folder;
    private final Process process;

    private Authority(IpAddress at, Path folder, Process process) {
        this.at = at;
        this.folder = folder;
        this.process = process;
    }

    static Authority start(IpAddress at, Path folder, String... zones) throws Exception {
        run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + NAME,
                "-addext",
                "subjectAltName=DNS:" + NAME,
                "-keyout",
                folder.resolve("key.pem").toString(),
                "-out",
                folder.resolve("cert.pem").toString());
        for (String zone : zones) {
            Files.writeString(folder.resolve(zone + ".zone"), """
                    $ORIGIN %s.
                    $TTL 600
                    @ SOA ns.invalid. hostmaster 1 3600 600 604800 60
                    @ NS ns.invalid.
                    www A 192.0.2.80
                    *.many A 192.0.2.81
                    """.formatted(zone));
        }
        Path config = Files.writeString(folder.resolve("knot.conf"), """
                server:
                    rundir: "%1$s"
                    listen: "%2$s@53"
                    listen-tls: "%2$s@853"
                    cert-file: "%1$s/cert.pem"
                    key-file: "%1$s/key.pem"
                control:
                    listen: "%1$s/knot.sock"
                database:
                    storage: "%1$s"
                template:
                  - id: default
                    storage: "%1$s"
                    file: "%%s.zone"
                    zonefile-sync: -1
                    zonefile-load: difference
                    journal-content: all
                    dnssec-signing: on
                zone:
                %3$s""".formatted(
                folder, at, Stream.of(zones).map("  - domain: %s.\n"::formatted).collect(Collectors.joining())));
        Authority authority = new Authority(
                at, folder, Program.of("knotd", "-c", config.toString()).inBackground());
        try {
            for (String zone : zones) {
                Eventually.holds("signed zone " + zone, () -> authority.signs(zone));
            }
            return authority;
        } catch (AssertionError e) {
            authority.close();
            throw e;
        }
    }

    private boolean signs(String zone) {
        return PROGRAMS.run(
                        Duration.ofSeconds(5),
                        List.of("kdig", "@" + at, "+short", "+time=1", "+retry=0", "+dnssec", "www." + zone, "A"))
                .output()
                .contains("\nA ");
    }

    /** The certificate that it shows. */
    Path certificate() {
        return folder.resolve("cert.pem");
    }

    /** The keys of a zone, as another zone's. */
    String keys(String of, String as) {
        return Dig.answers(at, of, "DNSKEY").stream()
                .map(key -> "%s. IN DNSKEY %s\n".formatted(as, key))
                .collect(Collectors.joining());
    }

    private static void run(String... words) {
        LocalPrograms.Result ended = PROGRAMS.run(Duration.ofSeconds(20), List.of(words));
        assertEquals(0, ended.status(), ended::output);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
