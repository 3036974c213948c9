package io.nationtech.harmony.os.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.os.update.Machine.Partition;
import io.nationtech.harmony.os.update.OsRelease.Architecture;
import io.nationtech.harmony.os.update.OsRelease.Sort;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SystemdMachineTest {
    /** As lsblk 2.41 writes it: a stick with another image, and the disk that the machine runs from. */
    private static final String LSBLK = """
            {
               "blockdevices": [
                  {
                     "parttype": null, "partlabel": null, "size": 16000000000, "mountpoints": [null],
                     "children": [
                        {"parttype": "8484680c-9521-48c6-9c11-b0720656f69e", "partlabel": "harmony_202601010000",
                         "size": 1, "mountpoints": [null]}
                     ]
                  },{
                     "parttype": null, "partlabel": null, "size": 64000000000, "mountpoints": [null],
                     "children": [
                        {"parttype": "c12a7328-f81f-11d2-ba4b-00a0c93ec93b", "partlabel": "ESP",
                         "size": 536870912, "mountpoints": ["/boot"]},
                        {"parttype": "8484680C-9521-48C6-9C11-B0720656F69E", "partlabel": "harmony_202601010000",
                         "size": 1073741824, "mountpoints": [null],
                         "children": [
                            {"parttype": null, "partlabel": null, "size": 400000000, "mountpoints": ["/usr"]}
                         ]},
                        {"parttype": "8484680c-9521-48c6-9c11-b0720656f69e", "partlabel": "_empty",
                         "size": 1073741824, "mountpoints": [null]}
                     ]
                  }
               ]
            }
            """;

    @Test
    void thePartitionsAreThoseOfTheDiskThatItRunsFrom() throws IOException {
        String usr = Preflight.type(Architecture.X86_64, Sort.USR);
        assertEquals(
                List.of(
                        new Partition("c12a7328-f81f-11d2-ba4b-00a0c93ec93b", "ESP", 536_870_912),
                        new Partition(usr, "harmony_202601010000", 1_073_741_824),
                        new Partition(usr, "_empty", 1_073_741_824)),
                SystemdMachine.partitions(LSBLK));
    }

    @Test
    void aMachineThatWasNotInstalledFromAnImageIsToldApart() {
        IOException none =
                assertThrows(IOException.class, () -> SystemdMachine.partitions(LSBLK.replace("\"/usr\"", "\"/\"")));
        assertTrue(none.getMessage().contains("no disk with /usr on it"), none::getMessage);
        assertThrows(IOException.class, () -> SystemdMachine.partitions("lsblk: not found"));
    }
}
