package io.nationtech.harmony.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.mesh.contract.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new system goes into the free slot, and one that does not get well makes room for the one before, with no help from outside. */
@Tag("long")
final class SlotsTest {
    private static final Duration TO_BOOT = Duration.ofMinutes(6);
    private static final Duration TO_ANSWER = Duration.ofMinutes(1);
    private static final Duration TO_WRITE = Duration.ofMinutes(5);
    /** Three tries of the new system and one of the old. */
    private static final Duration TO_COME_BACK = Duration.ofMinutes(20);

    private static final int TRIES = 3;

    private static final String WRITE =
            "systemctl start harmony-os-update || { journalctl -u harmony-os-update --no-pager; exit 1; }";

    private static final String LAST_FAILURE = "/var/lib/harmony/os/last-failure";

    /** Which kernel image runs, in UTF-16. */
    private static final String KERNEL_IMAGE =
            "/sys/firmware/efi/efivars/StubImageIdentifier-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f";

    /** The image's own 90 seconds, shortened. */
    private static final Credential GIVES_UP_SOON =
            new Credential("systemd.unit-dropin.initrd-usr-fs.target", "[Unit]\nJobTimeoutSec=45s\n");

    @TempDir
    private Path folder;

    @Test
    void slotsTakeTurnsAndWhatANodeKeepsStays() throws IOException {
        try (VirtualMachine node = boot(List.of(GIVES_UP_SOON), Release.NEXT, Release.AFTER_NEXT)) {
            String first = Release.current().version();
            assertEquals(first, version(node));
            told(node, "echo kept >/var/lib/kept; touch /etc/of-this-node");
            String machine = told(node, "cat /etc/machine-id");

            update(node, Release.NEXT);
            assertEquals(Release.NEXT, version(node));
            awaitBlessed(node, Release.NEXT);

            update(node, Release.AFTER_NEXT);
            assertEquals(Release.AFTER_NEXT, version(node));
            awaitBlessed(node, Release.AFTER_NEXT);

            assertEquals(
                    List.of("harmony_%s.efi".formatted(Release.NEXT), "harmony_%s.efi".formatted(Release.AFTER_NEXT)),
                    told(node, "ls /boot/EFI/Linux").lines().toList());
            assertEquals(
                    List.of("harmony_" + Release.AFTER_NEXT, "harmony_" + Release.NEXT),
                    told(node, "lsblk --noheadings --output PARTLABEL /dev/vda | grep -E '^harmony_[0-9]+$' | sort -r")
                            .lines()
                            .toList());
            assertEquals("kept", told(node, "cat /var/lib/kept; ls /etc/of-this-node >/dev/null"));
            assertEquals(machine, told(node, "cat /etc/machine-id"));
            // What is not newer than what runs is no update.
            stage(node, Release.NEXT);
            told(node, WRITE);
            assertEquals(2, told(node, "ls /boot/EFI/Linux").lines().count());

            // It was kept, and its tries are counted no more; then its slot rots.
            int before = node.booted().size();
            String kept = node.booted().getLast();
            rot(node, Release.AFTER_NEXT);
            told(node, "systemd-run --on-active=1s systemctl reboot");
            Eventually.holds("the one before takes its place", TO_COME_BACK, () -> {
                node.requireRunning();
                return !node.booted().getLast().equals(kept);
            });
            System.out.println("booted: " + node.booted());
            assertEquals(
                    Collections.nCopies(TRIES, kept),
                    node.booted().subList(before, node.booted().size() - 1));
            assertEquals(Release.NEXT, version(node));
            assertEquals("kept", told(node, "cat /var/lib/kept"));
        }
    }

    @Test
    void aCorruptSystemMakesRoomForTheOneBefore() throws IOException {
        try (VirtualMachine node = boot(List.of(GIVES_UP_SOON), Release.NEXT)) {
            assertEquals(Release.current().version(), version(node));
            stage(node, Release.NEXT);
            told(node, WRITE);
            rot(node, Release.NEXT);
            assertComesBack(node, "stage initrd");
        }
    }

    @Test
    void anUnhealthySystemMakesRoomForTheOneBefore() throws IOException {
        try (VirtualMachine node = boot(
                List.of(new Credential("systemd.unit-dropin.harmony-health.service", """
                [Service]
                ExecStartPre=/bin/sh -c '! grep IMAGE_VERSION=%s /usr/lib/os-release'
                """.formatted(Release.NEXT))),
                Release.NEXT)) {
            assertEquals(Release.current().version(), version(node));
            stage(node, Release.NEXT);
            told(node, WRITE);
            assertComesBack(node, "harmony-health.service");
        }
    }

    @Test
    void aSystemThatHangsInItsInitrdMakesRoomForTheOneBefore() throws IOException {
        try (VirtualMachine node = boot(
                List.of(
                        new Credential("systemd.extra-unit.hang.service", """
                        [Unit]
                        DefaultDependencies=no
                        Before=initrd-root-fs.target
                        ConditionPathExists=/etc/initrd-release
                        [Service]
                        Type=oneshot
                        TimeoutStartSec=infinity
                        ExecStart=/bin/sh -c 'tr -d "\\0" <%s | grep %s && exec sleep infinity || exit 0'
                        """.formatted(KERNEL_IMAGE, Release.NEXT)),
                        new Credential("systemd.unit-dropin.initrd-root-fs.target", "[Unit]\nRequires=hang.service\n"),
                        // The image's own 30 minutes, shortened.
                        new Credential("systemd.unit-dropin.initrd.target", "[Unit]\nJobTimeoutSec=1min\n")),
                Release.NEXT)) {
            assertEquals(Release.current().version(), version(node));
            stage(node, Release.NEXT);
            told(node, WRITE);
            assertComesBack(node, "hang.service");
        }
    }

    /** Starts over, and expects the old system within four boots, with the reason. */
    private static void assertComesBack(VirtualMachine node, String reason) throws IOException {
        String old = node.booted().getFirst();
        int before = node.booted().size();
        told(node, "systemd-run --on-active=1s systemctl reboot");
        Eventually.holds("the system before is back", TO_COME_BACK, () -> {
            node.requireRunning();
            List<String> booted = node.booted();
            return booted.size() > before + 1 && booted.getLast().equals(old);
        });
        List<String> tried = node.booted().subList(before, node.booted().size() - 1);
        System.out.println("booted: " + node.booted());
        assertTrue(tried.size() <= TRIES && tried.stream().noneMatch(old::equals), () -> "tried: " + tried);
        assertEquals(1, Set.copyOf(tried).size());
        assertEquals(Release.current().version(), version(node));
        Eventually.holds(
                "the reason is taken over",
                TO_ANSWER,
                () -> node.shell().run("test -e " + LAST_FAILURE, TO_ANSWER).exit() == 0);
        String failure = told(node, "cat " + LAST_FAILURE);
        System.out.println(failure);
        assertEquals("version " + Release.NEXT, failure.lines().findFirst().orElseThrow());
        assertTrue(failure.contains(reason), failure);
        assertTrue(told(node, "ls /boot/EFI/Linux").contains("harmony_%s+0".formatted(Release.NEXT)));
    }

    private VirtualMachine boot(List<Credential> credentials, String... releases) throws IOException {
        Path parts = Files.createDirectory(folder.resolve("parts"));
        for (String version : releases) {
            Release.next(version).putInto(Files.createDirectory(parts.resolve(version)));
        }
        Path medium = folder.resolve("medium.raw");
        Program.output(TO_WRITE, List.of("mkfs.erofs", "--quiet", medium.toString(), parts.toString()));
        return VirtualMachine.boot(
                folder,
                new VirtualMachine.Parts(
                        new VirtualMachine.Content.CopyOf(Release.current().image()),
                        Memory.gibibytes(1),
                        8,
                        credentials,
                        List.of(),
                        Set.of(),
                        List.of(new VirtualMachine.Medium.ReadOnly(medium))));
    }

    private static void stage(VirtualMachine node, String version) {
        told(
                node,
                "mkdir -p /var/lib/harmony /run/medium && { mountpoint -q /run/medium || mount -o ro /dev/vdb /run/medium; }");
        told(
                node,
                "rm -rf /var/lib/harmony/os-update && cp -r /run/medium/%s /var/lib/harmony/os-update"
                        .formatted(version));
    }

    /** The start of /usr's file system changes, which the root hash does not allow. */
    private static void rot(VirtualMachine node, String version) {
        told(
                node,
                "udevadm settle && dd if=/dev/urandom of=/dev/disk/by-partlabel/harmony_%s bs=4k count=1 conv=nocreat,fsync"
                        .formatted(version));
    }

    private static void update(VirtualMachine node, String version) {
        stage(node, version);
        told(node, WRITE);
        assertEquals("harmony_%s+3-0.efi".formatted(version), told(node, "ls /boot/EFI/Linux | grep " + version));
        int before = node.booted().size();
        told(node, "systemd-run --on-active=1s systemctl reboot");
        Eventually.holds("it starts over", TO_BOOT, () -> node.booted().size() > before);
        assertNotEquals(node.booted().get(before - 1), node.booted().getLast());
    }

    /** The trial is over: its kernel image has no counter any more. */
    private static void awaitBlessed(VirtualMachine node, String version) {
        Eventually.holds(
                "the new system is kept",
                TO_BOOT,
                () -> told(node, "ls /boot/EFI/Linux").contains("harmony_%s.efi".formatted(version)));
    }

    /** What runs, once the machine is up. */
    private static String version(VirtualMachine node) {
        String[] version = {""};
        Eventually.holds("the machine is up", TO_BOOT, () -> {
            node.requireRunning();
            try {
                node.shell().awaitBoot();
                version[0] = told(node, "sed -n 's/^IMAGE_VERSION=//p' /usr/lib/os-release | tr -d '\"'");
                return true;
            } catch (MachineException e) {
                return false; // a shell of a boot before
            }
        });
        return version[0];
    }

    private static String told(VirtualMachine node, String command) {
        return GuestNode.told(node, command, TO_WRITE);
    }
}
