package io.nationtech.harmony.podman;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.HttpProbe;
import io.nationtech.harmony.domain.node.Limits;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.node.Privilege;
import io.nationtech.harmony.domain.node.ProcessUser;
import io.nationtech.harmony.domain.node.Program;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.node.Scratch;
import io.nationtech.harmony.domain.node.Stop;
import io.nationtech.harmony.domain.node.StopSignal;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.placement.Demand;
import io.nationtech.harmony.domain.placement.Mobility;
import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.CpuShare;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.EnvText;
import io.nationtech.harmony.domain.value.FolderPath;
import io.nationtech.harmony.domain.value.GroupId;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ProcessCount;
import io.nationtech.harmony.domain.value.Reason;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.SecretText;
import io.nationtech.harmony.domain.value.UserId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private static final Optional<IpAddress> ANYWHERE = Optional.empty();
    private static final Container WEB =
            Container.of(ContainerName.of("web"), ImageReference.of("registry.internal/web:1"), Memory.mebibytes(64));

    @Test
    void whateverPodmanIsToldMakesAnotherContainer() {
        List<Container> others = List.of(
                WEB,
                WEB.env(EnvName.of("TZ"), EnvText.of("Europe/Zurich")),
                running(Program.DEFAULT.entrypoint(Arguments.of("a", "b c"))),
                running(Program.DEFAULT.args(Arguments.of("a", "b c"))),
                running(Program.DEFAULT.args(Arguments.of("a b", "c"))),
                running(Program.DEFAULT.workingFolder(FolderPath.of("/srv"))),
                running(Program.DEFAULT.user(new ProcessUser(UserId.of(1), GroupId.of(1)))),
                WEB.with(WEB.execution().with(Stop.DEFAULT.by(StopSignal.QUIT))),
                WEB.with(WEB.execution().with(Stop.DEFAULT.within(Duration.ofSeconds(11)))),
                WEB.with(Container.Resources.of(Memory.mebibytes(65))),
                WEB.with(WEB.resources().reserving(WEB.resources().reserved().with(CpuShare.cpus(2)))),
                WEB.with(Container.Network.of(new PublishedPort(Port.of(8080), Port.of(80)))),
                WEB.with(Container.Storage.keeping(Volume.of(DataName.of("log"), MountPath.of("/var/log")))),
                WEB.with(WEB.resources().with(Limits.DEFAULT.processes(ProcessCount.of(64)))),
                WEB.with(WEB.storage().mounting(new Scratch(MountPath.of("/var/cache"), Memory.mebibytes(1)))),
                WEB.with(WEB.security().allowing(Privilege.NET_RAW, Reason.of("pings its neighbours"))),
                WEB.with(Container.Security.reading(List.of(new MountedSecret(SecretRef.of("token"), 3)))),
                WEB.with(Container.Security.reading(List.of(new MountedSecret(SecretRef.of("token"), 3)))
                        .env(Map.of(EnvName.of("TOKEN"), SecretText.of(SecretRef.of("token"))))));

        Set<Fingerprint> fingerprints = new HashSet<>();
        others.forEach(container -> fingerprints.add(of(container)));
        fingerprints.add(Fingerprint.of(EquippedContainer.bare(WEB), Optional.of(IpAddress.of("192.0.2.7"))));
        fingerprints.add(
                Fingerprint.of(new EquippedContainer(WEB, List.of("/dev/gpiochip0"), List.of(), List.of()), ANYWHERE));
        fingerprints.add(
                Fingerprint.of(new EquippedContainer(WEB, List.of(), List.of("/a:/b:ro"), List.of()), ANYWHERE));
        fingerprints.add(Fingerprint.of(
                new EquippedContainer(WEB, List.of(), List.of(), List.of("--add-host=db:10.89.0.2")), ANYWHERE));

        assertEquals(others.size() + 4, fingerprints.size());
        assertNotEquals(
                of(WEB),
                Fingerprint.of(
                        new EquippedContainer(WEB, List.of("/a:/b:ro"), List.of("/dev/gpiochip0"), List.of()),
                        ANYWHERE));
    }

    @Test
    void whatTheAgentAndPlacementDoByThemselvesRestartsNothing() {
        Container otherwise = WEB.with(Container.HealthCheck.by(HttpProbe.of(Port.of(8080), HttpPath.of("/"))))
                .with(WEB.resources()
                        .reserving(Demand.of(Memory.mebibytes(32))
                                .with(WEB.resources().reserved().cpu())))
                .placed(List.of(), Mobility.STAYS);

        assertEquals(of(WEB), of(otherwise));
    }

    private static Container running(Program program) {
        return WEB.with(WEB.execution().with(program));
    }

    private static Fingerprint of(Container container) {
        return Fingerprint.of(EquippedContainer.bare(container), ANYWHERE);
    }
}
