package io.nationtech.harmony.podman;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeTimeZoneTest {
    @TempDir
    Path root;

    private Path zones;

    @BeforeEach
    void makeZones() throws IOException {
        zones = Files.createDirectories(root.resolve("usr/share/zoneinfo"));
        Files.createDirectories(root.resolve("etc"));
        Files.createDirectories(zones.resolve("Europe"));
        Files.writeString(zones.resolve("Europe/Zurich"), "TZif2");
        Files.writeString(root.resolve("usr/share/passwords"), "");
    }

    private Optional<String> linkedTo(String target) throws IOException {
        Path local = root.resolve("etc/localtime");
        Files.deleteIfExists(local);
        Files.createSymbolicLink(local, Path.of(target));
        return NodeTimeZone.name(local, zones);
    }

    @Test
    void theNameOfAZoneIsWhereItsLinkPoints() throws IOException {
        assertEquals(Optional.of("Europe/Zurich"), linkedTo("../usr/share/zoneinfo/Europe/Zurich"));
        assertEquals(Optional.of("Europe/Zurich"), linkedTo(zones + "/Europe/Zurich"));
    }

    @Test
    void whatIsNoZoneHasNoName() throws IOException {
        assertEquals(Optional.empty(), linkedTo("../usr/share/zoneinfo/../passwords"));
        assertEquals(Optional.empty(), linkedTo("../usr/share/zoneinfo/Europe"));
        assertEquals(Optional.empty(), linkedTo("../usr/share/zoneinfo/Mars/Olympus"));
        Path copied = Files.writeString(root.resolve("etc/copied"), "TZif2");
        assertEquals(Optional.empty(), NodeTimeZone.name(copied, zones));
    }
}
