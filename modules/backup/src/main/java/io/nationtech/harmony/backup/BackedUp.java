package io.nationtech.harmony.backup;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.capability.BackupStore;
import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.capability.FolderShares;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.node.Schedule;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.score.Extension;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.SecretRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Copies of all data that a score keeps: {@code db.volumes(…).with(BackedUp.to(nas, schedule, retention))}. Said after the volumes. Of a group it
 * is all data that has no backup by its service, whose database is dumped while files are copied.
 *
 * @param quiet what becomes of the containers meanwhile
 * @param dump how the score's only container tells what it holds; then its volumes are not copied as files
 * @param <C> what it needs of the topology
 */
public record BackedUp<C extends Capability>(
        Repository repository, Schedule schedule, Keep retention, Quiet quiet, Optional<Dump> dump)
        implements Extension<C> {

    /** To a share of the household. */
    public static <C extends BackupStore & SecretStore & FolderShares> BackedUp<C> to(
            Repository.OnShare repository, Schedule schedule, Keep retention) {
        return new BackedUp<>(repository, schedule, retention, Quiet.DEFAULT, Optional.empty());
    }

    /** To a server. */
    public static <C extends BackupStore & SecretStore> BackedUp<C> to(
            Repository.OverRest repository, Schedule schedule, Keep retention) {
        return new BackedUp<>(repository, schedule, retention, Quiet.DEFAULT, Optional.empty());
    }

    /** To a bucket. */
    public static <C extends BackupStore & SecretStore> BackedUp<C> to(
            Repository.InS3 repository, Schedule schedule, Keep retention) {
        return new BackedUp<>(repository, schedule, retention, Quiet.DEFAULT, Optional.empty());
    }

    /** The same, with something else done to the containers while their files are copied; without this, {@link Quiet#DEFAULT}. */
    public BackedUp<C> quiet(Quiet other) {
        return new BackedUp<>(repository, schedule, retention, other, dump);
    }

    /** The same, of what a database says that it holds, in place of its files; for a score of one container. */
    public BackedUp<C> dump(Dump how) {
        return new BackedUp<>(repository, schedule, retention, quiet, Optional.of(how));
    }

    @Override
    public List<SecretRef> secrets() {
        return repository.secrets().stream()
                .map(MountedSecret::ref)
                .sorted(Comparator.comparing(SecretRef::name))
                .toList();
    }

    @Override
    public Expansion extend(Score<?> base, List<Task> tasks, Inventory inventory) {
        if (base.volumes().isEmpty() && dump.isEmpty()) {
            throw new InvalidValueException(
                            "score '%s' keeps no data of which there could be a backup; say volumes(…) before, or leave this out"
                                    .formatted(base.name()))
                    .about(this);
        }
        Repository planned = repository.withVersions(inventory::mounted);
        return new Expansion.Runs(
                tasks.stream().map(task -> extended(base, task, planned)).toList());
    }

    private Task extended(Score<?> base, Task task, Repository planned) {
        List<Container> containers = Container.among(task.resources().stream()).toList();
        Set<DataName> saved = task.resources().stream()
                .flatMap(other -> other.saves().stream())
                .collect(Collectors.toSet());
        List<SavedData> left = data(base, containers).stream()
                .filter(data -> data.volumes().isEmpty() || !saved.containsAll(data.volumes()))
                .toList();
        ResourceId id =
                new ResourceId(BackupKind.NAME, ResourceName.of(base.name().value()));
        if (left.isEmpty()
                || task.resources().stream().anyMatch(other -> other.id().equals(id))) {
            throw new InvalidValueException(
                            "score '%s' has a backup already; say one, with all of its data".formatted(base.name()))
                    .about(this);
        }
        Backup backup = new Backup(id.name(), planned, schedule, retention, left);
        return task.with(
                Stream.concat(task.resources().stream(), Stream.of(backup)).toList());
    }

    private List<SavedData> data(Score<?> base, List<Container> containers) {
        if (dump.isPresent()) {
            if (containers.size() != 1) {
                throw new InvalidValueException(
                                "score '%s' has %d containers, and a dump is of one: say the backup of the service with the database"
                                        .formatted(base.name(), containers.size()))
                        .about(this);
            }
            Container only = containers.getFirst();
            return List.of(new SavedData.Dumped(
                    only.name(),
                    dump.get(),
                    only.storage().volumes().stream().map(Volume::name).collect(Collectors.toSet())));
        }
        Map<DataName, Set<ContainerName>> users = new TreeMap<>();
        base.volumes().forEach(volume -> users.put(volume.name(), new TreeSet<>()));
        containers.forEach(container -> container
                .storage()
                .volumes()
                .forEach(volume -> users.computeIfAbsent(volume.name(), _ -> new TreeSet<>())
                        .add(container.name())));
        List<SavedData> data = new ArrayList<>();
        users.forEach((volume, containersOf) -> data.add(new SavedData.Files(volume, quiet, containersOf)));
        return data;
    }
}
