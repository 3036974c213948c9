package io.nationtech.harmony.restic;

import io.nationtech.harmony.backup.Backup;
import io.nationtech.harmony.backup.Keep;
import io.nationtech.harmony.backup.Quiet;
import io.nationtech.harmony.backup.Repository;
import io.nationtech.harmony.backup.SavedData;
import io.nationtech.harmony.domain.node.Schedule;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.value.CalendarTime;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ShareName;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.Owned;
import io.nationtech.harmony.driver.ResourceDriver;
import io.nationtech.harmony.driver.contract.ResourceDriverContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

class ResticDriverContractTest extends ResourceDriverContract<Backup> {
    @TempDir
    private Path folder;

    @Override
    protected ResourceDriver<Backup> begin() {
        return home().driver();
    }

    private Household home() {
        return new Household(folder, NodeId.of("node-1"), folder.resolve("share"));
    }

    @Override
    protected Means means() {
        return home().means();
    }

    @Override
    protected Backup first() {
        return backup("db", Keep.days(7));
    }

    @Override
    protected Backup changed() {
        return backup("db", Keep.days(8));
    }

    @Override
    protected Backup other() {
        return backup("wiki", Keep.days(7));
    }

    private static Backup backup(String name, Keep retention) {
        return new Backup(
                ResourceName.of(name),
                Repository.onShare(ShareName.of("nas"), SecretRef.of("backup-password")),
                Schedule.of(CalendarTime.of("02:30")),
                retention,
                List.of(new SavedData.Files(DataName.of("rows"), Quiet.PAUSED, Set.of())));
    }

    @Override
    protected void damage(DeploymentName deployment, Backup resource) {
        new Kept(folder.resolve("state/backup/known")).forget(new Owned(deployment, resource.id()));
    }
}
