package io.nationtech.harmony.agent;

import io.nationtech.harmony.form.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A service that shows of its secret no more than the hash, once of the file and once of the variable, as a module that a person wrote, and
 * its image.
 */
final class Vault {
    static final int PORT = 18_733;
    private static final String IMAGE = "localhost/harmony-agent-vault:1";

    private Vault() {}

    static void makeImage(Path scratch) throws IOException {
        Files.createDirectories(scratch);
        Files.copy(Path.of("/usr/bin/busybox"), scratch.resolve("busybox"), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(scratch.resolve("serve"), """
                #!/bin/busybox sh
                /bin/busybox mkdir -p /tmp/srv
                /bin/busybox sha256sum </run/secrets/db-password >/tmp/srv/index.html
                printf %s "$DB_PASSWORD" | /bin/busybox sha256sum >/tmp/srv/variable.html
                exec /bin/busybox httpd -f -p 80 -h /tmp/srv
                """);
        Files.writeString(scratch.resolve("Containerfile"), """
                FROM scratch
                COPY busybox /bin/busybox
                COPY serve /bin/serve
                STOPSIGNAL KILL
                CMD ["/bin/busybox", "sh", "/bin/serve"]
                """);
        Programs.buildImage(IMAGE, scratch);
    }

    /** The module as a jar, proven by the hash of this value. */
    static Path module(Path folder, String value) throws IOException {
        return DeploymentJar.of(
                folder,
                "vault",
                "module vault { requires io.nationtech.harmony.domain; "
                        + "provides io.nationtech.harmony.domain.DeploymentModule with vault.Vault; }",
                """
                package vault;

                import io.nationtech.harmony.domain.*;
                import io.nationtech.harmony.domain.capability.*;
                import io.nationtech.harmony.domain.node.PublishedPort;
                import io.nationtech.harmony.domain.score.*;
                import io.nationtech.harmony.domain.value.*;

                public final class Vault implements DeploymentModule {
                    interface Home extends ContainerRuntime, SecretStore {}

                    @Override
                    public Deployment<Home> deployment() {
                        var web = ContainerService.named(ServiceName.of("web"))
                                .image(ImageReference.of("%s"))
                                .publishes(new PublishedPort(Port.of(%d), Port.of(80)))
                                .probedAt(HttpPath.of("/"))
                                .memoryLimit(Memory.mebibytes(64))
                                .replicas(Replicas.of(2));
                        return Deployment.named(DeploymentName.of("vault"))
                                .on(Topology.of(TopologyName.of("home"), Home.class, Site.of("home")))
                                .runs(web.secrets(SecretRef.of("db-password"), SecretRef.of("api-token"))
                                        .with(SecretEnv.of(EnvName.of("DB_PASSWORD"), SecretRef.of("db-password"))
                                                .and(EnvName.of("DATABASE_URL"), SecretText.of(EnvText.of("postgres://app:"))
                                                        .inUrl(SecretRef.of("db-password")).and(EnvText.of("@db.internal/vault")))))
                                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "%s"));
                    }
                }
                """.formatted(IMAGE, PORT, Sha256.hex(value)));
    }
}
