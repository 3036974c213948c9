package io.nationtech.harmony.haproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.ResourceDriver;
import io.nationtech.harmony.driver.contract.ResourceDriverContract;
import io.nationtech.harmony.ingress.IngressRoute;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class HaproxyDriverTest extends ResourceDriverContract<IngressRoute> {
    private final Proxied proxied = new Proxied();

    @TempDir
    private Path folder;

    @AfterEach
    void endProxy() {
        proxied.driver(folder).converge(Map.of(), _ -> Means.NONE);
    }

    @Override
    protected ResourceDriver<IngressRoute> begin() {
        return proxied.driver(folder);
    }

    @Override
    protected IngressRoute first() {
        return Proxied.route("photos", 8081);
    }

    @Override
    protected IngressRoute changed() {
        return Proxied.route("photos", 8081, 1);
    }

    @Override
    protected IngressRoute other() {
        return Proxied.route("wiki", 8082);
    }

    @Override
    protected Means means() {
        return proxied.means();
    }

    @Override
    protected void damage(DeploymentName deployment, IngressRoute resource) {
        ProxyProcess process = new ProxyDaemon(Path.of("/usr/sbin/haproxy"), folder);
        process.stop();
        assertEquals(false, process.isRunning());
    }
}
