package io.nationtech.harmony.installer;

import io.nationtech.harmony.disks.Disk;
import io.nationtech.harmony.disks.Disk.Trait;
import io.nationtech.harmony.disks.Partition;
import io.nationtech.harmony.seed.Install;
import io.nationtech.harmony.seed.Installation;
import io.nationtech.harmony.seed.Seed;
import java.util.List;
import java.util.Optional;

/** Onto which disk. Never guesses between two, and takes none that holds data unless somebody says so. */
sealed interface DiskChoice {
    /** What a seller of disks calls 8 GB, and some keep a little back: room for two systems, and a little data. */
    long LEAST_BYTES = 7_500_000_000L;

    String STATE = "harmony-state";

    /** Onto this one. */
    record Onto(Disk disk, Loss loss) implements DiskChoice {}

    /** Somebody is to say which of these. */
    record Ask(List<Disk> disks) implements DiskChoice {
        public Ask {
            disks = List.copyOf(disks);
        }
    }

    /** This stick installed that disk already, and the node has been started since, or may have been. */
    record Installed(Disk disk) implements DiskChoice {}

    /** Onto none. */
    record None(String why, String next) implements DiskChoice {}

    /** What is lost on the disk, and by whose leave. */
    enum Loss {
        NOTHING,
        /** What an installation from this stick left, which was cut off. */
        UNFINISHED,
        /** Its data, as the seed says. */
        AGREED
    }

    /**
     * Chooses.
     *
     * @param disks all that there are
     * @param stick the one that this runs from
     */
    static DiskChoice of(List<Disk> disks, Disk stick, Seed seed) {
        Optional<Disk> begun = seed.installation().flatMap(installation -> begun(disks, installation));
        if (begun.isPresent()) {
            return begun.get().partition(STATE).isPresent()
                    ? new Installed(begun.get())
                    : new Onto(begun.get(), Loss.UNFINISHED);
        }
        return seed.install().map(install -> bySeed(disks, stick, install)).orElseGet(() -> byPerson(disks, stick));
    }

    private static Optional<Disk> begun(List<Disk> disks, Installation installation) {
        return disks.stream()
                .filter(disk -> disk.content().partitions().stream()
                        .map(Partition::uuid)
                        .flatMap(Optional::stream)
                        .anyMatch(installation.id().toString()::equalsIgnoreCase))
                .findFirst();
    }

    private static DiskChoice byPerson(List<Disk> disks, Disk stick) {
        List<Disk> fit = disks.stream()
                .filter(disk -> unfit(disk, stick, Install.ONTO_THE_EMPTY_DISK).isEmpty())
                .toList();
        return fit.isEmpty()
                ? new None(
                        "there is no disk that Harmony can be installed onto",
                        "the list above says why each is left out")
                : new Ask(fit);
    }

    private static DiskChoice bySeed(List<Disk> disks, Disk stick, Install install) {
        List<Disk> meant = disks.stream()
                .filter(disk -> unfit(disk, stick, install).isEmpty())
                .filter(disk -> install.isSelective()
                        ? isMeant(disk, install)
                        : disk.content().isEmpty()
                                || install.erase().filter(disk::isMeantBy).isPresent())
                .toList();
        if (meant.isEmpty()) {
            return new None(
                    install.isSelective()
                            ? "for no disk all holds that the seed says below [Install]"
                            : "no disk is empty",
                    "say there which of the disks above is meant, by `disk` or `serial`; one with data on it also wants `erase`, with its word");
        }
        if (meant.size() > 1) {
            return new None(
                    "%s: %s"
                            .formatted(
                                    install.isSelective()
                                            ? "for %d disks all holds that the seed says below [Install]"
                                                    .formatted(meant.size())
                                            : "%d disks are empty, or what `erase` says".formatted(meant.size()),
                                    String.join(
                                            ", ", meant.stream().map(Disk::path).toList())),
                    "say there which is meant, by `disk` or `serial`");
        }
        return confirmed(meant.getFirst(), install);
    }

    private static DiskChoice confirmed(Disk disk, Install install) {
        if (disk.content().isEmpty()) {
            return new Onto(disk, Loss.NOTHING);
        }
        if (install.erase().filter(disk::isMeantBy).isPresent()) {
            return new Onto(disk, Loss.AGREED);
        }
        return new None(
                "disk %s holds data: %s%s"
                        .formatted(
                                disk.path(),
                                disk.content(),
                                install.erase()
                                        .map("; and `erase = %s` is not its word"::formatted)
                                        .orElse("")),
                "if all of it may be lost, write into the seed, below [Install]: erase = " + disk.word());
    }

    /** Why a disk cannot be installed onto, whatever is on it. */
    static Optional<String> unfit(Disk disk, Disk stick, Install install) {
        if (disk.path().equals(stick.path())) {
            return Optional.of("the stick itself");
        }
        if (!disk.content().mounts().isEmpty()) {
            return Optional.of("in use");
        }
        if (disk.extent().traits().contains(Trait.READ_ONLY)) {
            return Optional.of("cannot be written to");
        }
        if (disk.extent().bytes() < LEAST_BYTES) {
            return Optional.of("too small: 8 GB are needed");
        }
        if (disk.extent().traits().contains(Trait.REMOVABLE) && !(install.namesDisk() && isMeant(disk, install))) {
            return Optional.of("can be taken out; only a seed that names it means it");
        }
        return Optional.empty();
    }

    private static boolean isMeant(Disk disk, Install install) {
        return install.path().filter(path -> !path.equals(disk.path())).isEmpty()
                && install.model()
                        .filter(model -> !disk.model().equals(Optional.of(model)))
                        .isEmpty()
                && install.serial()
                        .filter(serial -> !disk.serial().equals(Optional.of(serial)))
                        .isEmpty()
                && install.sizes().allow(disk.extent().bytes());
    }
}
