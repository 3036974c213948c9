package io.nationtech.harmony.containers;

import io.nationtech.harmony.domain.hardware.DeviceGrant;
import io.nationtech.harmony.domain.hardware.DeviceKind;
import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.Sharing;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.ContainerKind;
import io.nationtech.harmony.domain.node.HealthThresholds;
import io.nationtech.harmony.domain.node.HttpProbe;
import io.nationtech.harmony.domain.node.JobSpec;
import io.nationtech.harmony.domain.node.Limits;
import io.nationtech.harmony.domain.node.MissedRun;
import io.nationtech.harmony.domain.node.MountedFile;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.node.Privilege;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.node.RestartPolicy;
import io.nationtech.harmony.domain.node.Schedule;
import io.nationtech.harmony.domain.node.Scratch;
import io.nationtech.harmony.domain.node.Trigger;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.placement.Mobility;
import io.nationtech.harmony.domain.value.CalendarTime;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.EnvText;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ProcessCount;
import io.nationtech.harmony.domain.value.Reason;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.SecretText;
import io.nationtech.harmony.domain.value.TimeZoneName;
import io.nationtech.harmony.driver.contract.ResourceKindContract;
import java.time.Duration;
import java.util.List;
import java.util.Map;

class ContainerKindTest extends ResourceKindContract<Container> {

    @Override
    protected ResourceKind<Container> kind() {
        return new ContainerKind();
    }

    @Override
    protected List<Container> examples() {
        Container bare = Container.of(
                ContainerName.of("web"), ImageReference.of("registry.internal/web:1"), Memory.mebibytes(64));
        Port port = Port.of(8080);
        return List.of(
                bare,
                bare.env(EnvName.of("TZ"), EnvText.of("Europe/Zurich")),
                bare.restart(RestartPolicy.ON_FAILURE),
                bare.job(JobSpec.of(new Trigger.Once())),
                bare.job(JobSpec.of(Schedule.of(CalendarTime.of("Mon..Fri 02:30"))
                                .in(TimeZoneName.of("Europe/Zurich"))
                                .missed(MissedRun.SKIP))
                        .deadline(Duration.ofHours(2))),
                bare.with(Container.HealthCheck.by(HttpProbe.of(port, HttpPath.of("/")))
                        .with(HealthThresholds.DEFAULT.startingWithin(Duration.ofMinutes(5)))),
                bare.with(Container.Network.of(new PublishedPort(port, Port.of(80))))
                        .with(Container.HealthCheck.by(HttpProbe.of(port, HttpPath.of("/")))),
                bare.with(Container.Storage.keeping(Volume.of(DataName.of("log"), MountPath.of("/var/log")))),
                bare.with(Container.Storage.DEFAULT.mounting(
                        new MountedFile(ResourceId.parse("config-file/a.conf"), MountPath.of("/etc/a.conf")))),
                bare.with(Container.Security.reading(List.of(new MountedSecret(SecretRef.of("token"), 3)))
                        .env(Map.of(
                                EnvName.of("TOKEN"),
                                SecretText.of(EnvText.of("$x://a:"))
                                        .inUrl(SecretRef.of("token"))
                                        .and(EnvText.of("@db"))
                                        .and(SecretRef.of("token"))))),
                bare.with(bare.resources().with(Limits.DEFAULT.processes(ProcessCount.of(64)))),
                bare.with(bare.storage().mounting(new Scratch(MountPath.of("/var/cache"), Memory.mebibytes(1)))),
                bare.with(bare.security().allowing(Privilege.NET_RAW, Reason.of("pings its neighbours"))),
                bare.with(Container.Security.reading(List.of(new MountedSecret(SecretRef.of("token"), 3))))
                        .placed(
                                List.of(new DeviceGrant(
                                        DevicePath.of("gpiochip0/17"), DeviceKind.GPIO_LINE, Sharing.EXCLUSIVE, 0)),
                                Mobility.STAYS));
    }
}
