package io.nationtech.harmony.podman;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceGroupsTest {
    @TempDir
    Path dev;

    private String file(String name, int group) throws IOException {
        Path file = Files.createFile(dev.resolve(name));
        Files.setAttribute(file, "unix:gid", group);
        return file.toString();
    }

    @Test
    void areThoseOfTheFilesEachOnceAndNeverThatOfRoot() throws IOException {
        List<String> files = List.of(
                file("renderD128", 105), file("video0", 44), file("video1", 44), file("apex_0", 0), dev + "/gone");

        assertEquals(List.of("--group-add=44", "--group-add=105"), DeviceGroups.words(files));
    }
}
