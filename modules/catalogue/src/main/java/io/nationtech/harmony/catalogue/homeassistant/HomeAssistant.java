package io.nationtech.harmony.catalogue.homeassistant;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.DeploymentModule;
import io.nationtech.harmony.domain.HttpSmokeTest;
import io.nationtech.harmony.domain.Site;
import io.nationtech.harmony.domain.Topology;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.VolumeStore;
import io.nationtech.harmony.domain.node.HealthThresholds;
import io.nationtech.harmony.domain.node.HostPath;
import io.nationtech.harmony.domain.node.Limits;
import io.nationtech.harmony.domain.node.Privilege;
import io.nationtech.harmony.domain.node.ProgramOption;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.FolderPath;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ProcessCount;
import io.nationtech.harmony.domain.value.Reason;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.TopologyName;
import java.time.Duration;

/** Automation of the home: lamps, heating, sensors of all makers. */
public final class HomeAssistant implements DeploymentModule {

    /** What nodes must offer. */
    interface Home extends ContainerRuntime, VolumeStore {}

    @Override
    public Deployment<Home> deployment() {
        var home = Topology.of(TopologyName.of("home"), Home.class, Site.of("home"));
        var homeAssistant = ContainerService.named(ServiceName.of("home-assistant"))
                .image(
                        ImageReference.of(
                                "docker.io/homeassistant/home-assistant:2026.8.2@sha256:56690a89c79a0de98035e1719f8324a92d5859c1192ff45adb0230ea81cb42a5"))
                .publishes(Port.of(8123))
                .probedAt(HttpPath.of("/manifest.json"))
                .memoryLimit(Memory.gibibytes(2))
                // a new version brings its database up to date first
                .health(HealthThresholds.DEFAULT.startingWithin(Duration.ofMinutes(15)))
                .limits(Limits.DEFAULT.processes(ProcessCount.of(1024)))
                .stopsWithin(Duration.ofMinutes(2))
                .option(ProgramOption.NODE_TIME_ZONE)
                // yours: a stick for Zigbee, .needs(Serial.port(DevicePath.of("ttyACM0"))), whose node it keeps to
                // yours: where no Bluetooth is wanted, or nodes have no D-Bus, leave this out
                .hostPath(HostPath.readOnly(
                        FolderPath.of("/run/dbus"),
                        MountPath.of("/run/dbus"),
                        Reason.of("asks the node for Bluetooth")))
                .allows(Privilege.HOST_NETWORK, Reason.of("finds devices by mDNS and SSDP"))
                .allows(Privilege.NET_ADMIN, Reason.of("resets Bluetooth adapters that hang"))
                .allows(Privilege.NET_RAW, Reason.of("pings devices, and hears them ask for addresses"))
                .allows(Privilege.WRITABLE_ROOT, Reason.of("installs what its integrations need"));
        return Deployment.named(DeploymentName.of("home-assistant"))
                .on(home)
                // yours: copies, .with(BackedUp.to(…)) behind the volume
                .runs(homeAssistant.volumes(Volume.of(DataName.of("settings"), MountPath.of("/config"))))
                .provenBy(HttpSmokeTest.of(homeAssistant, HttpPath.of("/manifest.json"), "Home Assistant")
                        .within(Duration.ofMinutes(10)));
    }
}
