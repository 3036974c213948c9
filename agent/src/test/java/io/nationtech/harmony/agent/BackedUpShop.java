package io.nationtech.harmony.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A service that shows what is in its volume, of which copies are kept in a share, as a module that a person wrote, and its image. */
final class BackedUpShop {
    static final int PORT = 18_734;
    static final String WELCOME = "Welcome to an empty shop";
    private static final String IMAGE = "localhost/harmony-agent-backed-up:1";

    private BackedUpShop() {}

    static void makeImage(Path scratch) throws IOException {
        Files.createDirectories(scratch);
        Files.copy(Path.of("/usr/bin/busybox"), scratch.resolve("busybox"), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(scratch.resolve("index.html"), WELCOME);
        Files.writeString(scratch.resolve("Containerfile"), """
                FROM scratch
                COPY busybox /bin/busybox
                COPY index.html /data/index.html
                STOPSIGNAL KILL
                CMD ["/bin/busybox", "httpd", "-f", "-p", "80", "-h", "/data"]
                """);
        Programs.buildImage(IMAGE, scratch);
    }

    /** The module as a jar, deployed at that site. */
    static Path module(Path folder, String site) throws IOException {
        return DeploymentJar.of(
                folder,
                "shop",
                "module shop { requires io.nationtech.harmony.backup; "
                        + "provides io.nationtech.harmony.domain.DeploymentModule with shop.Shop; }",
                """
                package shop;

                import io.nationtech.harmony.backup.*;
                import io.nationtech.harmony.domain.*;
                import io.nationtech.harmony.domain.capability.*;
                import io.nationtech.harmony.domain.node.*;
                import io.nationtech.harmony.domain.placement.*;
                import io.nationtech.harmony.domain.score.*;
                import io.nationtech.harmony.domain.value.*;

                public final class Shop implements DeploymentModule {
                    interface Home extends ContainerRuntime, VolumeStore, SecretStore, FolderShares, BackupStore {}

                    static final Repository.OnShare NAS =
                            Repository.onShare(ShareName.of("nas"), SecretRef.of("backup-password"));

                    @Override
                    public Deployment<Home> deployment() {
                        var web = ContainerService.named(ServiceName.of("web"))
                                .image(ImageReference.of("%s"))
                                .publishes(new PublishedPort(Port.of(%d), Port.of(80)))
                                .probedAt(HttpPath.of("/"))
                                .memoryLimit(Memory.mebibytes(64));
                        return Deployment.named(DeploymentName.of("shop"))
                                .on(Topology.of(TopologyName.of("home"), Home.class, Site.of("%s")))
                                .runs(web.volumes(Volume.of(DataName.of("orders"), MountPath.of("/data")))
                                        .with(BackedUp.to(
                                                NAS,
                                                Schedule.of(CalendarTime.of("02:30")),
                                                Keep.days(7).weeks(4).months(12))))
                                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "shop"));
                    }
                }
                """.formatted(IMAGE, PORT, site));
    }
}
