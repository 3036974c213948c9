package io.nationtech.harmony.borrowed.data;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.capability.VolumeStore;
import io.nationtech.harmony.domain.node.MountedData;
import io.nationtech.harmony.domain.node.ShareAccess;
import io.nationtech.harmony.domain.placement.Affinity;
import io.nationtech.harmony.domain.placement.Scope;
import io.nationtech.harmony.domain.placement.Strength;
import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.score.Extension;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.ResourceName;
import java.util.List;

/**
 * A volume of another deployment in a score's containers: {@code player.with(Borrows.readOnly(Downloads.LIBRARY, MountPath.of("/media")))}. They run on the
 * node where its owner keeps it, once it is there, and follow when it is kept elsewhere. A score runs once that borrows. Said again, it borrows another
 * one, too.
 *
 * @param at where the containers find it; nothing else is in it
 */
public record Borrows(OfferedVolume volume, MountPath at, ShareAccess access) implements Extension<VolumeStore> {

    /** One that the containers can only read. */
    public static Borrows readOnly(OfferedVolume volume, MountPath at) {
        return new Borrows(volume, at, ShareAccess.READ_ONLY);
    }

    /** One that the containers can write into, as far as its files let the user of their processes. */
    public static Borrows writable(OfferedVolume volume, MountPath at) {
        return new Borrows(volume, at, ShareAccess.READ_WRITE);
    }

    @Override
    public Expansion extend(Score<?> base, List<Task> tasks, Inventory inventory) {
        if (tasks.size() != 1) {
            throw new InvalidValueException(
                            "score '%s' borrows volume %s, which is on one node, and runs %d times; run it once, or without it"
                                    .formatted(base.name(), volume, tasks.size()))
                    .about(volume);
        }
        return new Expansion.Runs(List.of(borrowing(base, tasks.getFirst())));
    }

    private Task borrowing(Score<?> base, Task task) {
        if (task.workload().id().service().deployment().equals(volume.deployment())) {
            throw new InvalidValueException(
                            "score '%s' borrows volume %s, its own deployment; services of one deployment have a volume together by SharedVolume"
                                    .formatted(base.name(), volume))
                    .about(volume);
        }
        BorrowedData data = new BorrowedData(
                ResourceName.of("%s.%s.%s".formatted(base.name(), volume.deployment(), volume.volume())), volume);
        MountedData mounted = new MountedData(data.id(), at, access);
        Task having = task.containers(
                base,
                "data of other deployments",
                container -> container.with(container.storage().borrowing(mounted)));
        return (having.resources().contains(data) ? having : having.and(data)).with(beside(having.workload()));
    }

    private Workload beside(Workload work) {
        Affinity near = new Affinity.Near(volume.keeper(), Scope.NODE, Strength.required());
        return work.affinities().contains(near) ? work : work.likes(near);
    }
}
