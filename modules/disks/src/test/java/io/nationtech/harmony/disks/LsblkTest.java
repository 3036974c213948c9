package io.nationtech.harmony.disks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.disks.Disk.Trait;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LsblkTest {
    private static final String TWO = """
            {"blockdevices": [
              {"name": "sda", "path": "/dev/sda", "type": "disk", "size": 8053063680, "ro": false, "rm": true, "tran": "usb",
               "model": "Ul\\u001btra            ", "serial": "4C530001", "pttype": "gpt", "fstype": null, "mountpoints": [null],
               "children": [
                 {"name": "sda1", "path": "/dev/sda1", "type": "part", "size": 536870912, "fstype": "vfat", "partlabel": "ESP",
                  "partuuid": "0c8c2e4f-5b1d-4f3e-8a55-000000000001", "partflags": null, "mountpoints": ["/boot"]},
                 {"name": "sda4", "path": "/dev/sda4", "type": "part", "size": 1073741824, "fstype": "erofs",
                  "partlabel": "harmony_202611300900", "partflags": "0x1000000000000000", "mountpoints": [null],
                  "children": [
                    {"name": "usr", "path": "/dev/mapper/usr", "type": "crypt", "size": 1073741824, "mountpoints": ["/usr"]}]}]},
              {"name": "sr0", "path": "/dev/sr0", "type": "rom", "size": 1073741312, "mountpoints": [null]},
              {"name": "zram0", "path": "/dev/zram0", "type": "disk", "size": 0, "mountpoints": [null]},
              {"name": "mmcblk0", "path": "/dev/mmcblk0", "type": "disk", "size": 31268536320, "ro": true, "rm": false, "tran": null,
               "model": null, "serial": null, "pttype": null, "fstype": null, "mountpoints": [null]}]}
            """;

    @Test
    void whatItWritesIsReadWithWhatLiesAboveAPartition() {
        List<Disk> disks = Lsblk.parse(TWO);

        assertEquals(
                List.of("/dev/sda", "/dev/mmcblk0"),
                disks.stream().map(Disk::path).toList());
        Disk stick = disks.getFirst();
        assertEquals(Optional.of("Ul?tra"), stick.model());
        assertEquals(Set.of(Trait.REMOVABLE), stick.extent().traits());
        assertEquals(List.of("/boot", "/usr"), stick.content().mounts());
        assertEquals(
                1L << 60, stick.partition("harmony_202611300900").orElseThrow().flags());
        assertFalse(stick.content().isEmpty());
        assertEquals("2 partitions: ESP, harmony_202611300900", stick.content().toString());
        assertEquals("/dev/sda, 8053 MB, Ul?tra, serial 4C530001", stick.toString());

        Disk card = disks.getLast();
        assertEquals(Set.of(Trait.READ_ONLY), card.extent().traits());
        assertTrue(card.content().isEmpty());
        assertEquals("/dev/mmcblk0, 31 GB, no model, no serial number", card.toString());
    }

    @Test
    void aDiskIsMeantByItsWordAndByItsWholeSerialNumber() {
        Disk stick = Lsblk.parse(TWO).getFirst();
        Disk card = Lsblk.parse(TWO).getLast();

        assertEquals("4C5300", stick.word());
        assertTrue(stick.isMeantBy("4C5300") && stick.isMeantBy("4C530001"));
        assertFalse(stick.isMeantBy("4C530") || stick.isMeantBy("sda") || stick.isMeantBy(""));
        assertEquals("mmcblk0", card.word());
    }

    @Test
    void whatIsNotItsOutputIsRefused() {
        for (String odd : List.of(
                "",
                "lsblk: failed",
                "{\"blockdevices\": [",
                "[1]",
                "{\"blockdevices\":[{\"type\":\"disk\",\"size\":1}]}")) {
            assertThrows(DisksUnavailableException.class, () -> Lsblk.parse(odd), odd);
        }
        assertEquals(List.of(), Lsblk.parse("{\"blockdevices\": 7}"));
    }

    /** Nothing runs udev here, from which lsblk has what lies on a disk. */
    @Test
    void whatLiesOnADiskIsSeenWithoutUdev() throws Exception {
        try (LoopDevice device = LoopDevice.of(64 << 20)) {
            assertTrue(device.disk().content().isEmpty(), device::toString);

            device.run("mkfs.ext4", "-q");
            assertEquals("ext4", device.disk().content().toString());

            device.run("wipefs", "--all", "--quiet");
            device.run("sfdisk", "--quiet");
            assertFalse(device.disk().content().isEmpty());
        }
    }
}
