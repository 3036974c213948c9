package io.nationtech.harmony.catalogue.pihole;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.DeploymentModule;
import io.nationtech.harmony.domain.HttpSmokeTest;
import io.nationtech.harmony.domain.Site;
import io.nationtech.harmony.domain.TcpSmokeTest;
import io.nationtech.harmony.domain.Topology;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.capability.VolumeStore;
import io.nationtech.harmony.domain.node.CommandProbe;
import io.nationtech.harmony.domain.node.HealthThresholds;
import io.nationtech.harmony.domain.node.Limits;
import io.nationtech.harmony.domain.node.Privilege;
import io.nationtech.harmony.domain.node.ProgramOption;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.score.SecretEnv;
import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.EnvText;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ProcessCount;
import io.nationtech.harmony.domain.value.Reason;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.TopologyName;
import io.nationtech.harmony.ingress.HttpsUrl;
import io.nationtech.harmony.ingress.Ingress;
import io.nationtech.harmony.ingress.TlsRouter;
import java.time.Duration;

/** DNS for the site, without advertisements. */
public final class PiHole implements DeploymentModule {
    /** Of its pages. */
    private static final SecretRef PASSWORD = SecretRef.of("pi-hole-password");

    private static final Port DNS = Port.of(53);
    private static final Port WEB = Port.of(8053);

    /** What nodes must offer. */
    interface Home extends ContainerRuntime, SecretStore, VolumeStore, TlsRouter {}

    @Override
    public Deployment<Home> deployment() {
        var home = Topology.of(TopologyName.of("home"), Home.class, Site.of("home"));
        var piHole = ContainerService.named(ServiceName.of("pi-hole"))
                .image(
                        ImageReference.of(
                                "docker.io/pihole/pihole:2026.07.2@sha256:f7d1be836e3bc608b56d82fc9904f5a831cdfbc0dc9c6d58f94e4c985c70038b"))
                .publishes(PublishedPort.tcp(Port.of(80)).at(WEB))
                // as its image asks itself
                .probedBy(CommandProbe.of(
                        Arguments.of("dig", "+short", "+norecurse", "+retry=0", "@127.0.0.1", "pi.hole")))
                .memoryLimit(Memory.mebibytes(512))
                .health(HealthThresholds.DEFAULT.startingWithin(Duration.ofMinutes(5)))
                .limits(Limits.DEFAULT.processes(ProcessCount.of(256)))
                .publishes(PublishedPort.tcp(DNS))
                .publishes(PublishedPort.udp(DNS))
                // yours: whom it asks what it does not know
                .env(EnvName.of("FTLCONF_dns_upstreams"), EnvText.of("9.9.9.9;149.112.112.112"))
                .env(EnvName.of("FTLCONF_dns_listeningMode"), EnvText.of("ALL"))
                // Its program cannot be given rights as a file, as nothing here gains any: it stays the user that it
                // began as.
                .env(EnvName.of("DNSMASQ_USER"), EnvText.of("root"))
                // It fetches its lists before it answers, and its node may ask it.
                .dnsServers(IpAddress.of("9.9.9.9"), IpAddress.of("149.112.112.112"))
                .option(ProgramOption.NODE_TIME_ZONE)
                .allows(Privilege.START_AS_ROOT, Reason.of("its start script makes its data its own"))
                .allows(Privilege.WRITABLE_ROOT, Reason.of("its start script writes below /etc and /var"));
        // yours: the name by which browsers find its pages; not one that only it knows
        var ingress = Ingress.<Home>of(HttpsUrl.of(DnsName.of("pi-hole.home.arpa")), piHole); // https
        return Deployment.named(DeploymentName.of("pi-hole"))
                .on(home)
                .runs(piHole.volumes(Volume.of(DataName.of("settings"), MountPath.of("/etc/pihole")))
                        .with(SecretEnv.of(EnvName.of("FTLCONF_webserver_api_password"), PASSWORD)))
                .runs(ingress) // https
                .provenBy(
                        HttpSmokeTest.of(piHole, HttpPath.of("/admin/login"), "Pi-hole"), TcpSmokeTest.of(piHole, DNS));
    }
}
