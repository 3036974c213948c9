package io.nationtech.harmony.catalogue.frigate;

import io.nationtech.harmony.catalogue.mosquitto.Mosquitto;
import io.nationtech.harmony.config.file.ConfigFile;
import io.nationtech.harmony.config.file.SeededFile;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.DeploymentModule;
import io.nationtech.harmony.domain.HealthSmokeTest;
import io.nationtech.harmony.domain.Site;
import io.nationtech.harmony.domain.Topology;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.FolderShares;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.capability.VolumeStore;
import io.nationtech.harmony.domain.hardware.Gpu;
import io.nationtech.harmony.domain.hardware.Pci;
import io.nationtech.harmony.domain.node.HealthThresholds;
import io.nationtech.harmony.domain.node.HttpProbe;
import io.nationtech.harmony.domain.node.Limits;
import io.nationtech.harmony.domain.node.MountedShare;
import io.nationtech.harmony.domain.node.Privilege;
import io.nationtech.harmony.domain.node.ProgramOption;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.score.SecretEnv;
import io.nationtech.harmony.domain.score.Shares;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ProcessCount;
import io.nationtech.harmony.domain.value.Reason;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.ShareName;
import io.nationtech.harmony.domain.value.TopologyName;
import io.nationtech.harmony.endpoint.ServiceDiscovery;
import io.nationtech.harmony.endpoint.Uses;
import io.nationtech.harmony.ingress.HttpsUrl;
import io.nationtech.harmony.ingress.Ingress;
import io.nationtech.harmony.ingress.TlsRouter;
import java.time.Duration;

/** Cameras that see people, on a Coral and a GPU, told by Mosquitto. */
public final class Frigate implements DeploymentModule {
    /** Of user frigate at the broker, where secret mosquitto-passwords has a line for it. */
    private static final SecretRef MQTT_PASSWORD = SecretRef.of("frigate-mqtt-password");

    /** Of the cameras' streams. */
    private static final SecretRef CAMERA_PASSWORD = SecretRef.of("frigate-camera-password");

    /** Where recordings are kept: many gigabytes each day. */
    private static final ShareName RECORDINGS = ShareName.of("recordings");

    /** Encrypted, and for those who log in; 5000 would ask nobody, and is not published. */
    private static final Port PAGES = Port.of(8971);

    private static final Port WEBRTC = Port.of(8555);

    /** To begin with: from then on the file is Frigate's own, which has an editor for it. */
    private static final String SETTINGS = """
            mqtt:
              host: "{FRIGATE_MQTT_HOST}"
              user: frigate
              password: "{FRIGATE_MQTT_PASSWORD}"
            detectors:
              coral:
                type: edgetpu
                device: pci
            ffmpeg:
              hwaccel_args: preset-vaapi
            record:
              enabled: true
              continuous:
                days: 3
            cameras:
              door:
                enabled: false
                ffmpeg:
                  inputs:
                    - path: rtsp://viewer:{FRIGATE_CAMERA_PASSWORD}@192.0.2.30:554/stream
                      roles: [detect, record]
            """;

    /** What nodes must offer. */
    interface Home extends ContainerRuntime, FolderShares, SecretStore, ServiceDiscovery, VolumeStore, TlsRouter {}

    @Override
    public Deployment<Home> deployment() {
        var home = Topology.of(TopologyName.of("home"), Home.class, Site.of("home"));
        var frigate = ContainerService.named(ServiceName.of("frigate"))
                .image(
                        ImageReference.of(
                                "ghcr.io/blakeblackshear/frigate:0.17.2@sha256:d4351369984d4a9e2a49ac59736f6490856a7ea11f7790040746d21496967010"))
                .publishes(PAGES)
                .probedBy(HttpProbe.of(PAGES, HttpPath.of("/login")).overTls())
                .memoryLimit(Memory.gibibytes(4))
                .memoryRequest(Memory.gibibytes(2))
                .health(HealthThresholds.DEFAULT.startingWithin(Duration.ofMinutes(5)))
                .publishes(PublishedPort.tcp(Port.of(8554)))
                .publishes(PublishedPort.tcp(WEBRTC))
                .publishes(PublishedPort.udp(WEBRTC))
                // yours: shared memory, about 40 MiB for each camera
                .limits(Limits.DEFAULT.processes(ProcessCount.of(2048)).sharedMemory(Memory.mebibytes(256)))
                .scratch(MountPath.of("/tmp/cache"), Memory.gibibytes(1))
                // yours: a Coral on M.2 or PCI Express; one on USB changes its id when it is used, and cannot be kept
                .needs(Pci.device(0x1ac1, 0x089a))
                .needs(Gpu.any().shared())
                .stopsWithin(Duration.ofSeconds(30))
                .option(ProgramOption.NODE_TIME_ZONE)
                .allows(Privilege.START_AS_ROOT, Reason.of("its init begins as root, and gives its logs to nobody"))
                .allows(Privilege.WRITABLE_ROOT, Reason.of("its init writes nginx's and go2rtc's settings"));
        // yours: the name by which browsers find it
        var ingress = Ingress.<Home>of(HttpsUrl.of(DnsName.of("frigate.home.arpa")), frigate); // https
        return Deployment.named(DeploymentName.of("frigate"))
                .on(home)
                .runs(frigate.volumes(Volume.of(DataName.of("settings"), MountPath.of("/config")))
                        // yours: the cameras; from the first start on, its pages change this file
                        .with(SeededFile.of(ConfigFile.of("config.yml", SETTINGS), MountPath.of("/config/config.yml")))
                        .with(Shares.of(MountedShare.writable(RECORDINGS, MountPath.of("/media/frigate"))))
                        .with(SecretEnv.of(EnvName.of("FRIGATE_MQTT_PASSWORD"), MQTT_PASSWORD)
                                .and(EnvName.of("FRIGATE_CAMERA_PASSWORD"), CAMERA_PASSWORD))
                        .with(Uses.of(Mosquitto.BROKER).env(EnvName.of("FRIGATE_MQTT_HOST"), Mosquitto.BROKER.host())))
                .runs(ingress) // https
                .provenBy(HealthSmokeTest.of(frigate).within(Duration.ofMinutes(5)));
    }
}
