package io.nationtech.harmony.installer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.disks.Partition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StickSystemTest {
    @TempDir
    private Path root;

    @BeforeEach
    void run() throws IOException {
        release("IMAGE_ID=harmony\nIMAGE_VERSION=\"202611302100\"\n");
        file("boot/EFI/Linux/harmony_202611302100.efi");
    }

    @Test
    void whatRunsIsFoundOnTheStick() throws IOException {
        file("boot/EFI/Linux/harmony_202611302100.efi.extra.d/installer.addon.efi");
        file("boot/loader/credentials/harmony.installer.cred");
        file("boot/loader/loader.conf");

        StickSystem system = StickSystem.of(Machines.disks("nvme-and-stick"), root);

        assertEquals("/dev/sda", system.stick().path());
        assertEquals(
                List.of("/dev/sda2", "/dev/sda3", "/dev/sda4"),
                system.parts().stream().map(Partition::path).toList());
        assertEquals(
                "EFI/Linux/harmony_202611302100.efi.extra.d, loader/credentials",
                system.notCopied().stream()
                        .map(path -> root.resolve("boot").relativize(path).toString())
                        .sorted()
                        .collect(Collectors.joining(", ")));
    }

    @Test
    void twoSticksAreRefusedByName() {
        String why = refused("two-sticks");

        assertTrue(why.contains("there are 2 sticks"), why);
        assertTrue(why.contains("4C530001231120115142") && why.contains("4C530001231120115999"), why);
    }

    @Test
    void aMachineThatWasNotStartedFromAStickIsLeftAlone() throws IOException {
        assertEquals("no disk has a seed's partition", refused("no-stick"));
        release("IMAGE_ID=harmony\nIMAGE_VERSION=202612010000\n");
        assertTrue(refused("nvme-and-stick")
                .contains("no partition 'harmony_202612010000_s', and so is not what this was started from"));
        release("NAME=Debian\n");
        assertTrue(refused("nvme-and-stick").contains("has no IMAGE_VERSION"));
    }

    @Test
    void aStickWithoutItsKernelIsRefused() throws IOException {
        Files.delete(root.resolve("boot/EFI/Linux/harmony_202611302100.efi"));

        assertTrue(refused("nvme-and-stick").contains("there is no kernel harmony_202611302100.efi"));
    }

    private String refused(String machine) {
        return assertThrows(InstallationFailedException.class, () -> StickSystem.of(Machines.disks(machine), root))
                .why()
                .what();
    }

    private void release(String text) throws IOException {
        Files.writeString(Files.createDirectories(root.resolve("usr/lib")).resolve("os-release"), text);
    }

    private void file(String name) throws IOException {
        Path path = root.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "");
    }
}
