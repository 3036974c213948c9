package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.capability.ShareFolder;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.MountedShare;
import io.nationtech.harmony.domain.value.ShareName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lets containers have shares, when they are there: a container that starts before its share is mounted would write into the empty folder
 * below, and nobody would see it. The file system is asked by programs, which are killed at their deadline, as a server that does not answer
 * holds up whoever asks for its files.
 *
 * <p>Safe for use by several threads; not by two about one container.
 */
final class ShareMounts {
    private static final Duration ANSWER = Duration.ofSeconds(5);

    /** Automounters' own: what they are to mount is not there yet. */
    private static final String AUTOMOUNTER = "autofs";

    /** Of a share that is there and is no mount. */
    private static final String UNMOVED = "local";

    /** Of a container that runs while its share is away. */
    private static final List<String> AWAY = List.of("away");

    private final NodeShares shares;
    private final Programs programs;

    /** With which mounts containers run, as far as it was seen: a container keeps what was mounted when it started. */
    private final Map<UnitName, List<String>> runningWith = new ConcurrentHashMap<>();

    ShareMounts(NodeShares shares, Programs programs) {
        this.shares = shares;
        this.programs = programs;
    }

    /**
     * A share that is there, or is not.
     */
    private sealed interface Search {
        /**
         * @param mount tells one mount from the next at the same place
         */
        record Found(String folder, String mount) implements Search {}

        record Missing(Cause cause) implements Search {}
    }

    /**
     * Does the work when all shares of a container are there. One that ran on while a share was away, or was mounted anew, is started again.
     *
     * @param restart starts a container again that runs
     * @param work given the shares as podman's and quadlet's volume option want them
     */
    Outcome with(
            UnitName unit,
            Container container,
            BooleanSupplier isRunning,
            Supplier<Outcome> restart,
            Function<List<String>, Outcome> work) {
        List<String> volumes = new ArrayList<>();
        List<String> mounts = new ArrayList<>();
        for (MountedShare wanted : container.storage().shares()) {
            switch (find(Asker.of(container), wanted.share())) {
                case Search.Found(String folder, String mount) -> {
                    volumes.add("%s:%s:%s,rslave"
                            .formatted(folder, wanted.at(), EquippedContainer.option(wanted.access())));
                    mounts.add(mount);
                }
                case Search.Missing(Cause cause) -> {
                    if (isRunning.getAsBoolean()) {
                        runningWith.put(unit, AWAY);
                    } else {
                        forget(unit);
                    }
                    return new Outcome.Failed(cause);
                }
            }
        }
        List<String> before = runningWith.getOrDefault(unit, mounts);
        Outcome done = work.apply(volumes);
        boolean isStale = done instanceof Outcome.Unchanged && !before.equals(mounts) && isRunning.getAsBoolean();
        Outcome outcome = isStale ? restart.get() : done;
        if (mounts.isEmpty()) {
            forget(unit);
        } else if (!(outcome instanceof Outcome.Failed)) {
            runningWith.put(unit, List.copyOf(mounts));
        }
        return outcome;
    }

    /** Of a container that is no more. */
    void forget(UnitName unit) {
        runningWith.remove(unit);
    }

    /** Where something must be mounted before that container starts. */
    List<String> mountPoints(Container container) {
        return container.storage().shares().stream()
                .flatMap(wanted -> shares.find(wanted.share()).flatMap(SharedFolder::mount).stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** Where a share is, for whoever reads or writes there without a container. */
    ShareFolder folder(ShareName share) {
        return switch (find(new Asker("this node", "the next try is by itself"), share)) {
            case Search.Found(String folder, String _) -> new ShareFolder.There(Path.of(folder));
            case Search.Missing(Cause cause) -> new ShareFolder.Away(cause);
        };
    }

    /**
     * For whom it is looked.
     *
     * @param afterwards what becomes of that once the share is there
     */
    private record Asker(String name, String afterwards) {
        static Asker of(Container container) {
            return new Asker(
                    "container '%s'".formatted(container.name()),
                    "the container starts by itself then, and one that runs keeps what it had");
        }
    }

    private Search find(Asker asker, ShareName share) {
        return shares.find(share)
                .map(folder -> find(asker, folder))
                .orElseGet(() -> missing(
                        asker,
                        share,
                        "this node has no such share",
                        "settings of this node's agent",
                        "say there where it is, as in HARMONY_SHARES=%s=mount:/mnt/nas, and start the agent again; else deploy again, so that another node is chosen"
                                .formatted(share)));
    }

    private Search find(Asker asker, SharedFolder there) {
        String folder = there.folder();
        // With a slash at its end it is entered, which makes an automounter mount it.
        Finished real = programs.run(ANSWER, "realpath", "--canonicalize-existing", "--", folder + "/");
        Optional<String> mount = there.mount().map(this::mounted).orElse(Optional.of(UNMOVED));
        if (mount.isEmpty()) {
            String point = there.mount().orElseThrow();
            return missing(
                    asker,
                    there.share(),
                    "nothing is mounted at " + point,
                    point + " on this node",
                    "mount it (`mount %s`), and see that its server or disk is on; %s"
                            .formatted(point, asker.afterwards()));
        }
        if (!real.succeeded()) {
            return missing(
                    asker,
                    there.share(),
                    "folder %s cannot be entered: %s".formatted(folder, real.complaint()),
                    folder + " on this node",
                    "make the folder, for those whom it is to belong to, or see why its server or disk does not answer; it is never made here");
        }
        if (!real.output().strip().equals(folder)) {
            return missing(
                    asker,
                    there.share(),
                    "%s leads to %s by a symbolic link"
                            .formatted(folder, real.output().strip()),
                    folder + " on this node",
                    "name the folder itself in HARMONY_SHARES");
        }
        return new Search.Found(folder, mount.get());
    }

    /** What is mounted at a place, on top of all else there; empty when nothing is. Its server is not asked. */
    private Optional<String> mounted(String point) {
        Finished found =
                programs.run(ANSWER, "findmnt", "--noheadings", "--output", "ID,MAJ:MIN,FSTYPE", "--mountpoint", point);
        return found.output()
                .lines()
                .reduce((_, last) -> last)
                .map(String::strip)
                .filter(line -> found.succeeded() && !line.endsWith(AUTOMOUNTER));
    }

    private static Search missing(Asker asker, ShareName share, String why, String where, String next) {
        return new Search.Missing(
                new Cause("%s has no share '%s': %s".formatted(asker.name(), share, why), where, next));
    }
}
