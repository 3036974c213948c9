package io.nationtech.harmony.haproxy;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.driver.DeploymentEndpoints;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.ResourceDriver;
import io.nationtech.harmony.driver.contract.ResourceDriverContract;
import io.nationtech.harmony.endpoint.Endpoint;
import io.nationtech.harmony.endpoint.UsedEndpoints;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class EndpointDriverTest extends ResourceDriverContract<UsedEndpoints> {
    @TempDir
    private Path folder;

    @AfterEach
    void endProxy() {
        Household.driver(folder, DeploymentEndpoints.NONE).converge(Map.of(), _ -> Means.NONE);
    }

    @Override
    protected ResourceDriver<UsedEndpoints> begin() {
        return Household.driver(folder, DeploymentEndpoints.NONE);
    }

    @Override
    protected UsedEndpoints first() {
        return Household.USED;
    }

    @Override
    protected UsedEndpoints changed() {
        return new UsedEndpoints(Household.USED.name(), List.of(Household.BROKER, database()));
    }

    @Override
    protected UsedEndpoints other() {
        return new UsedEndpoints(ResourceName.of("grafana"), List.of(database()));
    }

    private static Endpoint database() {
        return new Endpoint(DeploymentName.of("metrics"), ServiceName.of("influxdb"), Port.of(8086));
    }

    @Override
    protected Means means() {
        return Means.NONE;
    }

    @Override
    protected void damage(DeploymentName deployment, UsedEndpoints resource) {
        ProxyProcess process = new ProxyDaemon(Path.of("/usr/sbin/haproxy"), folder.resolve("run"));
        process.stop();
        assertFalse(process.isRunning());
    }
}
