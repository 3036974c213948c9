package io.nationtech.harmony.os.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.system.SystemVersion;
import io.nationtech.harmony.domain.system.UpgradeOrder;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.os.update.OsRelease.Sort;
import io.nationtech.harmony.programs.Ended;
import io.nationtech.harmony.programs.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.jr.ob.JSON;

/** What {@code make release} makes of an image's parts is what nodes upgrade to. */
class ReleaseScriptTest {
    private static final Path SCRIPT =
            Path.of("../../image/release").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    private Path keys;

    @BeforeEach
    void begin() throws IOException {
        keys = Files.createDirectory(folder.resolve("secret"));
        Programs.run(
                "openssl",
                "genpkey",
                "-algorithm",
                "ed25519",
                "-out",
                keys.resolve("release.key").toString());
        Path trusted = Files.createDirectory(folder.resolve("keys"));
        Programs.run(
                "openssl",
                "pkey",
                "-in",
                keys.resolve("release.key").toString(),
                "-pubout",
                "-out",
                trusted.resolve("release.pem").toString());
    }

    /** As the image's build leaves it. */
    private Path build(SystemVersion version, String packages) throws IOException {
        Path target = Files.createDirectory(folder.resolve("target-" + version));
        Path image = target.resolve("harmony-amd64");
        Files.writeString(Path.of(image + ".version"), version + "\n");
        Files.writeString(Path.of(image + ".manifest"), packages);
        Files.write(Path.of(image + ".usr-x86-64.raw"), TrialRelease.content(version, Sort.USR));
        Files.write(Path.of(image + ".usr-x86-64-verity.raw"), TrialRelease.content(version, Sort.USR_VERITY));
        Files.write(Path.of(image + ".usr-x86-64-verity-sig.raw"), TrialRelease.content(version, Sort.USR_VERITY_SIG));
        Files.write(Path.of(image + ".efi"), TrialRelease.content(version, Sort.UKI));
        Programs.run("truncate", "-s", "8M", image + ".raw");
        Path table = Files.writeString(target.resolve("table"), """
                label: gpt
                size=1M, type=%s, name=harmony_%s_v, uuid=%s
                size=2M, type=%s, name=harmony_%s, uuid=%s
                """.formatted(
                        Preflight.type(TrialRelease.HERE, Sort.USR_VERITY),
                        version,
                        TrialRelease.uuid(version, Sort.USR_VERITY),
                        Preflight.type(TrialRelease.HERE, Sort.USR),
                        version,
                        TrialRelease.uuid(version, Sort.USR)));
        Programs.run("sh", "-c", "sfdisk -q %s.raw <%s".formatted(image, table));
        return target;
    }

    private Path release(Path target, SystemVersion version, String... from) {
        Path out = folder.resolve("out-" + version);
        Programs.run(
                "env",
                "TARGET=" + target,
                SCRIPT.toString(),
                "amd64",
                keys.toString(),
                out.toString(),
                from.length == 0 ? "" : from[0]);
        return out;
    }

    private static String packages(String... namesAndVersions) {
        return "{\"packages\":[%s]}"
                .formatted(String.join(
                        ",",
                        java.util.Arrays.stream(namesAndVersions)
                                .map(one -> one.split(" "))
                                .map(one ->
                                        "{\"type\":\"deb\",\"name\":\"%s\",\"version\":\"%s\",\"architecture\":\"amd64\"}"
                                                .formatted(one[0], one[1]))
                                .toList()));
    }

    @Test
    void aNodeUpgradesToIt() throws IOException {
        Path first = release(build(TrialRelease.OLD, packages("podman 5.4.2-1", "runc 1.1")), TrialRelease.OLD);
        Path second = release(
                build(TrialRelease.NEW, packages("podman 5.4.2-2", "zstd 1.5.7+dfsg-1")),
                TrialRelease.NEW,
                first.toString());
        String name = "harmony_%s_x86-64".formatted(TrialRelease.NEW);

        Path staging = folder.resolve("os-update");
        TrialMachine machine = new TrialMachine(Files.createDirectory(folder.resolve("machine")), staging);
        Upgrades.Places places = new Upgrades.Places(
                folder.resolve("keys"),
                staging,
                folder.resolve("os/upgrade.json"),
                folder.resolve("os/last-failure"),
                folder.resolve("offers"));
        try (TrialServer server = new TrialServer(second);
                Upgrades upgrades = new Upgrades(
                        new Upgrades.Running(TrialRelease.OLD, TrialRelease.HERE),
                        machine,
                        places,
                        TrialSite.NOBODY,
                        new Limits(
                                Duration.ofMinutes(1),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(2),
                                Duration.ofMillis(5),
                                Duration.ofSeconds(1)),
                        InstantSource.system())) {
            upgrades.start();
            upgrades.upgrade(new UpgradeOrder(TrialRelease.NEW, server.place()));
            Eventually.holds("it is written", () -> {
                assertTrue(
                        upgrades.now().failed().isEmpty(), () -> upgrades.now().toString());
                return machine.restarts.get() == 1;
            });
            assertEquals(
                    TrialRelease.uuid(TrialRelease.NEW, Sort.USR),
                    machine.uuid("harmony_" + TrialRelease.NEW).orElseThrow());
            assertTrue(
                    server.requests.contains(name + ".usr.from-%s.zst 0".formatted(TrialRelease.OLD)),
                    server.requests::toString);
            assertFalse(server.requests.contains(name + ".usr.raw.zst 0"), server.requests::toString);
            assertFalse(server.requests.contains(name + ".efi.zst 0"), server.requests::toString);
        }

        assertEquals(TrialRelease.NEW + "\n", Files.readString(second.resolve("latest_x86-64")));
        Programs.run(
                "sh",
                "-c",
                "cd %s && sha256sum -c --quiet SHA256SUMS && base64 -d SHA256SUMS.sig >../sums.sig".formatted(second));
        Programs.run(
                "openssl",
                "pkeyutl",
                "-verify",
                "-rawin",
                "-pubin",
                "-inkey",
                folder.resolve("keys/release.pem").toString(),
                "-in",
                second.resolve("SHA256SUMS").toString(),
                "-sigfile",
                folder.resolve("sums.sig").toString());
        assertEquals("""
                Packages of 202602020000 that 202601010000 has not, or of another version (+), and those of 202601010000 (-):
                - podman 5.4.2-1
                + podman 5.4.2-2
                - runc 1.1
                + zstd 1.5.7+dfsg-1
                """, Files.readString(second.resolve(name + ".notes.txt")));
        Map<?, ?> bill = (Map<?, ?>) JSON.std.anyFrom(Files.readString(second.resolve(name + ".spdx.json")));
        assertEquals("SPDX-2.3", bill.get("spdxVersion"));
        assertEquals(
                List.of("pkg:deb/debian/podman@5.4.2-2?arch=amd64", "pkg:deb/debian/zstd@1.5.7%2Bdfsg-1?arch=amd64"),
                ((List<?>) bill.get("packages"))
                        .stream()
                                .map(one -> ((Map<?, ?>) ((List<?>) ((Map<?, ?>) one).get("externalRefs")).getFirst())
                                        .get("referenceLocator"))
                                .toList());
    }

    @Test
    void withoutAKeyItSaysHowToMakeOne() throws Exception {
        Files.delete(keys.resolve("release.key"));
        Ended ended = Program.of(
                        SCRIPT.toString(),
                        "amd64",
                        keys.toString(),
                        folder.resolve("out").toString())
                .run(Duration.ofMinutes(1));
        assertEquals(2, ended.code());
        assertTrue(ended.complaint().contains("make keys image KEYS=" + keys), ended::complaint);
    }
}
