package io.nationtech.harmony.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.domain.node.ContainerKind;
import io.nationtech.harmony.domain.node.MissedRun;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.node.ResourceKinds;
import io.nationtech.harmony.domain.node.Schedule;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.CalendarTime;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ShareName;
import io.nationtech.harmony.domain.value.TimeZoneName;
import io.nationtech.harmony.driver.contract.ResourceKindContract;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BackupKindTest extends ResourceKindContract<Backup> {
    private static final SecretRef PASSWORD = SecretRef.of("backup-password");
    private static final ShareName NAS = ShareName.of("nas");
    private static final ResourceName DB = ResourceName.of("db");
    private static final Schedule NIGHTLY = Schedule.of(CalendarTime.of("02:30"));
    private static final DataName ROWS = DataName.of("rows");

    @Override
    protected ResourceKind<Backup> kind() {
        return new BackupKind();
    }

    @Override
    protected List<Backup> examples() {
        SavedData files = new SavedData.Files(ROWS, Quiet.STOPPED, Set.of(ContainerName.of("db")));
        SavedData dump = new SavedData.Dumped(
                ContainerName.of("db"), Dump.of(Arguments.of("save"), Arguments.of("load", "all")), Set.of(ROWS));
        return List.of(
                new Backup(DB, Repository.onShare(NAS, PASSWORD), NIGHTLY, Keep.days(7), List.of(files)),
                new Backup(
                        DB,
                        Repository.onShare(NAS, PASSWORD).folder(RepositoryFolder.of("shop")),
                        NIGHTLY.in(TimeZoneName.of("UTC")).missed(MissedRun.SKIP),
                        Keep.newest(3).weeks(4).months(5).years(6),
                        List.of(dump)),
                new Backup(
                        DB,
                        Repository.overRest(RestUrl.of("https://backup.internal/"), PASSWORD)
                                .login(SecretRef.of("login")),
                        NIGHTLY,
                        Keep.days(7),
                        List.of(files)),
                new Backup(
                        DB,
                        Repository.inS3(
                                S3Bucket.of("https://s3.internal/home-backup"),
                                SecretRef.of("access"),
                                SecretRef.of("secret"),
                                PASSWORD),
                        NIGHTLY,
                        Keep.days(7),
                        List.of(files)));
    }

    @Test
    void itNeedsItsShareAndItsSecretsAndSavesItsVolumes() {
        for (Backup backup : examples()) {
            assertEquals(backup.repository().shares(), backup.claim().shares());
            assertEquals(backup.repository().secrets(), backup.claim().secrets());
            assertEquals(Set.of(ROWS), backup.saves());
        }
        assertEquals(Set.of(NAS), examples().getFirst().claim().shares());
        assertEquals(3, examples().getLast().claim().secrets().size());
    }

    @Test
    void isMadeBeforeContainersSoThatARestoreGoesOnBeforeTheyStart() {
        List<ResourceKind<?>> order =
                ResourceKinds.of(List.of(new ContainerKind(), new BackupKind())).inOrder();

        assertEquals("backup", order.getFirst().name().value());
    }
}
