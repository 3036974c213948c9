package io.nationtech.harmony.borrowed.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.HealthSmokeTest;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Site;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.Topology;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.FolderShares;
import io.nationtech.harmony.domain.capability.VolumeStore;
import io.nationtech.harmony.domain.node.CommandProbe;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.MountedData;
import io.nationtech.harmony.domain.node.MountedFile;
import io.nationtech.harmony.domain.node.MountedShare;
import io.nationtech.harmony.domain.node.Scratch;
import io.nationtech.harmony.domain.node.ShareAccess;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.Affinity;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.placement.Scope;
import io.nationtech.harmony.domain.placement.ServiceRef;
import io.nationtech.harmony.domain.placement.Strength;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.score.Job;
import io.nationtech.harmony.domain.score.PrivateService;
import io.nationtech.harmony.domain.score.SharedVolume;
import io.nationtech.harmony.domain.score.Together;
import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.CalendarTime;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.Replicas;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.ShareName;
import io.nationtech.harmony.domain.value.TopologyName;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class BorrowsTest {
    interface Home extends ContainerRuntime, VolumeStore, FolderShares {}

    private static final DataName LIBRARY = DataName.of("library");
    private static final MountPath MEDIA = MountPath.of("/media");
    private static final PrivateService TORRENT = service("torrent");
    private static final Deployment<Home> DOWNLOADS = owner(Together.<Home>of(
                    ServiceName.of("app"),
                    TORRENT.volumes(Volume.of(DataName.of("state"), MountPath.of("/state"))),
                    service("sorter"))
            .with(SharedVolume.named(LIBRARY)
                    .at(TORRENT, MountPath.of("/downloads"))
                    .at(service("sorter"), MountPath.of("/in"))));
    private static final OfferedVolume OFFERED = OfferedVolume.of(DOWNLOADS, LIBRARY);
    private static final Borrows READING = Borrows.readOnly(OFFERED, MEDIA);
    private static final PrivateService PLAYER = service("player");

    private static Deployment<Home> owner(Score<Home> score) {
        return Deployment.named(DeploymentName.of("downloads"))
                .on(Topology.of(TopologyName.of("home"), Home.class, Site.of("basel")))
                .runs(score)
                .provenBy(HealthSmokeTest.of(TORRENT));
    }

    private static PrivateService service(String name) {
        return ContainerService.named(ServiceName.of(name))
                .image(ImageReference.of("registry.example.org/%s:1".formatted(name)))
                .publishesNothing()
                .probedBy(CommandProbe.of(Arguments.of("true")))
                .memoryLimit(Memory.mebibytes(64));
    }

    private static Task task(Score<?> score, String deployment) {
        return switch (score.expand(DeploymentName.of(deployment), new Inventory(List.of()))) {
            case Expansion.Runs(List<Task> tasks) -> tasks.getFirst();
            case Expansion.Impossible(var cause) -> throw new AssertionError(cause);
        };
    }

    private static Stream<Container> containers(Task task) {
        return Container.among(task.resources().stream());
    }

    private static List<String> borrowed(Task task) {
        return containers(task)
                .flatMap(container -> container.storage().borrowed().stream())
                .map(MountedData::toString)
                .toList();
    }

    private static String refusal(Executable wrong) {
        return assertThrows(InvalidValueException.class, wrong).getMessage();
    }

    @Test
    void isKnownByTheServiceThatKeepsIt() {
        assertEquals(new ServiceRef(DOWNLOADS.name(), TORRENT.name()), OFFERED.keeper());
        assertEquals("library of downloads", OFFERED.toString());
        assertEquals(
                TORRENT.name(),
                OfferedVolume.of(DOWNLOADS, DataName.of("state")).service());
    }

    @Test
    void isNothingThatItsOwnerDoesNotKeep() {
        assertEquals(
                "no service of deployment 'downloads' keeps volume 'films', so nobody can borrow it; it keeps [library, state]",
                refusal(() -> OfferedVolume.of(DOWNLOADS, DataName.of("films"))));
    }

    @Test
    void whoBorrowsItRunsBesideItsKeeperAndFindsIt() {
        Task task = task(PLAYER.with(READING), "cinema");

        assertEquals(List.of("player.downloads.library at /media (read only)"), borrowed(task));
        assertEquals(
                "borrowed-data player.downloads.library",
                task.resources().getLast().label());
        assertTrue(
                task.workload()
                        .affinities()
                        .contains(new Affinity.Near(OFFERED.keeper(), Scope.NODE, Strength.required())),
                () -> task.workload().affinities().toString());
        assertEquals(
                List.of(),
                List.copyOf(containers(task).findFirst().orElseThrow().claim().volumes()));
    }

    @Test
    void jobsAndMembersOfGroupsBorrowToo() {
        Job tidy = Job.named(ServiceName.of("tidy"))
                .image(ImageReference.of("registry.example.org/tidy:1"))
                .at(CalendarTime.of("03:00"))
                .memoryLimit(Memory.mebibytes(64));
        Task task = task(
                Together.<Home>of(
                        ServiceName.of("app"),
                        PLAYER.with(READING),
                        tidy.with(Borrows.writable(OFFERED, MountPath.of("/work"))),
                        service("page")),
                "cinema");

        assertEquals(
                List.of("player.downloads.library at /media (read only)", "tidy.downloads.library at /work (writable)"),
                borrowed(task));
        assertEquals(1, task.workload().affinities().size());
    }

    @Test
    void oneVolumeIsHadAtSeveralPlacesByOneWay() {
        Task task = task(PLAYER.with(READING).with(Borrows.writable(OFFERED, MountPath.of("/out"))), "cinema");

        assertEquals(2, borrowed(task).size());
        assertEquals(
                1,
                task.resources().stream().filter(BorrowedData.class::isInstance).count());
    }

    @Test
    void whatCannotBeIsRefused() {
        assertEquals(
                "borrowed data 'player.downloads.library' at /media is where the container has something else already",
                refusal(() -> PLAYER.with(READING).with(READING)));
        assertEquals(
                "borrowed data 'player.downloads.library' at /media is where the container has something else already",
                refusal(() ->
                        PLAYER.volumes(Volume.of(DataName.of("own"), MEDIA)).with(READING)));
        assertEquals(
                "borrowed data 'player.downloads.library' at /media is where the container has something else already",
                refusal(() -> PLAYER.shares(MountedShare.readOnly(ShareName.of("films"), MEDIA))
                        .with(READING)));
        assertEquals(
                "what the container has at /media/own would lie in borrowed data 'player.downloads.library' at /media, and make a folder there; mount it beside",
                refusal(() -> PLAYER.volumes(Volume.of(DataName.of("own"), MountPath.of("/media/own")))
                        .with(READING)));
        assertEquals(
                "somebody else's data cannot be at /etc: the container engine makes files there, which would then lie in it; mount it below, or elsewhere",
                refusal(() -> PLAYER.with(Borrows.readOnly(OFFERED, MountPath.of("/etc")))));
        assertEquals(
                "score 'player' borrows volume library of downloads, which is on one node, and runs 2 times; run it once, or without it",
                refusal(() -> PLAYER.replicas(Replicas.of(2)).with(READING)));
        assertEquals(
                "score 'torrent' borrows volume library of downloads, its own deployment; services of one deployment have a volume together by SharedVolume",
                refusal(() -> task(TORRENT.with(READING), "downloads")));
    }

    @Test
    void norAtThePlaceOfAFileOrAFolderInMemory() {
        MountedData borrowed = containers(task(PLAYER.with(READING), "cinema"))
                .findFirst()
                .orElseThrow()
                .storage()
                .borrowed()
                .getFirst();

        refusal(() -> Container.Storage.DEFAULT.borrowing(borrowed).mounting(new MountedFile(borrowed.data(), MEDIA)));
        refusal(() -> Container.Storage.DEFAULT.borrowing(borrowed).mounting(new Scratch(MEDIA, Memory.mebibytes(1))));
    }

    @Test
    void whatIsSaidOfAGroupAllItsMembersHave() {
        Task task = task(
                Together.<Home>of(ServiceName.of("app"), PLAYER, service("page"))
                        .with(new Borrows(OFFERED, MEDIA, ShareAccess.READ_ONLY)),
                "cinema");

        assertEquals(
                List.of("app.downloads.library at /media (read only)", "app.downloads.library at /media (read only)"),
                borrowed(task));
    }
}
