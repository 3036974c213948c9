package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.ShareName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The folders of the household that this machine has, as its site says.
 *
 * @param folders at most 64, each with a name of its own
 */
public record NodeShares(List<SharedFolder> folders) {
    /** It has none. */
    public static final NodeShares NONE = new NodeShares(List.of());

    private static final int MOST = 64;

    /** A setting is read up to 4,096 bytes: one that long may be cut, and a path that is cut is another path. */
    private static final int TOO_LONG = 4_096;

    public NodeShares {
        folders = List.copyOf(folders);
        if (folders.size() > MOST) {
            throw new InvalidValueException("%d shares are more than %d".formatted(folders.size(), MOST));
        }
        Set<ShareName> seen = new HashSet<>();
        for (SharedFolder folder : folders) {
            if (!seen.add(folder.share())) {
                throw new InvalidValueException("share '%s' is named twice".formatted(folder.share()));
            }
        }
    }

    /**
     * Reads shares with commas between, each as {@code photos=mount:/mnt/nas} or {@code documents=local:/srv/documents}.
     *
     * @throws InvalidValueException when one of them cannot be; all that cannot are named
     */
    public static NodeShares parse(String text) {
        if (text.length() >= TOO_LONG) {
            throw new InvalidValueException(
                    "%d characters are more than %d; name fewer shares".formatted(text.length(), TOO_LONG - 1));
        }
        List<SharedFolder> folders = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String one : text.split(",", -1)) {
            try {
                folders.add(SharedFolder.parse(one.strip()));
            } catch (InvalidValueException e) {
                problems.add(e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidValueException(String.join("; ", problems));
        }
        return new NodeShares(folders);
    }

    /** What deployments may ask for. */
    public Set<ShareName> names() {
        return folders.stream().map(SharedFolder::share).collect(Collectors.toUnmodifiableSet());
    }

    Optional<SharedFolder> find(ShareName share) {
        return folders.stream().filter(folder -> folder.share().equals(share)).findFirst();
    }

    /** As it is read. */
    @Override
    public String toString() {
        return folders.stream().map(SharedFolder::toString).collect(Collectors.joining(","));
    }
}
