package io.nationtech.harmony.os.update;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.system.NodeSystem;
import io.nationtech.harmony.domain.system.NodeSystem.Failed;
import io.nationtech.harmony.domain.system.NodeSystem.Step;
import io.nationtech.harmony.domain.system.ReleasePlace;
import io.nationtech.harmony.domain.system.ResetAnswer;
import io.nationtech.harmony.domain.system.SystemVersion;
import io.nationtech.harmony.domain.system.UpgradeAnswer;
import io.nationtech.harmony.domain.system.UpgradeOrder;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.os.update.OsRelease.Architecture;
import io.nationtech.harmony.os.update.OsRelease.Sort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Upgrades of a machine whose disk is a file, by systemd-sysupdate, from a web server on this machine, or from a folder. */
class UpgradesTest {
    private static final Limits SHORT = new Limits(
            Duration.ofMinutes(2),
            Duration.ofSeconds(2),
            Duration.ofMillis(500),
            Duration.ofMillis(5),
            Duration.ofMinutes(1));

    @TempDir
    private Path folder;

    private TrialRelease release;
    private TrialServer server;
    private TrialMachine machine;
    private Upgrades.Places places;
    private Map<String, String> before;

    @BeforeEach
    void begin() throws IOException {
        release = new TrialRelease(folder.resolve("release"));
        server = new TrialServer(release.folder);
        places = new Upgrades.Places(
                folder.resolve("keys"),
                folder.resolve("os-update"),
                folder.resolve("os/upgrade.json"),
                folder.resolve("os/last-failure"),
                folder.resolve("offers"));
        release.trustIn(places.keys());
        machine = new TrialMachine(Files.createDirectory(folder.resolve("machine")), places.staging());
        before = machine.state();
    }

    @AfterEach
    void end() throws IOException {
        server.close();
    }

    private Upgrades agent() throws IOException {
        Upgrades upgrades = new Upgrades(
                new Upgrades.Running(machine.running, TrialRelease.HERE),
                machine,
                places,
                TrialSite.NOBODY,
                SHORT,
                InstantSource.system());
        upgrades.start();
        return upgrades;
    }

    private UpgradeOrder order() {
        return new UpgradeOrder(TrialRelease.NEW, server.place());
    }

    private void assertWritten(Upgrades upgrades) throws IOException {
        Eventually.holds("it asked for a restart", () -> {
            assertTrue(upgrades.now().failed().isEmpty(), () -> upgrades.now().toString());
            return machine.restarts.get() > 0;
        });
        for (Sort sort : List.of(Sort.USR, Sort.USR_VERITY, Sort.USR_VERITY_SIG)) {
            String label = "harmony_" + TrialRelease.NEW
                    + Map.of(Sort.USR, "", Sort.USR_VERITY, "_v").getOrDefault(sort, "_s");
            byte[] content = TrialRelease.content(TrialRelease.NEW, sort);
            assertArrayEquals(content, machine.content(label, content.length), label);
            if (sort != Sort.USR_VERITY_SIG) {
                assertEquals(Optional.of(TrialRelease.uuid(TrialRelease.NEW, sort)), machine.uuid(label));
            }
        }
        assertArrayEquals(
                TrialRelease.content(TrialRelease.NEW, Sort.UKI),
                Files.readAllBytes(machine.boot.resolve("harmony_%s+3-0.efi".formatted(TrialRelease.NEW))));
        assertEquals(
                before.get("harmony_%s.efi".formatted(TrialRelease.OLD)),
                machine.state().get("harmony_%s.efi".formatted(TrialRelease.OLD)),
                "what runs can start again");
        assertTrue(machine.uuid("harmony_" + TrialRelease.OLD).isPresent(), "its slot, too");
        try (Stream<Path> left = Files.list(places.staging())) {
            assertEquals(List.of(), left.toList());
        }
    }

    /** The order comes to nothing for that reason, and nothing was changed. */
    private Failed assertRefused(String why, UpgradeOrder order) throws IOException {
        try (Upgrades upgrades = agent()) {
            assertEquals(new UpgradeAnswer.Accepted(), upgrades.upgrade(order));
            Eventually.holds("it fails", () -> upgrades.now().failed().isPresent());
            NodeSystem now = upgrades.now();
            Failed failed = now.failed().orElseThrow();
            assertTrue(failed.why().what().contains(why), () -> failed.why().toString());
            assertEquals(Optional.empty(), now.underWay());
            assertEquals(before, machine.state());
            assertEquals(0, machine.restarts.get());
            return failed;
        }
    }

    private boolean isFetched(String ending) {
        return server.requests.stream().anyMatch(request -> request.split(" ")[0].endsWith(ending));
    }

    @Test
    void aReleaseIsWrittenBesideWhatRunsAndTheMachineStartsIntoIt() throws IOException {
        try (Upgrades upgrades = agent()) {
            assertEquals(new UpgradeAnswer.Accepted(), upgrades.upgrade(order()));
            assertWritten(upgrades);
            assertEquals(
                    Optional.of(new NodeSystem.Upgrade(TrialRelease.NEW, Step.RESTARTING)),
                    upgrades.now().underWay());
            assertEquals(new UpgradeAnswer.Accepted(), upgrades.upgrade(order()), "asking again changes nothing");
        }
        machine.boots++;
        machine.running = TrialRelease.NEW;
        machine.trial = Machine.Trial.UNDER_WAY;
        try (Upgrades upgrades = agent()) {
            Eventually.holds(
                    "it has to prove itself", () -> upgrades.now().underWay().isPresent());
            assertFalse(upgrades.now().hasSettledOn(TrialRelease.NEW));
            machine.trial = Machine.Trial.OVER;
            Eventually.holds("it is settled", () -> upgrades.now().hasSettledOn(TrialRelease.NEW));
        }
        try (Upgrades upgrades = agent()) {
            assertEquals(new NodeSystem(TrialRelease.NEW), upgrades.now());
        }
        assertEquals(1, machine.restarts.get());
    }

    @Test
    void aNodeThatIsOnItsWayForgetsNothing() throws IOException {
        try (Upgrades upgrades = agent()) {
            upgrades.upgrade(order());
            ResetAnswer.Refused refused = assertInstanceOf(ResetAnswer.Refused.class, upgrades.reset());
            assertTrue(refused.cause().what().contains("it is on its way to " + TrialRelease.NEW), refused::toString);
            assertWritten(upgrades);
        }
        assertEquals(0, machine.resets.get());
    }

    @Test
    void aSettledOneForgetsEverything() throws IOException {
        try (Upgrades upgrades = agent()) {
            assertEquals(new ResetAnswer.Begun(), upgrades.reset());
        }
        assertEquals(1, machine.resets.get());
    }

    @Test
    void theSameBundleComesFromAFolder() throws IOException {
        try (Upgrades upgrades = agent()) {
            upgrades.upgrade(new UpgradeOrder(TrialRelease.NEW, new ReleasePlace.Folder(release.folder.toString())));
            assertWritten(upgrades);
        }
        assertEquals(List.of(), server.requests);
    }

    @Test
    void theSecondUpgradeTakesThePlaceOfWhatDoesNotRun() throws IOException {
        try (Upgrades upgrades = agent()) {
            upgrades.upgrade(order());
            assertWritten(upgrades);
        }
        Files.move(
                machine.boot.resolve("harmony_%s+3-0.efi".formatted(TrialRelease.NEW)),
                machine.boot.resolve("harmony_%s.efi".formatted(TrialRelease.NEW)));
        machine.boots++;
        machine.running = TrialRelease.NEW;
        SystemVersion third = SystemVersion.of("202603030000");
        release.write(third, TrialRelease.HERE);
        try (Upgrades upgrades = agent()) {
            Eventually.holds("it is settled", () -> upgrades.now().hasSettledOn(TrialRelease.NEW));
            // Room for it is made of what does not run.
            machine.bootFree = 1 << 20;
            upgrades.upgrade(new UpgradeOrder(third, server.place()));
            Eventually.holds("it asked for a restart", () -> machine.restarts.get() == 2);
        }
        try (Stream<Path> images = Files.list(machine.boot)) {
            assertEquals(
                    List.of("harmony_%s.efi".formatted(TrialRelease.NEW), "harmony_%s+3-0.efi".formatted(third)),
                    images.map(file -> file.getFileName().toString()).sorted().toList());
        }
        assertEquals(Optional.empty(), machine.uuid("harmony_" + TrialRelease.OLD));
        assertTrue(machine.uuid("harmony_" + TrialRelease.NEW).isPresent());
    }

    @Test
    void whatBreaksOffGoesOnFromThere() throws IOException {
        server.ill.put(".usr.raw.zst", TrialServer.breakingOff(200_000));
        try (Upgrades upgrades = agent()) {
            upgrades.upgrade(order());
            assertWritten(upgrades);
        }
        assertEquals(
                List.of("0", "200000", "400000", "600000"),
                server.requests.stream()
                        .filter(request -> request.contains(".usr.raw.zst"))
                        .map(request -> request.split(" ")[1])
                        .toList());
    }

    @Test
    void afterAPowerCutTheDownloadGoesOn() throws IOException {
        server.ill.put(".usr.raw.zst", server.hanging(300_000));
        try (Upgrades upgrades = agent()) {
            upgrades.upgrade(order());
            Path part =
                    places.staging().resolve("fetched/harmony_%s_x86-64.usr.raw.zst.part".formatted(TrialRelease.NEW));
            Eventually.holds("half of it is there", () -> part.toFile().length() == 300_000);
        }
        server.ill.clear();
        server.requests.clear();
        machine.boots++;
        try (Upgrades upgrades = agent()) {
            assertWritten(upgrades);
        }
        assertTrue(
                server.requests.contains("harmony_%s_x86-64.usr.raw.zst 300000".formatted(TrialRelease.NEW)),
                server.requests::toString);
    }

    @Test
    void aServerThatHangsIsAskedAnew() throws IOException {
        server.ill.put(".usr.raw.zst", server.hanging(250_000));
        try (Upgrades upgrades = agent()) {
            upgrades.upgrade(order());
            assertWritten(upgrades);
        }
    }

    @Test
    void aServerThatNeverGoesOnIsGivenUpAndWhatCameIsKept() throws IOException {
        server.ill.put(".usr.raw.zst", server.hanging(0));
        server.ill.put(".usr-verity.raw.zst", TrialServer::well);
        Failed failed = assertRefused("it cannot be fetched, and was tried for long enough", order());
        assertEquals(Step.FETCHING, failed.step());
        assertTrue(failed.why().where().endsWith(".usr.raw.zst"), failed.why()::where);
    }

    @Test
    void aServerThatLiesAboutRangesIsAskedForTheWhole() throws IOException {
        server.ill.put(".usr.raw.zst", TrialServer.lyingAboutRanges());
        try (Upgrades upgrades = agent()) {
            upgrades.upgrade(order());
            assertWritten(upgrades);
        }
    }

    @Test
    void moreThanTheReleaseSaysIsNotRead() throws IOException {
        server.ill.put(".usr.raw.zst", TrialServer::tooMuch);
        try (Upgrades upgrades = agent()) {
            upgrades.upgrade(order());
            assertWritten(upgrades);
        }
    }

    @Test
    void aManifestWithoutAnEndIsNotRead() throws IOException {
        server.ill.put(".release.json", TrialServer::tooMuch);
        assertRefused("there come more than the 65536 bytes", order());
    }

    @Test
    void aTamperedManifestIsRefused() throws IOException {
        String manifest = Files.readString(release.manifest());
        Files.writeString(
                release.manifest(),
                manifest.replace(
                        TrialRelease.uuid(TrialRelease.NEW, Sort.USR), TrialRelease.uuid(TrialRelease.OLD, Sort.USR)));
        assertRefused("the release is not signed by a key that this node trusts (it has 1)", order());
        assertFalse(isFetched(".zst"), "nothing of it is fetched");
    }

    @Test
    void aReleaseByAnotherKeyIsRefused() throws IOException {
        release.sign(release.read(), Files.readAllBytes(release.manifest()), TrialRelease.newKey());
        assertRefused("the release is not signed by a key that this node trusts", order());
    }

    @Test
    void aSignatureThatIsNoneIsRefused() throws IOException {
        Files.writeString(Path.of(release.manifest() + ".sig"), "!\n");
        assertRefused("the release is not signed by a key that this node trusts", order());
    }

    @Test
    void aNodeWithoutKeysTrustsNobody() throws IOException {
        Files.delete(places.keys().resolve("trial.pem"));
        assertRefused("this node trusts nobody's releases", order());
    }

    @Test
    void aTruncatedFileIsRefused() throws IOException {
        Path usr = release.folder.resolve("harmony_%s_x86-64.usr.raw.zst".formatted(TrialRelease.NEW));
        byte[] whole = Files.readAllBytes(usr);
        Files.write(usr, java.util.Arrays.copyOf(whole, 1_000));
        assertRefused("usr.raw.zst' has 1000 bytes there, and should have %d".formatted(whole.length), order());
        assertRefused(
                "usr.raw.zst' has 1000 bytes there",
                new UpgradeOrder(TrialRelease.NEW, new ReleasePlace.Folder(release.folder.toString())));
    }

    @Test
    void aFileThatWasChangedIsDeletedAndNamed() throws IOException {
        Path usr = release.folder.resolve("harmony_%s_x86-64.usr.raw.zst".formatted(TrialRelease.NEW));
        byte[] whole = Files.readAllBytes(usr);
        whole[whole.length / 2] ^= 1;
        Files.write(usr, whole);
        Failed failed = assertRefused("usr.raw.zst' is not the file that the release says", order());
        assertTrue(failed.why().what().endsWith("It was deleted here"), failed.why()::what);
        try (Stream<Path> left = Files.walk(places.staging())) {
            assertEquals(List.of(), left.filter(Files::isRegularFile).toList());
        }
    }

    @Test
    void anOlderReleaseInTheNewOnesPlaceIsRefused() throws IOException {
        SystemVersion older = SystemVersion.of("202512120000");
        release.write(older, TrialRelease.HERE);
        for (String end : List.of("", ".sig")) {
            Files.copy(
                    release.folder.resolve(OsRelease.fileName(older, TrialRelease.HERE) + end),
                    Path.of(release.manifest() + end),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        assertRefused("is of version 202512120000, and not 202602020000", order());
    }

    @Test
    void whatIsNotNewerIsRefusedAtOnce() throws IOException {
        try (Upgrades upgrades = agent()) {
            for (SystemVersion version : List.of(TrialRelease.OLD, SystemVersion.of("202512120000"))) {
                UpgradeAnswer.Refused refused = assertInstanceOf(
                        UpgradeAnswer.Refused.class, upgrades.upgrade(new UpgradeOrder(version, server.place())));
                assertTrue(
                        refused.cause().what().contains("is not newer than 202601010000, which runs"),
                        refused::toString);
            }
        }
        assertEquals(List.of(), server.requests);
        assertEquals(before, machine.state());
    }

    @Test
    void anotherArchitecturesReleaseIsRefused() throws IOException {
        release.write(TrialRelease.NEW, Architecture.ARM64);
        for (String end : List.of("", ".sig")) {
            Files.copy(
                    release.folder.resolve(OsRelease.fileName(TrialRelease.NEW, Architecture.ARM64) + end),
                    Path.of(release.manifest() + end),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        assertRefused("the release there is for arm64, and this machine is x86-64", order());
    }

    @Test
    void anotherFormatIsRefusedByName() throws IOException {
        byte[] other = Files.readString(release.manifest())
                .replace("\"format\":1", "\"format\":2")
                .getBytes(StandardCharsets.UTF_8);
        release.sign(release.read(), other, release.key);
        assertRefused("the release is of format 2; this node knows format 1", order());
    }

    @Test
    void aFullBootPartitionIsSeenBeforeAnythingIsFetched() throws IOException {
        machine.bootFree = 1 << 20;
        Failed failed = assertRefused("1 MiB are free or will be, and the new kernel image needs 1 MiB", order());
        assertEquals("the boot partition, /boot", failed.why().where());
        assertFalse(isFetched(".zst"), server.requests::toString);
    }

    @Test
    void aReleaseThatIsNotThereIsRefused() throws IOException {
        Files.delete(release.manifest());
        Failed failed = assertRefused("the release has no such file", order());
        assertEquals(
                "%s/%s".formatted(server.place(), OsRelease.fileName(TrialRelease.NEW, TrialRelease.HERE)),
                failed.why().where());
    }

    @Test
    void aDeltaIsFetchedInPlaceOfTheWhole() throws IOException {
        release.withDeltas();
        try (Upgrades upgrades = agent()) {
            upgrades.upgrade(order());
            assertWritten(upgrades);
        }
        assertTrue(isFetched(".usr.from-%s.zst".formatted(TrialRelease.OLD)));
        assertTrue(isFetched(".efi.from-%s.zst".formatted(TrialRelease.OLD)));
        assertFalse(isFetched(".usr.raw.zst"), server.requests::toString);
        assertFalse(isFetched(".efi.zst"), server.requests::toString);
    }

    @Test
    void aKernelImageOnTrialIsWhatADeltaIsMadeForToo() throws IOException {
        release.withDeltas();
        Files.move(
                machine.boot.resolve("harmony_%s.efi".formatted(TrialRelease.OLD)),
                machine.boot.resolve("harmony_%s+2-1.efi".formatted(TrialRelease.OLD)));
        before = machine.state();
        try (Upgrades upgrades = agent()) {
            upgrades.upgrade(order());
            Eventually.holds("it is written", () -> machine.restarts.get() > 0);
        }
        assertFalse(isFetched(".efi.zst"), server.requests::toString);
    }

    @Test
    void withoutMemoryForADeltaTheWholeIsFetched() throws IOException {
        release.withDeltas();
        machine.memory = 1 << 20;
        try (Upgrades upgrades = agent()) {
            upgrades.upgrade(order());
            assertWritten(upgrades);
        }
        assertFalse(isFetched(".usr.from-%s.zst".formatted(TrialRelease.OLD)), server.requests::toString);
    }

    @Test
    void whereWhatRunsIsNotWhatTheDeltaIsMadeForTheWholeIsFetched() throws IOException {
        release.withDeltas();
        byte[] other = Files.readAllBytes(machine.usr());
        other[5] ^= 1;
        Files.write(machine.usr(), other);
        try (Upgrades upgrades = agent()) {
            upgrades.upgrade(order());
            assertWritten(upgrades);
        }
        assertTrue(isFetched(".usr.raw.zst"));
        assertFalse(isFetched(".usr.from-%s.zst".formatted(TrialRelease.OLD)), server.requests::toString);
    }

    @Test
    void insteadOfADeltaThatIsSpoiltTheWholeIsFetched() throws IOException {
        release.withDeltas();
        Path delta = release.folder.resolve(
                "harmony_%s_x86-64.usr.from-%s.zst".formatted(TrialRelease.NEW, TrialRelease.OLD));
        byte[] spoilt = Files.readAllBytes(delta);
        spoilt[spoilt.length / 2] ^= 1;
        Files.write(delta, spoilt);
        try (Upgrades upgrades = agent()) {
            upgrades.upgrade(order());
            assertWritten(upgrades);
        }
        assertTrue(isFetched(".usr.raw.zst"));
    }

    @Test
    void aSystemThatWentBackIsToldWithItsReasonAndNotTriedAgain() throws IOException {
        try (Upgrades upgrades = agent()) {
            upgrades.upgrade(order());
            assertWritten(upgrades);
        }
        machine.boots++;
        Files.writeString(
                places.lastFailure(),
                "version %s\nharmony-health.service: exit code 1\n\u001b[31mdisk full\n".formatted(TrialRelease.NEW));
        for (int starts = 0; starts < 2; starts++) {
            try (Upgrades upgrades = agent()) {
                Failed failed = upgrades.now().failed().orElseThrow();
                assertEquals(TrialRelease.NEW, failed.to());
                assertEquals(Step.PROVING, failed.step());
                assertTrue(failed.why().what().endsWith("exit code 1\n?[31mdisk full"), failed.why()::what);
                UpgradeAnswer.Refused refused =
                        assertInstanceOf(UpgradeAnswer.Refused.class, upgrades.upgrade(order()));
                assertEquals(failed.why(), refused.cause());
            }
        }
        assertEquals(1, machine.restarts.get());
    }

    @Test
    void aSystemThatWentBackWithoutAReasonIsToldToo() throws IOException {
        try (Upgrades upgrades = agent()) {
            upgrades.upgrade(order());
            assertWritten(upgrades);
        }
        machine.boots++;
        try (Upgrades upgrades = agent()) {
            assertTrue(upgrades.now().failed().orElseThrow().why().what().endsWith("it left no reason"));
        }
    }

    @Test
    void anAgentThatStartsAgainBeforeTheMachineDoesAsksForThatAgain() throws IOException {
        try (Upgrades upgrades = agent()) {
            upgrades.upgrade(order());
            assertWritten(upgrades);
        }
        server.requests.clear();
        try (Upgrades _ = agent()) {
            Eventually.holds("it asks again", () -> machine.restarts.get() == 2);
        }
        assertEquals(List.of(), server.requests);
    }

    @Test
    void twoOrdersAtOnceAreOneTooMany() throws IOException {
        server.ill.put(".usr.raw.zst", server.hanging(0));
        try (Upgrades upgrades = agent()) {
            upgrades.upgrade(order());
            UpgradeAnswer.Refused refused = assertInstanceOf(
                    UpgradeAnswer.Refused.class,
                    upgrades.upgrade(new UpgradeOrder(SystemVersion.of("202603030000"), server.place())));
            assertTrue(refused.cause().what().contains("it is on its way to 202602020000 already"));
        }
    }
}
