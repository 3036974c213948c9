package io.nationtech.harmony.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.nationtech.harmony.domain.node.AgentRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnRunTest {
    @TempDir
    private Path root;

    private AgentRun run() {
        return OwnRun.of(new Given(Map.of(), root), new SecureRandom(), Instant.now());
    }

    private void says(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void hasCard(String name, String address) throws IOException {
        says("sys/class/net/%s/address".formatted(name), address + "\n");
        says("sys/class/net/%s/device/vendor".formatted(name), "0x8086");
    }

    @Test
    void aMachineIsTheSameAtEachStartAndAfterItsNetworkCardWasExchanged() throws IOException {
        says("proc/device-tree/serial-number", "10000000a1b2c3d4\0");
        says("proc/device-tree/model", "Raspberry Pi 5 Model B Rev 1.0\0");
        hasCard("eth0", "02:00:00:00:00:01");
        AgentRun first = run();
        hasCard("eth0", "02:00:00:00:00:02");
        AgentRun later = run();

        assertEquals(first.machine(), later.machine());
        assertNotEquals(first.start(), later.start());
        assertEquals("Raspberry Pi 5 Model B Rev 1.0", later.model());
    }

    @Test
    void aCopiedCardIsInAnotherMachineByTheSerialNumberOfThat() throws IOException {
        says("sys/class/dmi/id/product_uuid", "4c4c4544-0042-4a10-8051-b3c04f564433\n");
        AgentRun first = run();
        says("sys/class/dmi/id/product_uuid", "4c4c4544-0042-4a10-8051-b3c04f564434\n");

        assertNotEquals(first.machine(), run().machine());
    }

    @Test
    void whereMakersSaidNothingTheNetworkCardsTellMachinesApartAndNotWhatSoftwareMakes() throws IOException {
        says("sys/class/dmi/id/product_serial", "To be filled by O.E.M.\n");
        says("sys/class/dmi/id/product_uuid", "03000200-0400-0500-0006-000700080009\n");
        hasCard("eth0", "02:00:00:00:00:01");
        AgentRun first = run();
        says("sys/class/net/podman1/address", "02:00:00:00:00:09\n");
        AgentRun later = run();
        hasCard("eth0", "02:00:00:00:00:02");

        assertEquals(first.machine(), later.machine());
        assertNotEquals(first.machine(), run().machine());
    }
}
