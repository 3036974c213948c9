package io.nationtech.harmony.nameservers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.domain.score.DnsZone;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.ResourceDriver;
import io.nationtech.harmony.driver.contract.ResourceDriverContract;
import io.nationtech.harmony.mesh.contract.Eventually;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class KnotDriverTest extends ResourceDriverContract<DnsZone> {
    private final Names names = new Names();

    @TempDir
    private Path folder;

    @AfterEach
    void endServer() {
        names.driver(folder).converge(Map.of(), _ -> Means.NONE);
    }

    @Override
    protected ResourceDriver<DnsZone> begin() {
        return names.driver(folder);
    }

    @Override
    protected DnsZone first() {
        return Names.zone("home", Names.HOME, Names.at("nas.home.example", "192.0.2.7"));
    }

    @Override
    protected DnsZone changed() {
        return Names.zone("home", Names.HOME, Names.at("nas.home.example", "192.0.2.8"));
    }

    @Override
    protected DnsZone other() {
        return Names.zone("office", DnsName.of("office.example"), Names.at("pbx.office.example", "192.0.2.9"));
    }

    /** A crash. */
    @Override
    protected void damage(DeploymentName deployment, DnsZone resource) {
        ServerDaemon daemon = ServedZonesTest.daemon(folder);
        ProcessHandle knot = daemon.running().orElseThrow();
        knot.destroyForcibly();
        Eventually.holds("end of knot", () -> !knot.isAlive());
        assertEquals(Optional.empty(), daemon.running());
    }
}
