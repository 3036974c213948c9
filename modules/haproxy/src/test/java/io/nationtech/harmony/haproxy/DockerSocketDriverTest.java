package io.nationtech.harmony.haproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.nationtech.harmony.docker.socket.DockerAccess;
import io.nationtech.harmony.docker.socket.DockerEndpoint;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.Reason;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.Owned;
import io.nationtech.harmony.driver.ResourceDriver;
import io.nationtech.harmony.driver.contract.ResourceDriverContract;
import io.nationtech.harmony.mesh.contract.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerSocketDriverTest extends ResourceDriverContract<DockerEndpoint> {
    @TempDir
    private Path scratch;

    private Path folder() {
        return scratch.resolve("engine");
    }

    private DockerService service() {
        return new DockerDaemons(Path.of("/usr/bin/podman"), Path.of("/usr/sbin/haproxy"), folder());
    }

    @AfterEach
    void endEngine() {
        new DockerSocketDriver(folder(), service()).converge(Map.of(), _ -> Means.NONE);
    }

    @Override
    protected ResourceDriver<DockerEndpoint> begin() {
        return new DockerSocketDriver(folder(), service());
    }

    @Override
    protected DockerEndpoint first() {
        return new DockerEndpoint(ResourceName.of("dashboard"), new DockerAccess.Listing());
    }

    @Override
    protected DockerEndpoint changed() {
        return new DockerEndpoint(
                ResourceName.of("dashboard"), new DockerAccess.Control(Reason.of("it makes containers")));
    }

    @Override
    protected DockerEndpoint other() {
        return new DockerEndpoint(ResourceName.of("logs"), new DockerAccess.Listing());
    }

    @Override
    protected void damage(DeploymentName deployment, DockerEndpoint resource) {
        try {
            Path beginning = service().control().orElseThrow().resolveSibling("engine.pid");
            ProcessHandle engine = ProcessHandle.of(
                            Long.parseLong(Files.readString(beginning).strip()))
                    .orElseThrow();
            engine.destroyForcibly();
            Eventually.holds("an end of podman's service", () -> !engine.isAlive());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertFalse(service().isRunning());
    }

    @Test
    void whatEndedComesBackAtAnotherPathSoThatContainersWithTheOldOneAreMadeAnew() {
        Owned dashboard = new Owned(DeploymentName.of("website"), first().id());
        DockerSocketDriver driver = new DockerSocketDriver(folder(), service());
        driver.converge(Map.of(dashboard, first()), _ -> Means.NONE);
        Path before = driver.path(dashboard.deployment(), first().id()).orElseThrow();
        driver.converge(Map.of(dashboard, first()), _ -> Means.NONE);
        assertEquals(Optional.of(before), driver.path(dashboard.deployment(), first().id()));

        new ProxyDaemon(Path.of("/usr/sbin/haproxy"), before.resolveSibling("")).stop();
        driver.converge(Map.of(dashboard, first()), _ -> Means.NONE);

        assertNotEquals(Optional.of(before), driver.path(dashboard.deployment(), first().id()));
        assertFalse(Files.exists(before));
    }
}
