package io.nationtech.harmony.installer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.disks.Disk;
import io.nationtech.harmony.installer.DiskChoice.Loss;
import io.nationtech.harmony.seed.Install;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiskChoiceTest {
    private static final String BEGUN = "[Installation]\nid = " + Machines.ID + "\ndisk = the disk\n";

    /** What is chosen, or a part of why nothing is. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nvme-and-stick         | [Install]                                          | /dev/nvme0n1 NOTHING
            nvme-and-stick         | [Install]\\nmin-size = 1T                          | for no disk all holds
            nvme-and-stick         | [Install]\\ndisk = /dev/sda                        | for no disk all holds
            two-empty              | [Install]                                          | 2 disks are empty, or what `erase` says: /dev/nvme0n1, /dev/sdb
            two-empty              | [Install]\\ndisk = /dev/sdb                        | /dev/sdb NOTHING
            two-empty              | [Install]\\nmodel = Samsung SSD 980 500GB          | /dev/nvme0n1 NOTHING
            two-empty              | [Install]\\nserial = WD-WCC6Y4ABCDEF               | /dev/sdb NOTHING
            two-empty              | [Install]\\nserial = WD-WCC6Y4ABCDEF\\nmax-size = 600G | for no disk all holds
            two-empty              | [Install]\\nmax-size = 600G                        | /dev/nvme0n1 NOTHING
            two-empty              | [Install]\\nmin-size = 100G                        | for 2 disks all holds
            windows                | [Install]                                          | no disk is empty
            windows                | [Install]\\ndisk = /dev/nvme0n1                    | disk /dev/nvme0n1 holds data: 4 partitions: EFI system partition, Microsoft reserved
            windows                | [Install]\\ndisk = /dev/nvme0n1\\nerase = yes      | and `erase = yes` is not its word
            windows                | [Install]\\ndisk = /dev/nvme0n1\\nerase = S64DN    | is not its word
            windows                | [Install]\\ndisk = /dev/nvme0n1\\nerase = S64DNL   | /dev/nvme0n1 AGREED
            windows                | [Install]\\nerase = S64DNL0T812345K                | /dev/nvme0n1 AGREED
            whole-disk-file-system | [Install]\\ndisk = /dev/nvme0n1                    | disk /dev/nvme0n1 holds data: crypto_LUKS
            emmc                   | [Install]                                          | /dev/mmcblk0 NOTHING
            emmc                   | [Install]\\ndisk = /dev/mmcblk1                    | holds data: 1 partition: vfat
            emmc                   | [Install]\\ndisk = /dev/mmcblk1\\nerase = 0x9988   | /dev/mmcblk1 AGREED
            emmc                   | [Install]\\ndisk = /dev/mmcblk0boot0               | for no disk all holds
            usb-disk               | [Install]                                          | no disk is empty
            usb-disk               | [Install]\\nmin-size = 100G                        | for no disk all holds
            usb-disk               | [Install]\\ndisk = /dev/sdb                        | /dev/sdb NOTHING
            virtual                | [Install]                                          | /dev/vda NOTHING
            small-and-read-only    | [Install]                                          | no disk is empty
            """)
    void aSeedChoosesOneDiskOrNone(String machine, String seed, String expected) {
        DiskChoice choice = choose(machine, seed);

        assertTrue(said(choice).contains(expected), () -> said(choice));
    }

    @Test
    void withoutAWordInTheSeedSomebodyIsAskedWhoeverIsEmpty() {
        assertEquals(List.of("/dev/nvme0n1"), asked("nvme-and-stick"));
        assertEquals(List.of("/dev/nvme0n1"), asked("windows"));
        assertEquals(List.of("/dev/nvme0n1", "/dev/sdb"), asked("two-empty"));
        assertInstanceOf(DiskChoice.None.class, choose("small-and-read-only", ""));
    }

    @Test
    void whatWasCutOffIsWrittenAnewWithoutAskingWhateverTheSeedSays() {
        for (String more : List.of("", "[Install]\n", "[Install]\nmin-size = 2T\n")) {
            assertEquals("/dev/nvme0n1 UNFINISHED", said(choose("cut-off", BEGUN + more)));
        }
    }

    /** It may have data by now. */
    @Test
    void aNodeThatWasStartedIsNeverWrittenAnew() {
        assertInstanceOf(DiskChoice.Installed.class, choose("installed-and-started", BEGUN + "[Install]\n"));
    }

    @Test
    void anInstallationOfAnotherStickIsDataAsAnyOther() {
        String other = BEGUN.replace("6f1d", "0000") + "[Install]\ndisk = /dev/nvme0n1\n";

        assertTrue(said(choose("cut-off", other)).contains("holds data: 4 partitions: ESP, harmony_"));
        assertTrue(said(choose("cut-off", "[Install]\n")).contains("no disk is empty"));
    }

    @Test
    void whyADiskIsLeftOutIsSaid() {
        List<Disk> disks = Machines.disks("small-and-read-only");
        assertEquals("the stick itself", unfit(disks, "/dev/sda"));
        assertEquals("too small: 8 GB are needed", unfit(disks, "/dev/vda"));
        assertEquals("cannot be written to", unfit(disks, "/dev/vdb"));
        assertEquals(
                "can be taken out; only a seed that names it means it", unfit(Machines.disks("usb-disk"), "/dev/sdb"));
    }

    private static String unfit(List<Disk> disks, String path) {
        return DiskChoice.unfit(
                        Machines.disk(disks, path), Machines.disk(disks, "/dev/sda"), Install.ONTO_THE_EMPTY_DISK)
                .orElseThrow();
    }

    private static List<String> asked(String machine) {
        return assertInstanceOf(DiskChoice.Ask.class, choose(machine, "")).disks().stream()
                .map(Disk::path)
                .toList();
    }

    private static DiskChoice choose(String machine, String seed) {
        List<Disk> disks = Machines.disks(machine);
        return DiskChoice.of(disks, Machines.disk(disks, "/dev/sda"), Machines.seed(seed.replace("\\n", "\n")));
    }

    private static String said(DiskChoice choice) {
        return switch (choice) {
            case DiskChoice.Onto(Disk disk, Loss loss) -> disk.path() + " " + loss;
            case DiskChoice.None(String why, String _) -> why;
            case DiskChoice.Ask _, DiskChoice.Installed _ -> choice.toString();
        };
    }
}
