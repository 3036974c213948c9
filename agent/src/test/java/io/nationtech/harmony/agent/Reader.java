package io.nationtech.harmony.agent;

import java.io.IOException;
import java.nio.file.Path;

/** A deployment that reads the pages of the {@link Shop}, over and over, wherever that runs. */
final class Reader {
    private Reader() {}

    /** The module as a jar, with the shop's beside it. */
    static Path module(Path folder, Path shop, String image) throws IOException {
        return DeploymentJar.of(
                folder,
                "reader",
                "module reader { requires shop; "
                        + "provides io.nationtech.harmony.domain.DeploymentModule with reader.Reader; }",
                """
                package reader;

                import io.nationtech.harmony.domain.*;
                import io.nationtech.harmony.domain.capability.*;
                import io.nationtech.harmony.domain.score.*;
                import io.nationtech.harmony.domain.value.*;
                import io.nationtech.harmony.endpoint.*;
                import java.time.Duration;
                import shop.Shop;

                public final class Reader implements DeploymentModule {
                    interface Home extends ContainerRuntime, ServiceDiscovery {}

                    @Override
                    public Deployment<Home> deployment() {
                        var reader = ContainerService.named(ServiceName.of("reader"))
                                .image(ImageReference.of("%1$s"))
                                .publishesNothing()
                                .withoutProbe()
                                .memoryLimit(Memory.mebibytes(32))
                                .entrypoint(Arguments.of("/bin/busybox", "sh", "-c"))
                                .args(Arguments.of("while :; do busybox wget -q -T 2 -O - $PAGES || echo nothing; busybox usleep 200000; done"));
                        return Deployment.named(DeploymentName.of("reader"))
                                .on(Topology.of(TopologyName.of("home"), Home.class, Site.of("home")))
                                .runs(reader.with(Uses.of(Shop.PAGES)
                                        .env(EnvName.of("PAGES"), Shop.PAGES.address().after("http://").before("/"))))
                                .provenBy(HealthSmokeTest.of(reader).steadyFor(Duration.ofSeconds(2)));
                    }
                }
                """.formatted(image),
                shop);
    }
}
