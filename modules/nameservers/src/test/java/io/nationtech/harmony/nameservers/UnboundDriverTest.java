package io.nationtech.harmony.nameservers;

import io.nationtech.harmony.domain.value.Cidr;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.ResourceDriver;
import io.nationtech.harmony.driver.contract.ResourceDriverContract;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.resolver.Resolver;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class UnboundDriverTest extends ResourceDriverContract<Resolver> {
    private static final Resolver NAMES = Resolver.named(ServiceName.of("names"))
            .answers(Cidr.of("127.0.0.0/8"))
            .forwardsTo(IpAddress.of("127.88.1.9"));

    @TempDir
    private Path folder;

    @AfterEach
    void endServer() {
        LookedUpTest.driver(folder, UnboundConfig.Trust.DEBIANS).converge(Map.of(), _ -> Means.NONE);
    }

    @Override
    protected ResourceDriver<Resolver> begin() {
        return LookedUpTest.driver(folder, UnboundConfig.Trust.DEBIANS);
    }

    @Override
    protected Resolver first() {
        return NAMES;
    }

    @Override
    protected Resolver changed() {
        return NAMES.blocks(DnsName.of("ads.example"));
    }

    @Override
    protected Resolver other() {
        return Resolver.named(ServiceName.of("others"))
                .forwardsTo(IpAddress.of("127.88.1.9"))
                .blocks(DnsName.of("more.example"));
    }

    @Override
    protected void damage(DeploymentName deployment, Resolver resource) {
        ServerDaemon daemon = new ServerDaemon(
                new ServerProgram("", "", "unbound", List.of("/usr/sbin/unbound"), folder.resolve("run"), ""),
                () -> true);
        ProcessHandle unbound = daemon.running().orElseThrow();
        unbound.destroyForcibly();
        Eventually.holds("end of unbound", () -> !unbound.isAlive());
    }
}
