package io.nationtech.harmony.installer;

import io.nationtech.harmony.disks.Disk;
import io.nationtech.harmony.disks.Partition;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.installer.DiskChoice.Loss;
import io.nationtech.harmony.seed.Install;
import io.nationtech.harmony.seed.Installation;
import io.nationtech.harmony.seed.Seed;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The steps of an installation, each of which may be the last before the power goes: the next start from the stick goes on from what is there.
 * The stick is told which number the disk's boot partition gets before anything is written to the disk; the disk has a partition table
 * only when all is written; and the stick is told last that it is done, with which what is secret goes from it.
 */
final class Installing {
    /** What was written beside the copied partitions: the boot loader and a kernel, by rule of thumb. */
    private static final long BOOT_BYTES = 80_000_000L;

    private static final int LONGEST_SHOWN = 200;

    private final Screens screens;
    private final Site site;
    private final InstantSource clock;

    Installing(Screens screens, Site site, InstantSource clock) {
        this.screens = screens;
        this.site = site;
        this.clock = clock;
    }

    /** How it ended, where it did not fail. */
    enum Outcome {
        DONE,
        /** This stick had done it before. */
        DONE_BEFORE
    }

    /**
     * @throws InstallationFailedException when nothing can be installed; then no disk has changed, or is being written and will be again
     */
    Outcome run(List<Disk> disks) throws InterruptedException {
        screens.say("\nHarmony %s installs a node on this machine.\nStick: %s"
                .formatted(site.system().version(), site.system().stick()));
        Seed seed = site.seed().read();
        Optional<Installation> before =
                seed.installation().filter(done -> done.finished().isPresent());
        if (before.isPresent()) {
            screens.say(
                    "This stick has installed a node already: onto %s, at %s.\nTo use it again, write it anew: `harmony usb create`."
                            .formatted(
                                    before.get().disk(), before.get().finished().orElseThrow()));
            return Outcome.DONE_BEFORE;
        }
        seed.summary().forEach(screens::say);
        show(disks, seed);
        return switch (DiskChoice.of(disks, site.system().stick(), seed)) {
            case DiskChoice.Onto(Disk disk, Loss loss) -> install(seed, disk, loss);
            case DiskChoice.Ask(List<Disk> fit) -> {
                Disk disk = asked(fit);
                yield install(seed, disk, disk.content().isEmpty() ? Loss.NOTHING : Loss.AGREED);
            }
            case DiskChoice.Installed(Disk disk) -> {
                screens.say("This stick has installed %s already.".formatted(disk));
                finish(seed, seed.installation().orElseThrow());
                yield Outcome.DONE_BEFORE;
            }
            case DiskChoice.None(String why, String next) ->
                throw new InstallationFailedException(new Cause(why, "nothing was written", next));
        };
    }

    private void show(List<Disk> disks, Seed seed) {
        screens.say("Disks:");
        for (Disk disk : disks) {
            String fit = DiskChoice.unfit(
                            disk, site.system().stick(), seed.install().orElse(Install.ONTO_THE_EMPTY_DISK))
                    .map(why -> " (%s)".formatted(why))
                    .orElse("");
            screens.say("  %s: %s%s".formatted(disk, disk.content(), fit));
        }
    }

    private Disk asked(List<Disk> fit) throws InterruptedException {
        screens.say("\nOnto which disk? All that is on it is lost.");
        fit.forEach(disk -> screens.say("  type %s  for %s: %s".formatted(disk.word(), disk, disk.content())));
        while (true) {
            String typed = screens.ask("Disk:");
            List<Disk> meant =
                    fit.stream().filter(disk -> disk.isMeantBy(typed)).toList();
            if (meant.size() == 1) {
                return meant.getFirst();
            }
            screens.say(
                    meant.isEmpty()
                            ? "'%s' is none of them.".formatted(typed)
                            : "'%s' is %d of them: type the whole serial number.".formatted(typed, meant.size()));
        }
    }

    private Outcome install(Seed seed, Disk disk, Loss loss) throws InterruptedException {
        Map<String, String> contents = NodeCredentials.of(seed);
        SealedCredentials.Key key = SealedCredentials.key();
        report(disk, loss, sealed(contents.size(), key));
        // A stick that cannot be written to is found out here, before anything is lost.
        Installation going = new Installation(id(seed, loss), shown(disk), Optional.empty());
        site.seed().write(seed.during(going));
        Path credentials = site.work().resolve("credentials");
        SealedCredentials.write(contents, key, credentials);
        Screens.Progress progress = screens.progress("Writing " + disk.path());
        long all = BOOT_BYTES + bytes();
        progress.at(0);
        site.repart()
                .write(
                        disk,
                        site.system(),
                        going.id(),
                        credentials,
                        written -> progress.at((int) Math.min(99, written * 100 / all)));
        progress.at(100);
        finish(seed, going);
        screens.say("\nThe node is installed onto %s.".formatted(disk));
        return Outcome.DONE;
    }

    /** Short enough for a seed. */
    private static String shown(Disk disk) {
        String text = disk.toString();
        return text.substring(0, Math.min(LONGEST_SHOWN, text.length()));
    }

    private static UUID id(Seed seed, Loss loss) {
        return seed.installation()
                .filter(_ -> loss == Loss.UNFINISHED)
                .map(Installation::id)
                .orElseGet(UUID::randomUUID);
    }

    private void report(Disk disk, Loss loss, String credentials) {
        screens.say("\nThis is written onto %s:".formatted(disk));
        screens.say("  boot partition: the boot loader, %s, %s"
                .formatted(site.system().kernel(), credentials));
        for (Partition part : site.system().parts()) {
            screens.say("  %s, from %s".formatted(part, part.path()));
        }
        screens.say("  room for the next version; the rest is the node's, and made at its first start");
        screens.say(
                switch (loss) {
                    case NOTHING -> "The disk is empty.";
                    case UNFINISHED ->
                        "What an installation from this stick left there, which was cut off, is written anew.";
                    case AGREED -> "What is on it is lost: %s.".formatted(disk.content());
                });
    }

    private static String sealed(int credentials, SealedCredentials.Key key) {
        if (credentials == 0) {
            return "and nothing of a seed";
        }
        return "%d credentials, %s"
                .formatted(
                        credentials,
                        switch (key) {
                            case TPM -> "which this machine's TPM alone opens";
                            case NONE -> "not sealed, as this machine has no TPM: who takes the disk can read them";
                        });
    }

    private long bytes() {
        return site.system().parts().stream().mapToLong(Partition::bytes).sum();
    }

    private void finish(Seed seed, Installation going) {
        site.seed()
                .write(seed.afterInstallation(new Installation(
                        going.id(), going.disk(), Optional.of(clock.instant().truncatedTo(ChronoUnit.SECONDS)))));
        site.seed().wipeFreeSpace();
        screens.say("What was secret is wiped from the stick.");
    }
}
