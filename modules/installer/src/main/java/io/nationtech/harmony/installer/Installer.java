package io.nationtech.harmony.installer;

import io.nationtech.harmony.disks.Disk;
import io.nationtech.harmony.disks.DisksUnavailableException;
import io.nationtech.harmony.disks.Lsblk;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.seed.StickImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Installs a node from the stick that this machine was started from. */
public final class Installer {
    private static final Duration SHORT = Duration.ofMinutes(1);

    private final Screens screens;
    private final Path work;

    private Installer(Screens screens, Path work) {
        this.screens = screens;
        this.work = work;
    }

    /**
     * Ends with 0 when the machine may be started from its disk, else with 1.
     *
     * @param arguments none
     */
    public static void main(String... arguments) throws InterruptedException {
        Screens screens = Screens.ofMachine();
        int code = 1;
        try {
            new Installer(screens, Path.of("/run/harmony-install")).run();
            code = 0;
        } catch (InstallationFailedException e) {
            tell(screens, e.why());
        } catch (DisksUnavailableException e) {
            tell(screens, e.why());
        }
        System.exit(code);
    }

    private static void tell(Screens screens, Cause cause) {
        screens.say("\n✗ %s (%s)\n  → %s".formatted(cause.what(), cause.where(), cause.next()));
    }

    private void run() throws InterruptedException {
        List<Disk> disks = Lsblk.disks();
        StickSystem system = StickSystem.of(disks, Path.of("/"));
        Path folder = mounted(system);
        try {
            Site site = new Site(
                    system,
                    new SeedFolder(folder),
                    new Repart(Path.of("/usr/lib/harmony/install.repart.d"), work),
                    work);
            switch (new Installing(screens, site, InstantSource.system()).run(disks)) {
                case DONE -> screens.say("\nPull the stick. The machine starts again, from its disk.");
                case DONE_BEFORE -> {
                    screens.say("\nPull the stick, and start the machine again: it starts from its disk.");
                    return;
                }
            }
        } finally {
            Program.run(SHORT, "umount", folder.toString());
        }
        Program.run(SHORT, "systemctl", "reboot");
    }

    private Path mounted(StickSystem system) throws InterruptedException {
        Path folder = work.resolve("seed");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new InstallationFailedException(new Cause(
                    "there is no room in memory: " + e, folder.toString(), "the machine needs 1 GB of memory"));
        }
        String partition =
                system.stick().partition(StickImage.LABEL).orElseThrow().path();
        Program.run(SHORT, "mount", "-t", "vfat", "-o", "nosuid,nodev,noexec,umask=0077", partition, folder.toString());
        return folder;
    }
}
