package io.nationtech.harmony.domain.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Services;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.node.MountedShare;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.ShareName;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SharesTest {
    private static final ShareName PHOTOS = ShareName.of("photos");
    private static final ShareName DOCUMENTS = ShareName.of("documents");
    private static final MountPath MEDIA = MountPath.of("/media");
    private static final MountedShare READ = MountedShare.readOnly(PHOTOS, MEDIA);

    private static List<Task> tasks(Score<?> score) {
        return assertInstanceOf(Expansion.Runs.class, score.expand(DeploymentName.of("x"), new Inventory(List.of())))
                .tasks();
    }

    @Test
    void eachReplicaRunsWhereAllItsSharesAre() {
        var gallery = Services.named("gallery", 2)
                .shares(READ)
                .with(Shares.of(MountedShare.writable(DOCUMENTS, MountPath.of("/documents"))));

        assertEquals(
                List.of(Set.of(PHOTOS, DOCUMENTS), Set.of(PHOTOS, DOCUMENTS)),
                tasks(gallery).stream().map(task -> task.workload().shares()).toList());
    }

    @Test
    void whatAContainerHasElsewhereIsNeitherAtASharesPlaceNorInIt() {
        assertEquals(
                "share 'documents' at /media is where the container has something else already",
                refusal(READ, MountedShare.writable(DOCUMENTS, MEDIA)));
        assertEquals(
                "what the container has at /media/inbox would lie in share 'photos' at /media, and make a folder there; mount it beside",
                refusal(READ, MountedShare.writable(DOCUMENTS, MountPath.of("/media/inbox"))));
        var kept = Services.named("gallery", 1)
                .volumes(Volume.of(DataName.of("thumbnails"), MountPath.of("/media/thumbnails")));
        assertEquals(
                "what the container has at /media/thumbnails would lie in share 'photos' at /media, and make a folder there; mount it beside",
                assertThrows(InvalidValueException.class, () -> kept.with(Shares.of(READ)))
                        .getMessage());
        assertEquals(
                "share 'photos' at /media is where the container has something else already",
                assertThrows(
                                InvalidValueException.class,
                                () -> Services.named("gallery", 1)
                                        .scratch(MEDIA, Memory.mebibytes(1))
                                        .shares(READ))
                        .getMessage());
    }

    @Test
    void aShareMayLieInAVolume() {
        var cloud = Services.named("cloud", 1)
                .volumes(Volume.of(DataName.of("data"), MountPath.of("/data")))
                .with(Shares.of(MountedShare.writable(PHOTOS, MountPath.of("/data/photos"))));

        assertEquals(1, tasks(cloud).size());
    }

    @Test
    void isNotWhereTheEngineMakesFilesOfItsOwn() {
        assertEquals(
                "share 'photos' cannot be at /etc: the container engine makes files there, which would then lie in it; mount it below, or elsewhere",
                assertThrows(InvalidValueException.class, () -> MountedShare.readOnly(PHOTOS, MountPath.of("/etc")))
                        .getMessage());
    }

    @Test
    void aContainerHasNoMoreThanSixteen() {
        MountedShare[] many = new MountedShare[16];
        for (int i = 0; i < many.length; i++) {
            many[i] = MountedShare.readOnly(ShareName.of("s" + i), MountPath.of("/s/" + i));
        }

        assertEquals("17 shares in a container are more than 16", refusal(READ, many));
        assertEquals(
                "service 'gallery' mounts no share; name one, or leave this out",
                assertThrows(
                                InvalidValueException.class,
                                () -> Services.named("gallery", 1).with(new Shares(List.of())))
                        .getMessage());
    }

    private static String refusal(MountedShare first, MountedShare... others) {
        return assertThrows(
                        InvalidValueException.class,
                        () -> Services.named("gallery", 1).shares(first, others))
                .getMessage();
    }
}
