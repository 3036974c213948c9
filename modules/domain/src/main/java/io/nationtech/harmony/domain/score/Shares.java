package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.capability.FolderShares;
import io.nationtech.harmony.domain.node.MountedShare;
import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Folders of the household in a score's containers. They run only on nodes that have all of them. The folders are others' too: nothing here
 * makes, moves or removes one, nor what is in it.
 *
 * @param shares at least one, 16 of a container at most, each at a place of its own
 */
public record Shares(List<MountedShare> shares) implements Extension<FolderShares> {
    public Shares {
        shares = List.copyOf(shares);
    }

    /** These shares. */
    public static Shares of(MountedShare first, MountedShare... others) {
        return new Shares(Stream.concat(Stream.of(first), Stream.of(others)).toList());
    }

    @Override
    public Expansion extend(Score<?> base, List<Task> tasks, Inventory inventory) {
        if (shares.isEmpty()) {
            throw new InvalidValueException(
                    "service '%s' mounts no share; name one, or leave this out".formatted(base.name()));
        }
        return new Expansion.Runs(Extended.containers(
                base,
                tasks,
                "shares",
                container -> container.with(container.storage().sharing(shares))));
    }
}
