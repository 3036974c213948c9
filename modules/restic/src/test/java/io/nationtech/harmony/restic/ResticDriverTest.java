package io.nationtech.harmony.restic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.backup.Backup;
import io.nationtech.harmony.backup.Dump;
import io.nationtech.harmony.backup.Keep;
import io.nationtech.harmony.backup.Quiet;
import io.nationtech.harmony.backup.Repository;
import io.nationtech.harmony.backup.RestUrl;
import io.nationtech.harmony.backup.SavedData;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.backup.BackupAnswer;
import io.nationtech.harmony.domain.backup.BackupOrder;
import io.nationtech.harmony.domain.backup.Snapshot;
import io.nationtech.harmony.domain.backup.WorkId;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.node.Schedule;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.CalendarTime;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ShareName;
import io.nationtech.harmony.driver.Owned;
import io.nationtech.harmony.mesh.contract.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResticDriverTest {
    private static final DeploymentName SHOP = DeploymentName.of("shop");
    private static final SecretRef PASSWORD = SecretRef.of("backup-password");
    private static final ResourceId ORDERS = ResourceId.parse("volume/orders");
    private static final ResourceId DB = ResourceId.parse("dump/db");
    private static final Set<ContainerName> USERS = Set.of(ContainerName.of("web"));
    private static final Schedule NIGHTLY = Schedule.of(CalendarTime.of("02:30"));

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path share;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Household home;

    @SuppressWarnings("NullAway.Init") // set before each test
    private ResticDriver driver;

    @BeforeEach
    void begin() throws IOException {
        share = Files.createDirectories(folder.resolve("share"));
        home = new Household(folder.resolve("one"), NodeId.of("node-1"), share);
        driver = home.driver();
    }

    @AfterEach
    void end() {
        driver.close();
    }

    @Test
    void everyByteComesBackWithOwnersModesLinksAndHoles() {
        Path volume = home.volume("orders");
        Trees.plant(volume);
        Map<String, String> before = Trees.read(volume);
        driver.converge(SHOP, backup(Quiet.PAUSED), home.means());

        done(run());
        Trees.run("rm", "-rf", volume.toString());
        home.volume("orders");
        done(restore(Optional.empty()));

        assertEquals(before, Trees.read(volume));
        assertTrue(blocks(volume.resolve("hole")) < 1000, "a hole stays one");
        assertEquals(List.of("PAUSED [web]", "go on [web]", "STOPPED [web]", "go on [web]"), home.done);
        assertEquals(List.of("_data"), names(volume.resolveSibling("")), "nothing is left beside it");
    }

    @Test
    void anotherNodeFindsTheCopiesOfOneThatIsGone() throws IOException {
        Trees.plant(home.volume("orders"));
        Map<String, String> before = Trees.read(home.volume("orders"));
        driver.converge(SHOP, backup(Quiet.STOPPED), home.means());
        done(run());
        driver.close();

        Household second = new Household(folder.resolve("two"), NodeId.of("node-2"), share);
        Files.writeString(second.volume("orders").resolve("empty start"), "");
        driver = second.driver();
        driver.converge(SHOP, backup(Quiet.STOPPED), second.means());
        List<Snapshot> found = listed().snapshots();
        assertEquals(
                List.of(NodeId.of("node-1")), found.stream().map(Snapshot::node).toList());
        done(restore(Optional.empty()));

        assertEquals(before, Trees.read(second.volume("orders")));
    }

    @Test
    void anOlderCopyIsChosenByItsIdOrByTime() throws Exception {
        Path file = home.volume("orders").resolve("file");
        driver.converge(SHOP, backup(Quiet.NOT_AT_ALL), home.means());
        Files.writeString(file, "one");
        done(run());
        Instant between = Instant.now();
        Files.writeString(file, "two");
        done(run());
        Snapshot first = listed().snapshots().getLast();

        done(order(new BackupOrder.Restore(Set.of(ORDERS), Optional.of(first.id()), Optional.empty())));
        assertEquals("one", Files.readString(file));
        done(restore(Optional.empty()));
        assertEquals("two", Files.readString(file));
        done(restore(Optional.of(between)));
        assertEquals("one", Files.readString(file));
        assertTrue(
                refused(restore(Optional.of(first.at().minusSeconds(1)))).what().contains("no such copy"));
        assertEquals(
                List.of(),
                home.done.stream().filter(line -> line.startsWith("PAUSED")).toList());
    }

    @Test
    void itIsMadeAtItsTimeAndTheStatusTellsWhen() {
        home.volume("orders");
        driver.converge(SHOP, backup(Quiet.PAUSED), home.means());
        assertTrue(detail().contains("there is no copy of volume/orders yet"), this::detail);
        assertTrue(detail().contains("next run Sun 2026-11-29 02:30 Z"), this::detail);

        home.now = Instant.parse("2026-11-29T02:30:01Z");
        driver.converge(SHOP, backup(Quiet.PAUSED), home.means());

        Eventually.holds(
                "the copy is made",
                () -> detail().contains("the last good copy of volume/orders is of 2026-11-29T02:30:01Z"));
        Eventually.holds("it is over", () -> detail().contains("next run Mon 2026-11-30 02:30 Z"));
        assertEquals(Optional.of(home.now), status().since());
        assertEquals(ResourceStatus.Phase.COMPLETED, status().phase());

        home.shareAway = Optional.of(new Cause("nothing is mounted at /mnt/nas", "/mnt/nas", "mount it"));
        home.now = Instant.parse("2026-12-01T03:00:00Z");
        Eventually.holds("it is overdue", () -> detail().startsWith("OVERDUE; "));
    }

    @Test
    void aStoreThatIsAwayIsToldNothingIsWrittenAndItIsTriedAgain() {
        home.volume("orders");
        home.shareAway = Optional.of(new Cause("nothing is mounted at /mnt/nas", "/mnt/nas", "mount it"));
        driver.converge(SHOP, backup(Quiet.PAUSED), home.means());

        assertEquals("nothing is mounted at /mnt/nas", refused(run()).what());
        assertTrue(detail().contains("the last try failed: nothing is mounted at /mnt/nas"), this::detail);
        assertTrue(status().isAsWanted(), "a deploy that mends it must not wait for it");
        assertEquals(List.of(), names(share));
        assertEquals(List.of(), home.done, "no container rests for nothing");

        home.shareAway = Optional.empty();
        home.now = home.now.plus(Duration.ofMinutes(16));
        driver.converge(SHOP, backup(Quiet.PAUSED), home.means());
        Eventually.holds(
                "it is tried again", () -> detail().contains("the last good copy") && !detail().contains("failed"));
    }

    @Test
    void aWrongPasswordIsToldAndTheCopiesStay() {
        home.volume("orders");
        driver.converge(SHOP, backup(Quiet.PAUSED), home.means());
        done(run());
        home.secrets.put("backup-password", "battery staple");

        String what = refused(run()).what();

        assertTrue(what.contains("secret 'backup-password' is not the password of this repository"), what);
        assertFalse(what.contains("battery"), what);
        home.secrets.put("backup-password", "correct horse");
        assertEquals(1, listed().snapshots().size());
    }

    @Test
    void aFolderWithSomethingElseInItIsNoPlaceForARepository() throws IOException {
        home.volume("orders");
        Files.writeString(
                Files.createDirectories(share.resolve("harmony-backup")).resolve("photo"), "mine");
        driver.converge(SHOP, backup(Quiet.PAUSED), home.means());

        assertTrue(refused(run()).what().contains("has 'photo' in it and is no repository"));
        assertEquals(List.of("photo"), names(share.resolve("harmony-backup")));
    }

    @Test
    void aStoreThatIsFullIsToldAndOlderCopiesStay() throws IOException {
        Trees.run("mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", share.toString());
        try {
            Path volume = home.volume("orders");
            Files.writeString(volume.resolve("file"), "small");
            driver.converge(SHOP, backup(Quiet.PAUSED), home.means());
            done(run());
            Trees.run("dd", "if=/dev/urandom", "of=" + volume.resolve("big"), "bs=1M", "count=20");

            String what = refused(run()).what();

            assertTrue(what.contains("there is no room"), what);
            assertEquals("go on [web]", home.done.getLast());
            Trees.run("rm", volume.resolve("big").toString());
            Files.writeString(volume.resolve("file"), "changed");
            done(restore(Optional.empty()));
            assertEquals("small", Files.readString(volume.resolve("file")));
        } finally {
            driver.close();
            Trees.run("umount", share.toString());
        }
    }

    @Test
    void aRestoreThatIsCutShortLeavesTheOldDataAndIsGoneOnWith() throws Exception {
        Path volume = home.volume("orders");
        Trees.plant(volume);
        Map<String, String> saved = Trees.read(volume);
        driver.converge(SHOP, backup(Quiet.PAUSED), home.means());
        done(run());
        Files.writeString(volume.resolve("later"), "later");
        Map<String, String> later = Trees.read(volume);
        Snapshot snapshot = listed().snapshots().getFirst();
        // As an agent leaves it that is killed in the middle: what is to be done is on disk, and half of it beside.
        driver.close();
        Kept kept = new Kept(folder.resolve("one/state/backup/known"));
        WorkId work = new WorkId("restore-1");
        kept.keep(owned(), new Restoring(work, List.of(new Copy(ORDERS, snapshot.id()))));
        Files.writeString(
                Files.createDirectories(volume.resolveSibling(".harmony-restore/_data"))
                        .resolve("half"),
                "half");
        assertEquals(later, Trees.read(volume));
        home.done.clear();

        driver = home.driver();
        driver.converge(SHOP, backup(Quiet.PAUSED), home.means());

        assertEquals("STOPPED [web]", home.done.getFirst(), "before any container is made");
        assertInstanceOf(BackupAnswer.Done.class, awaited(work));
        assertEquals(saved, Trees.read(volume));
        assertEquals(Optional.empty(), kept.restoring(owned()));
        assertEquals("go on [web]", home.done.getLast());
    }

    @Test
    void aRestoreOfSeveralBackupsIsGoneOnWithAsAWhole() throws Exception {
        Backup other = new Backup(
                ResourceName.of("wiki"), repository(), NIGHTLY, Keep.newest(2), List.of(files("pages", Quiet.PAUSED)));
        for (String volume : List.of("orders", "pages")) {
            Files.writeString(home.volume(volume).resolve("file"), "saved");
        }
        driver.converge(SHOP, backup(Quiet.PAUSED), home.means());
        driver.converge(SHOP, other, home.means());
        done(order(new BackupOrder.Run(Set.of())));
        driver.close();
        Kept kept = new Kept(folder.resolve("one/state/backup/known"));
        driver = home.driver();
        driver.converge(SHOP, backup(Quiet.PAUSED), home.means());
        driver.converge(SHOP, other, home.means());
        List<Snapshot> snapshots = listed().snapshots();
        driver.close();
        WorkId work = new WorkId("restore-1");
        for (Snapshot snapshot : snapshots) {
            Path volume = home.volume(snapshot.data().name().value());
            Files.writeString(volume.resolve("file"), "later");
            String name = snapshot.data().equals(ORDERS) ? "web" : "wiki";
            kept.keep(
                    new Owned(SHOP, ResourceId.parse("backup/" + name)),
                    new Restoring(work, List.of(new Copy(snapshot.data(), snapshot.id()))));
        }

        driver = home.driver();
        driver.converge(SHOP, backup(Quiet.PAUSED), home.means());
        driver.converge(SHOP, other, home.means());

        String words = assertInstanceOf(BackupAnswer.Done.class, awaited(work)).words();
        assertTrue(words.contains("volume/orders is as in") && words.contains("volume/pages is as in"), words);
        for (String volume : List.of("orders", "pages")) {
            assertEquals("saved", Files.readString(home.volume(volume).resolve("file")));
        }
    }

    @Test
    void aRunThatIsKilledIsNoCopyAndKeepsNobodyFromTheNext() throws Exception {
        Path volume = home.volume("orders");
        Trees.run("dd", "if=/dev/urandom", "of=" + volume.resolve("big"), "bs=1M", "count=200");
        driver.converge(SHOP, backup(Quiet.PAUSED), home.means());
        WorkId work = begun(run());
        Eventually.holds("it saves", () -> home.done.contains("PAUSED [web]"));
        Eventually.holds("restic runs", () -> resticOf(home).findAny().isPresent());
        resticOf(home).forEach(ProcessHandle::destroyForcibly);

        assertInstanceOf(BackupAnswer.Refused.class, awaited(work));
        assertEquals("go on [web]", home.done.getLast());
        Trees.run("truncate", "--size", "1M", volume.resolve("big").toString());
        done(run());
        assertEquals(1, listed().snapshots().size());
    }

    @Test
    void aDatabaseIsDumpedAndLoadedAndOneThatFailsIsNoCopy() throws Exception {
        Path database = folder.resolve("database");
        Files.writeString(database, "rows");
        Dump dump = Dump.of(Arguments.of("cat", database.toString()), Arguments.of("sh", "-c", "cat >" + database));
        Backup backup = new Backup(
                ResourceName.of("db"),
                repository(),
                NIGHTLY,
                Keep.days(7),
                List.of(new SavedData.Dumped(ContainerName.of("db"), dump, Set.of())));
        driver.converge(SHOP, backup, home.means());
        done(order(new BackupOrder.Run(Set.of(DB))));
        Files.delete(database);

        String what = refused(order(new BackupOrder.Run(Set.of(DB)))).what();
        assertTrue(what.contains("the program that dumps the database failed: cat: "), what);
        assertEquals(1, listed().snapshots().size());

        done(order(new BackupOrder.Restore(Set.of(DB), Optional.empty(), Optional.empty())));
        assertEquals("rows", Files.readString(database));
        assertEquals(List.of(), home.done, "a database goes on");
    }

    @Test
    void aServerKeepsCopiesForWhoLogsIn() throws Exception {
        // A password that ends an address where it is not written otherwise.
        String password = "p@ss/w:rd?";
        Path served = Files.createDirectories(folder.resolve("served"));
        byte[] hash = MessageDigest.getInstance("SHA-1").digest(password.getBytes(StandardCharsets.UTF_8));
        Files.writeString(
                served.resolve(".htpasswd"), "home:{SHA}" + Base64.getEncoder().encodeToString(hash) + "\n");
        int port = freePort();
        Process server = new ProcessBuilder(
                        "restic-rest-server", "--path", served.toString(), "--listen", "127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile())
                .start();
        try {
            Eventually.holds("the server listens", () -> isListening(port));
            home.secrets.put("login", "home:" + password);
            Repository there = Repository.overRest(new RestUrl("http://127.0.0.1:%d/shop/".formatted(port)), PASSWORD)
                    .login(SecretRef.of("login"));
            Path volume = home.volume("orders");
            Trees.plant(volume);
            Map<String, String> before = Trees.read(volume);
            driver.converge(
                    SHOP,
                    new Backup(
                            ResourceName.of("web"),
                            there,
                            NIGHTLY,
                            Keep.days(7),
                            List.of(files("orders", Quiet.PAUSED))),
                    home.means());
            done(run());
            Trees.run("rm", "-rf", volume.resolve("deep").toString());
            done(restore(Optional.empty()));

            assertEquals(before, Trees.read(volume));
            assertEquals(
                    List.of(),
                    names(folder.resolve("one/run/backup/node-1")).stream()
                            .filter(name -> name.startsWith("repository"))
                            .toList());
            home.secrets.put("login", "home:battery");
            Cause refused = refused(run());
            assertTrue(refused.what().contains("the repository cannot be opened"), refused::toString);
            assertFalse(refused.toString().contains("battery"), refused::toString);
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isListening(int port) {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void oldCopiesGoAfterAGoodOneAndThoseOfOthersStay() throws IOException {
        Path file = home.volume("orders").resolve("file");
        Backup backup = new Backup(
                ResourceName.of("web"), repository(), NIGHTLY, Keep.newest(2), List.of(files("orders", Quiet.PAUSED)));
        Backup other = new Backup(
                ResourceName.of("wiki"), repository(), NIGHTLY, Keep.newest(2), List.of(files("pages", Quiet.PAUSED)));
        home.volume("pages");
        driver.converge(SHOP, backup, home.means());
        driver.converge(SHOP, other, home.means());
        done(order(new BackupOrder.Run(Set.of(ResourceId.parse("volume/pages")))));
        for (int i = 0; i < 4; i++) {
            Files.writeString(file, "content " + i);
            done(run());
        }

        List<ResourceId> left =
                listed().snapshots().stream().map(Snapshot::data).toList();
        assertEquals(List.of(ORDERS, ORDERS, ResourceId.parse("volume/pages")), left);
    }

    @Test
    void whatTheStoreLostIsFound() throws IOException {
        Trees.plant(home.volume("orders"));
        Trees.run("dd", "if=/dev/urandom", "of=" + home.volume("orders").resolve("big"), "bs=1M", "count=3");
        driver.converge(SHOP, backup(Quiet.PAUSED), home.means());
        done(run());
        String good = done(order(new BackupOrder.Verify(Set.of())));
        assertTrue(good.contains("every byte of volume/orders was read back"), good);

        Trees.run(
                "sh",
                "-c",
                "f=$(find " + share
                        + "/harmony-backup/data -type f -size +1M | head -1); dd if=/dev/zero of=$f bs=1k count=100 seek=10 conv=notrunc");

        assertNotEquals("", refused(order(new BackupOrder.Verify(Set.of()))).what());
    }

    @Test
    void noPasswordIsSeenWhereOthersSeeIt() throws Exception {
        Path volume = home.volume("orders");
        Trees.run("dd", "if=/dev/urandom", "of=" + volume.resolve("big"), "bs=1M", "count=100");
        driver.converge(SHOP, backup(Quiet.PAUSED), home.means());
        WorkId work = begun(run());
        Eventually.holds("restic runs", () -> resticOf(home).findAny().isPresent());
        StringBuilder seen = new StringBuilder();
        resticOf(home).forEach(process -> {
            seen.append(read("/proc/%d/cmdline".formatted(process.pid())));
            seen.append(read("/proc/%d/environ".formatted(process.pid())));
        });
        awaited(work);

        assertTrue(seen.toString().contains("restic"), seen::toString);
        assertFalse(seen.toString().contains("correct horse"), seen::toString);
        String onDisk = Trees.run("sh", "-c", "grep -r 'correct horse' " + folder + " || echo nowhere");
        assertEquals("nowhere", onDisk.strip());
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    /** Those that the driver of that home began. */
    private static Stream<ProcessHandle> resticOf(Household home) {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info()
                                .command()
                                .filter(command -> command.endsWith("/restic"))
                                .isPresent()
                        && read("/proc/%d/cmdline".formatted(process.pid()))
                                .contains(home.root.getParent().toString()));
    }

    private static long blocks(Path file) {
        return Long.parseLong(
                Trees.run("stat", "--format", "%b", file.toString()).strip());
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BackupAnswer run() {
        return order(new BackupOrder.Run(Set.of(ORDERS)));
    }

    private BackupAnswer restore(Optional<Instant> latest) {
        return order(new BackupOrder.Restore(Set.of(ORDERS), Optional.empty(), latest));
    }

    private BackupAnswer order(BackupOrder order) {
        return driver.backups().orElseThrow().answer(SHOP, order);
    }

    private BackupAnswer.Listed listed() {
        return assertInstanceOf(BackupAnswer.Listed.class, order(new BackupOrder.Overview()));
    }

    private String done(BackupAnswer answer) {
        return assertInstanceOf(BackupAnswer.Done.class, awaited(begun(answer))).words();
    }

    private Cause refused(BackupAnswer answer) {
        return assertInstanceOf(BackupAnswer.Refused.class, awaited(begun(answer)))
                .cause();
    }

    private static WorkId begun(BackupAnswer answer) {
        return assertInstanceOf(BackupAnswer.Begun.class, answer).work();
    }

    private BackupAnswer awaited(WorkId work) {
        Eventually.holds(
                "work %s is over".formatted(work),
                () -> !(order(new BackupOrder.Progress(work)) instanceof BackupAnswer.Working));
        return order(new BackupOrder.Progress(work));
    }

    private ResourceStatus status() {
        return driver.observe(SHOP).getFirst();
    }

    private String detail() {
        return status().detail().orElse("");
    }

    private static Owned owned() {
        return new Owned(SHOP, ResourceId.parse("backup/web"));
    }

    private static Repository.OnShare repository() {
        return Repository.onShare(ShareName.of("nas"), PASSWORD);
    }

    private static SavedData.Files files(String volume, Quiet quiet) {
        return new SavedData.Files(DataName.of(volume), quiet, USERS);
    }

    private static Backup backup(Quiet quiet) {
        return new Backup(ResourceName.of("web"), repository(), NIGHTLY, Keep.days(7), List.of(files("orders", quiet)));
    }
}
