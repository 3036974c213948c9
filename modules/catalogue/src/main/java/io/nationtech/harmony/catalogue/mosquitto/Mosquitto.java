package io.nationtech.harmony.catalogue.mosquitto;

import io.nationtech.harmony.config.file.ConfigFile;
import io.nationtech.harmony.config.file.MountedConfig;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.DeploymentModule;
import io.nationtech.harmony.domain.Site;
import io.nationtech.harmony.domain.TcpSmokeTest;
import io.nationtech.harmony.domain.Topology;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.capability.VolumeStore;
import io.nationtech.harmony.domain.node.Limits;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.node.TcpProbe;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.GroupId;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ProcessCount;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.TopologyName;
import io.nationtech.harmony.domain.value.UserId;
import io.nationtech.harmony.endpoint.Endpoint;

/** The household's MQTT broker, which other deployments use as Mosquitto.BROKER. */
public final class Mosquitto implements DeploymentModule {
    /** Who may enter, a line for each, as mosquitto_passwd(1) writes them. */
    private static final SecretRef PASSWORDS = SecretRef.of("mosquitto-passwords");

    private static final Port MQTT = Port.of(1883);

    /** Browsers speak MQTT by this. */
    private static final Port WEBSOCKETS = Port.of(9001);

    private static final int MOSQUITTO = 1883;

    private static final String SETTINGS = """
            persistence true
            persistence_location /mosquitto/data/
            log_dest stdout
            allow_anonymous false
            password_file /mosquitto/config/passwords

            listener %s

            listener %s
            protocol websockets
            """.formatted(MQTT, WEBSOCKETS);

    private static final ContainerService SERVER = ContainerService.named(ServiceName.of("broker"))
            .image(
                    ImageReference.of(
                            "docker.io/library/eclipse-mosquitto:2.1.2-alpine@sha256:9cfdd46ad59f3e3e5f592f6baf57ab23e1ad00605509d0f5c1e9b179c5314d87"))
            .publishes(MQTT)
            .probedBy(TcpProbe.of(MQTT))
            .memoryLimit(Memory.mebibytes(64))
            .limits(Limits.DEFAULT.processes(ProcessCount.of(32)))
            .publishes(PublishedPort.tcp(WEBSOCKETS))
            .user(UserId.of(MOSQUITTO), GroupId.of(MOSQUITTO));

    private static final Deployment<Home> DEPLOYMENT = Deployment.named(DeploymentName.of("mosquitto"))
            .on(Topology.of(TopologyName.of("home"), Home.class, Site.of("home")))
            .runs(SERVER.volumes(Volume.of(DataName.of("retained"), MountPath.of("/mosquitto/data")))
                    .with(MountedConfig.of(
                            ConfigFile.of("mosquitto.conf", SETTINGS),
                            MountPath.of("/mosquitto/config/mosquitto.conf")))
                    // It reads no passwords that others could read too.
                    .with(MountedConfig.withSecrets(
                            ConfigFile.of("passwords", "")
                                    .then(PASSWORDS)
                                    .onlyFor(new ConfigFile.Owner(MOSQUITTO, MOSQUITTO)),
                            MountPath.of("/mosquitto/config/passwords"))))
            .provenBy(TcpSmokeTest.of(SERVER, MQTT));

    /** For other deployments. */
    public static final Endpoint BROKER = Endpoint.of(DEPLOYMENT, SERVER);

    /** What nodes must offer. */
    interface Home extends ContainerRuntime, SecretStore, VolumeStore {}

    @Override
    public Deployment<Home> deployment() {
        return DEPLOYMENT;
    }
}
