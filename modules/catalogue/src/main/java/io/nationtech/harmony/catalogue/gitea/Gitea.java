package io.nationtech.harmony.catalogue.gitea;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.DeploymentModule;
import io.nationtech.harmony.domain.HttpSmokeTest;
import io.nationtech.harmony.domain.Site;
import io.nationtech.harmony.domain.Topology;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.capability.VolumeStore;
import io.nationtech.harmony.domain.node.CommandProbe;
import io.nationtech.harmony.domain.node.HealthThresholds;
import io.nationtech.harmony.domain.node.HttpProbe;
import io.nationtech.harmony.domain.node.Limits;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.score.SecretEnv;
import io.nationtech.harmony.domain.score.Secrets;
import io.nationtech.harmony.domain.score.Together;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.EnvText;
import io.nationtech.harmony.domain.value.GroupId;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ProcessCount;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.TopologyName;
import io.nationtech.harmony.domain.value.UserId;
import io.nationtech.harmony.ingress.HttpsUrl;
import io.nationtech.harmony.ingress.Ingress;
import io.nationtech.harmony.ingress.TlsRouter;
import java.time.Duration;

/** Git repositories with their pages, and PostgreSQL. */
public final class Gitea implements DeploymentModule {
    /** Of its database; any long random text. */
    private static final SecretRef DB_PASSWORD = SecretRef.of("gitea-db-password");

    /** Encrypts tokens in the database: a long random text, which must stay. */
    private static final SecretRef SECRET_KEY = SecretRef.of("gitea-secret-key");

    /** What nodes must offer. */
    interface Home extends ContainerRuntime, SecretStore, VolumeStore, TlsRouter {}

    @Override
    public Deployment<Home> deployment() {
        var home = Topology.of(TopologyName.of("home"), Home.class, Site.of("home"));
        // yours: the name by which browsers and git find it
        var url = HttpsUrl.of(DnsName.of("gitea.home.arpa")); // https
        var db = ContainerService.named(ServiceName.of("db"))
                .image(
                        ImageReference.of(
                                "docker.io/library/postgres:17.10-alpine@sha256:742f40ea20b9ff2ff31db5458d127452988a2164df9e17441e191f3b72252193"))
                .publishesNothing()
                .probedBy(CommandProbe.postgres())
                .memoryLimit(Memory.mebibytes(384))
                .health(HealthThresholds.DEFAULT.startingWithin(Duration.ofMinutes(3)))
                .limits(Limits.DEFAULT.processes(ProcessCount.of(256)).sharedMemory(Memory.mebibytes(128)))
                .env(EnvName.of("POSTGRES_DB"), EnvText.of("gitea"))
                .env(EnvName.of("POSTGRES_USER"), EnvText.of("gitea"))
                .env(EnvName.of("POSTGRES_PASSWORD_FILE"), EnvText.of("/run/secrets/gitea-db-password"))
                .user(UserId.of(70), GroupId.of(70));
        var gitea = ContainerService.named(ServiceName.of("gitea"))
                .image(
                        ImageReference.of(
                                "docker.io/gitea/gitea:1.27.2-rootless@sha256:c7953964c6e8fe532cf7fc3f3efdea1d0b161d7859c47e04f5e05489d494dea0"))
                .publishes(PublishedPort.tcp(Port.of(3000)).at(Port.of(3001)))
                .probedBy(HttpProbe.of(Port.of(3001), HttpPath.of("/api/healthz")))
                .memoryLimit(Memory.mebibytes(512))
                .health(HealthThresholds.DEFAULT.startingWithin(Duration.ofMinutes(5)))
                .limits(Limits.DEFAULT.processes(ProcessCount.of(512)))
                // git by SSH; the node's own is at 22
                .publishes(PublishedPort.tcp(Port.of(2222)))
                .env(EnvName.of("GITEA__database__DB_TYPE"), EnvText.of("postgres"))
                .env(EnvName.of("GITEA__database__HOST"), db.address(Port.of(5432)))
                .env(EnvName.of("GITEA__database__NAME"), EnvText.of("gitea"))
                .env(EnvName.of("GITEA__database__USER"), EnvText.of("gitea"))
                .env(EnvName.of("GITEA__server__START_SSH_SERVER"), EnvText.of("true"))
                .env(EnvName.of("GITEA__server__SSH_PORT"), EnvText.of("2222"))
                .env(EnvName.of("GITEA__server__SSH_LISTEN_PORT"), EnvText.of("2222"))
                .env(EnvName.of("GITEA__server__ROOT_URL"), url.text()) // https
                .env(EnvName.of("GITEA__security__INSTALL_LOCK"), EnvText.of("true"))
                // yours: the first who registers is its administrator; say "true" after that
                .env(EnvName.of("GITEA__service__DISABLE_REGISTRATION"), EnvText.of("false"))
                .after(db.healthy())
                .user(UserId.of(1000), GroupId.of(1000));
        var ingress = Ingress.<Home>of(url, gitea); // https
        return Deployment.named(DeploymentName.of("gitea"))
                .on(home)
                .runs(Together.<Home>of(
                        ServiceName.of("app"),
                        gitea.volumes(
                                        Volume.of(DataName.of("repositories"), MountPath.of("/var/lib/gitea")),
                                        Volume.of(DataName.of("gitea-settings"), MountPath.of("/etc/gitea")))
                                .with(SecretEnv.of(EnvName.of("GITEA__database__PASSWD"), DB_PASSWORD)
                                        .and(EnvName.of("GITEA__security__SECRET_KEY"), SECRET_KEY)),
                        // yours: copies, .with(BackedUp.to(…).dump(Dump.postgres(…))) behind the volumes
                        db.volumes(Volume.of(DataName.of("rows"), MountPath.of("/var/lib/postgresql/data")))
                                .with(Secrets.of(DB_PASSWORD))))
                .runs(ingress) // https
                .provenBy(HttpSmokeTest.of(gitea, HttpPath.of("/"), "Gitea"));
    }
}
