package io.nationtech.harmony.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A web site of two replicas that people reach by name, as a module that a person wrote, and its images. */
final class Shop {
    static final String HOST = "shop.home.example";
    private static final int PORT = 18_744;
    private static final String IMAGE = "localhost/harmony-agent-shop:";

    private Shop() {}

    /** It ends at once when it is told to, and finishes nothing: the worst that a web server can do. */
    static void makeImage(Path scratch, int version) throws IOException {
        Files.createDirectories(scratch);
        Files.copy(Path.of("/usr/bin/busybox"), scratch.resolve("busybox"), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(scratch.resolve("index.html"), "Welcome to version %d\n".formatted(version));
        Files.writeString(scratch.resolve("Containerfile"), """
                FROM scratch
                COPY busybox /bin/busybox
                COPY index.html /srv/index.html
                STOPSIGNAL KILL
                CMD ["/bin/busybox", "httpd", "-f", "-p", "80", "-h", "/srv"]
                """);
        Programs.buildImage(IMAGE + version, scratch);
    }

    static String image(int version) {
        return IMAGE + version;
    }

    /** The module as a jar; every node answers for the name, and each replica holds for two seconds before the next is exchanged. */
    static Path module(Path folder, int version) throws IOException {
        return DeploymentJar.of(
                folder,
                "shop",
                "module shop { requires transitive io.nationtech.harmony.ingress; requires transitive io.nationtech.harmony.endpoint; exports shop; "
                        + "provides io.nationtech.harmony.domain.DeploymentModule with shop.Shop; }",
                """
                package shop;

                import io.nationtech.harmony.domain.*;
                import io.nationtech.harmony.domain.capability.*;
                import io.nationtech.harmony.domain.node.PublishedPort;
                import io.nationtech.harmony.domain.score.*;
                import io.nationtech.harmony.domain.value.*;
                import io.nationtech.harmony.endpoint.*;
                import io.nationtech.harmony.ingress.*;

                public final class Shop implements DeploymentModule {
                    interface Home extends ContainerRuntime, TlsRouter, SecretStore {}

                    private static final HttpsUrl URL = HttpsUrl.of(DnsName.of("%1$s"));
                    private static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
                                .image(ImageReference.of("%2$s"))
                                .publishes(new PublishedPort(Port.of(%3$d), Port.of(80)))
                                .probedAt(HttpPath.of("/"))
                                .memoryLimit(Memory.mebibytes(64))
                                .replicas(Replicas.of(2))
                                .env(EnvName.of("BASE_URL"), URL.text());
                    private static final Ingress<Home> INGRESS = Ingress.of(URL, WEB);
                    private static final Deployment<Home> SHOP = Deployment.named(DeploymentName.of("shop"))
                                .on(Topology.of(TopologyName.of("home"), Home.class, Site.of("home")))
                                .runs(WEB)
                                .runs(INGRESS.with(new EveryNode()))
                                .provenBy(HttpsSmokeTest.of(INGRESS, HttpPath.of("/"), "version %4$d"));

                    /** For other deployments. */
                    public static final Endpoint PAGES = Endpoint.of(SHOP, WEB);

                    @Override
                    public Deployment<Home> deployment() {
                        return SHOP;
                    }
                }
                """.formatted(HOST, image(version), PORT, version));
    }
}
