package io.nationtech.harmony.catalogue.vaultwarden;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.DeploymentModule;
import io.nationtech.harmony.domain.HttpSmokeTest;
import io.nationtech.harmony.domain.Site;
import io.nationtech.harmony.domain.Topology;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.capability.VolumeStore;
import io.nationtech.harmony.domain.node.HealthThresholds;
import io.nationtech.harmony.domain.node.Limits;
import io.nationtech.harmony.domain.node.ProgramOption;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.score.SecretEnv;
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

/** Passwords of the household, for Bitwarden's apps. */
public final class Vaultwarden implements DeploymentModule {
    /** Opens the page /admin, where users are invited: a long password, or better what `vaultwarden hash` makes of one. */
    private static final SecretRef ADMIN_TOKEN = SecretRef.of("vaultwarden-admin-token");

    /** What nodes must offer. */
    interface Home extends ContainerRuntime, SecretStore, VolumeStore, TlsRouter {}

    @Override
    public Deployment<Home> deployment() {
        var home = Topology.of(TopologyName.of("home"), Home.class, Site.of("home"));
        // yours: the name by which apps and browsers find it
        var url = HttpsUrl.of(DnsName.of("vaultwarden.home.arpa")); // https
        var vaultwarden = ContainerService.named(ServiceName.of("vaultwarden"))
                .image(
                        ImageReference.of(
                                "docker.io/vaultwarden/server:1.37.1@sha256:ebdfe70701c60ac0c28c697e787cea767d7972940b786037b29fe0d507f821e8"))
                // yours: browsers open a vault by HTTPS alone, which wants TlsRouter in the topology
                .publishes(PublishedPort.tcp(Port.of(8080)).at(Port.of(8087)))
                .probedAt(HttpPath.of("/alive"))
                .memoryLimit(Memory.mebibytes(256))
                .health(HealthThresholds.DEFAULT.startingWithin(Duration.ofMinutes(2)))
                .limits(Limits.DEFAULT.processes(ProcessCount.of(128)))
                .env(EnvName.of("ROCKET_PORT"), EnvText.of("8080"))
                // yours: who may make an account; without, /admin invites them
                .env(EnvName.of("SIGNUPS_ALLOWED"), EnvText.of("false"))
                .env(EnvName.of("DOMAIN"), url.text()) // https
                .option(ProgramOption.NODE_TIME_ZONE)
                .user(UserId.of(1000), GroupId.of(1000));
        var ingress = Ingress.<Home>of(url, vaultwarden); // https
        return Deployment.named(DeploymentName.of("vaultwarden"))
                .on(home)
                .runs(vaultwarden
                        .volumes(Volume.of(DataName.of("vault"), MountPath.of("/data")))
                        // yours: copies, .with(BackedUp.to(…)) here
                        .with(SecretEnv.of(EnvName.of("ADMIN_TOKEN"), ADMIN_TOKEN)))
                .runs(ingress) // https
                .provenBy(HttpSmokeTest.of(vaultwarden, HttpPath.of("/"), "Vaultwarden"));
    }
}
