package io.nationtech.harmony.haproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyUnitTest {
    @TempDir
    private Path folder;

    private final ProxyUnit unit =
            new ProxyUnit(Path.of("/usr/sbin/haproxy"), Path.of("/run/harmony/ingress-route/node-1"), Path.of("/run"));

    @Test
    void systemdUnderstandsAllOfIt() throws Exception {
        Path file = Files.writeString(folder.resolve(ProxyUnit.NAME), unit.text());

        Program.Ended verified =
                Program.run(Duration.ofSeconds(30), List.of("systemd-analyze", "verify", file.toString()));

        assertEquals(new Program.Ended(0, ""), verified);
    }

    @Test
    void runsForAUserOfItsOwnWhoMayTakePortsAndNothingElse() {
        assertTrue(unit.text().contains("User=haproxy\n"));
        assertTrue(unit.text().contains("CapabilityBoundingSet=CAP_NET_BIND_SERVICE\n"));
        assertTrue(unit.text().contains("NoNewPrivileges=yes\n"));
    }
}
