package io.nationtech.harmony.installer;

import io.nationtech.harmony.disks.Disk;
import io.nationtech.harmony.disks.DisksUnavailableException;
import io.nationtech.harmony.disks.Lsblk;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.seed.StickImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Installs a node from the stick that this machine was started from. */
public final class Installer {
    private static final Duration SHORT = Duration.ofMinutes(1);
    private static final Duration LOOKING = Duration.ofSeconds(1);
    private static final Path DEFINITIONS = Path.of("/usr/lib/harmony/install.repart.d");
    /** The kernel's magic keys (admin-guide/sysrq of its documentation). */
    private static final Path RESTART = Path.of("/proc/sysrq-trigger");

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
        } catch (RuntimeException e) {
            e.printStackTrace();
            tell(
                    screens,
                    new Cause(
                            "something unforeseen: " + e,
                            "the installer",
                            "start the machine from the stick again, and report this"));
        }
        System.exit(code);
    }

    private static void tell(Screens screens, Cause cause) {
        screens.say("\n✗ %s (%s)\n  → %s".formatted(cause.what(), cause.where(), cause.next()));
    }

    private void run() throws InterruptedException {
        List<Disk> disks = Lsblk.disks();
        StickSystem system = StickSystem.of(disks, Path.of("/"));
        switch (installed(system, disks)) {
            case DONE -> {
                screens.say("\nPull the stick. The machine starts again, from its disk.");
                Tool.run(SHORT, "systemctl", "reboot");
            }
            case DONE_BEFORE -> {
                screens.say("\nPull the stick: then the machine starts again, from its disk.");
                restartOnce(Path.of("/sys/class/block", system.stick().name()));
            }
        }
    }

    private Installing.Outcome installed(StickSystem system, List<Disk> disks) throws InterruptedException {
        Path folder = mounted(system);
        try {
            Site site = new Site(system, new SeedFolder(folder), new Repart(DEFINITIONS, work), work);
            return new Installing(screens, site, InstantSource.system()).run(disks);
        } finally {
            unmount(folder);
        }
    }

    private static void unmount(Path folder) throws InterruptedException {
        try {
            Tool.run(SHORT, "umount", folder.toString());
        } catch (InstallationFailedException e) {
            // All that was written is on the stick, and the machine is about to start again.
        }
    }

    /** Without any program, as they are gone with the stick; nothing is open for writing by then. */
    private static void restartOnce(Path isThere) throws InterruptedException {
        try (OutputStream kernel = Files.newOutputStream(RESTART)) {
            while (Files.exists(isThere)) {
                Thread.sleep(LOOKING);
            }
            kernel.write('b');
        } catch (IOException e) {
            // Then somebody presses the button.
        }
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
        Tool.run(SHORT, "mount", "-t", "vfat", "-o", "nosuid,nodev,noexec,umask=0077", partition, folder.toString());
        return folder;
    }
}
