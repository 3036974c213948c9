package io.nationtech.harmony.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.disks.Lsblk;
import io.nationtech.harmony.os.update.Machine.Partition;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunningDiskTest {
    private static final String USR = "8484680c-9521-48c6-9c11-b0720656f69e";

    /** As lsblk 2.41 writes it: a stick with another image, and the disk that the machine runs from. */
    private static final String LSBLK = """
            {
               "blockdevices": [
                  {
                     "path": "/dev/sdb", "type": "disk", "parttype": null, "partlabel": null, "size": 16000000000, "mountpoints": [null],
                     "children": [
                        {"path": "/dev/sd1", "type": "part", "parttype": "8484680c-9521-48c6-9c11-b0720656f69e", "partlabel": "harmony_202601010000",
                         "size": 1, "mountpoints": [null]}
                     ]
                  },{
                     "path": "/dev/sda", "type": "disk", "parttype": null, "partlabel": null, "size": 64000000000, "mountpoints": [null],
                     "children": [
                        {"path": "/dev/sd2", "type": "part", "parttype": "c12a7328-f81f-11d2-ba4b-00a0c93ec93b", "partlabel": "ESP",
                         "size": 536870912, "mountpoints": ["/boot"]},
                        {"path": "/dev/sd3", "type": "part", "parttype": "8484680C-9521-48C6-9C11-B0720656F69E", "partlabel": "harmony_202601010000",
                         "size": 1073741824, "mountpoints": [null],
                         "children": [
                            {"path": "/dev/mapper/usr", "type": "crypt", "parttype": null, "partlabel": null, "size": 400000000, "mountpoints": ["/usr"]}
                         ]},
                        {"path": "/dev/sd4", "type": "part", "parttype": "8484680c-9521-48c6-9c11-b0720656f69e", "partlabel": "_empty",
                         "size": 1073741824, "mountpoints": [null]}
                     ]
                  }
               ]
            }
            """;

    @Test
    void thePartitionsAreThoseOfTheDiskThatItRunsFrom() throws IOException {
        assertEquals(
                List.of(
                        new Partition("c12a7328-f81f-11d2-ba4b-00a0c93ec93b", "ESP", 536_870_912),
                        new Partition(USR, "harmony_202601010000", 1_073_741_824),
                        new Partition(USR, "_empty", 1_073_741_824)),
                RunningDisk.partitions(Lsblk.parse(LSBLK)));
    }

    @Test
    void aMachineThatWasNotInstalledFromAnImageIsToldApart() {
        IOException none = assertThrows(
                IOException.class, () -> RunningDisk.partitions(Lsblk.parse(LSBLK.replace("\"/usr\"", "\"/\""))));

        assertTrue(none.getMessage().contains("no disk with /usr on it"), none::getMessage);
    }
}
