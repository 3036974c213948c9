package io.nationtech.harmony.backup;

import io.nationtech.harmony.domain.node.Claim;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.Schedule;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Copies of a score's data, made again and again. Authors have {@link BackedUp}.
 *
 * @param name of the score
 * @param repository where to
 * @param schedule when
 * @param retention for how long
 * @param data what; at least one, each once
 */
public record Backup(ResourceName name, Repository repository, Schedule schedule, Keep retention, List<SavedData> data)
        implements NodeResource {
    public Backup {
        data = List.copyOf(data);
        if (data.isEmpty() || data.stream().map(SavedData::id).distinct().count() != data.size()) {
            throw new InvalidValueException("backup '%s' is of %s; it is of at least one thing, and of each once"
                    .formatted(name, data.stream().map(one -> one.id().path()).toList()));
        }
    }

    @Override
    public ResourceId id() {
        return new ResourceId(BackupKind.NAME, name);
    }

    @Override
    public Backup named(ResourceName other) {
        return new Backup(other, repository, schedule, retention, data);
    }

    @Override
    public Claim claim() {
        return Claim.NOTHING.secrets(repository.secrets()).shares(repository.shares());
    }

    @Override
    public Set<DataName> saves() {
        return data.stream().flatMap(one -> one.volumes().stream()).collect(Collectors.toSet());
    }
}
