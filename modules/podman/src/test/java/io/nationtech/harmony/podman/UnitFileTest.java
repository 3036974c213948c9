package io.nationtech.harmony.podman;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.JobSpec;
import io.nationtech.harmony.domain.node.Limits;
import io.nationtech.harmony.domain.node.Privilege;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.node.SharedNetwork;
import io.nationtech.harmony.domain.node.Trigger;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.CpuShare;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ProcessCount;
import io.nationtech.harmony.domain.value.Reason;
import io.nationtech.harmony.domain.value.ServiceName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What quadlet's own generator makes of our files. */
class UnitFileTest {
    private static final String GENERATOR = "/usr/lib/systemd/system-generators/podman-system-generator";
    private static final UnitName NAME = new UnitName(DeploymentName.of("website"), ContainerName.of("web"));

    @Test
    void quadletMakesTheServiceThatIsMeant(@TempDir Path folder) throws IOException {
        String service = generated(folder, unit(Optional.of(IpAddress.of("192.0.2.7"))));

        assertTrue(service.contains("Description=Container web of deployment website"), service);
        assertTrue(service.contains("--name harmony-website.web "), service);
        assertTrue(service.contains("--pull never "), service);
        assertTrue(service.contains("--publish 192.0.2.7:8080:80 "), service);
        assertTrue(
                service.contains("--memory=67108864b --memory-swap=67108864b --cap-drop=all"
                        + " --sysctl=net.ipv4.ip_unprivileged_port_start=0 --security-opt=no-new-privileges --read-only"
                        + " --hostname=web --stop-timeout=10 registry.internal/website:1"),
                service);
        assertTrue(service.contains("WantedBy=multi-user.target"), service);
        assertTrue(service.contains("Restart=always"), service);
    }

    @Test
    void theServiceDoesNotWaitForTheNetwork(@TempDir Path folder) throws IOException {
        String service = generated(folder, unit(Optional.empty()));

        assertTrue(!service.contains("network-online"), service);
        assertTrue(service.contains("--publish 8080:80 "), service);
    }

    @Test
    void anIpv6AddressStandsInBrackets(@TempDir Path folder) throws IOException {
        String service = generated(folder, unit(Optional.of(IpAddress.of("2001:db8::7"))));

        assertTrue(service.contains("--publish [2001:db8:0:0:0:0:0:7]:8080:80 "), service);
    }

    @Test
    void aUdpPortIsPublishedAsOne(@TempDir Path folder) throws IOException {
        Container dns = unit(Optional.empty())
                .container()
                .with(Container.Network.of(PublishedPort.udp(Port.of(53)), PublishedPort.tcp(Port.of(53))));

        String service =
                generated(folder, new UnitFile(NAME, EquippedContainer.bare(dns), Optional.empty(), List.of()));

        assertTrue(service.contains("--publish 53:53/udp --publish 53:53 "), service);
    }

    @Test
    void limitsAndPrivilegesAreTold(@TempDir Path folder) throws IOException {
        Container plain = unit(Optional.empty()).container();
        Container limited = plain.with(plain.resources()
                        .with(Limits.DEFAULT.cpu(CpuShare.millis(1_500)).processes(ProcessCount.of(64))))
                .with(plain.security().allowing(Privilege.NET_RAW, Reason.of("pings its neighbours")));

        String service =
                generated(folder, new UnitFile(NAME, EquippedContainer.bare(limited), Optional.empty(), List.of()));

        assertTrue(service.contains(" --cpus=1.500 --pids-limit=64 "), service);
        assertTrue(service.contains(" --read-only --cap-add=NET_RAW "), service);
    }

    @Test
    void aJobIsStartedByNobodyButTheAgent(@TempDir Path folder) throws IOException {
        Container job = unit(Optional.empty())
                .container()
                .with(Container.HealthCheck.DEFAULT)
                .job(JobSpec.of(new Trigger.Once()).deadline(Duration.ofMinutes(2)));

        String service =
                generated(folder, new UnitFile(NAME, EquippedContainer.bare(job), Optional.empty(), List.of()));

        assertTrue(!service.contains("WantedBy="), service);
        assertTrue(service.contains("Restart=no"), service);
        assertTrue(service.contains(" --timeout=120 "), service);
    }

    @Test
    void aDeviceIsAdded(@TempDir Path folder) throws IOException {
        UnitFile plain = unit(Optional.empty());
        UnitFile equipped = new UnitFile(
                NAME,
                new EquippedContainer(
                        plain.container(), List.of("/dev/gpiochip0", "/dev/tpmrm0"), List.of(), List.of()),
                Optional.empty(),
                List.of());

        String service = generated(folder, equipped);

        assertTrue(service.contains("--device /dev/gpiochip0 --device /dev/tpmrm0 "), service);
        assertNotEquals(plain.fingerprint(), equipped.fingerprint());
    }

    @Test
    void aUnitStartsAfterItsMountsAndNeverWithoutThem(@TempDir Path folder) throws IOException {
        String volume = "/mnt/nas/albums:/media:ro,rslave";
        UnitFile sharing = new UnitFile(
                NAME,
                new EquippedContainer(unit(Optional.empty()).container(), List.of(), List.of(volume), List.of()),
                Optional.empty(),
                List.of("/mnt/nas"));

        String service = generated(folder, sharing);

        assertTrue(
                service.contains("--volume %s ".formatted(volume)) || service.contains("-v %s ".formatted(volume)),
                service);
        assertTrue(service.contains("RequiresMountsFor=/mnt/nas/albums\n"), service);
        assertTrue(service.contains("ExecStartPre=/usr/bin/mountpoint --quiet /mnt/nas/.\n"), service);
    }

    @Test
    void whoUsesANameStartsAfterItsOwner(@TempDir Path folder) throws IOException {
        Container alone = unit(Optional.empty()).container();
        SharedNetwork network =
                new SharedNetwork(ServiceName.of("app"), List.of(ContainerName.of("db"), NAME.container()));
        UnitFile together = new UnitFile(
                NAME,
                new EquippedContainer(
                        alone.with(alone.network().sharing(network)),
                        List.of(),
                        List.of(),
                        List.of(
                                "--network=podman",
                                "--network=harmony-website.app:ip=10.89.0.7",
                                "--add-host=db:10.89.0.8")),
                Optional.empty(),
                List.of());

        String service = generated(folder, together);

        assertTrue(service.contains("\nAfter=harmony-%s.db.service\n".formatted(NAME.deployment())), service);
        assertTrue(
                service.contains("--network=podman --network=harmony-website.app:ip=10.89.0.7 --add-host=db:10.89.0.8"),
                service);
        assertTrue(Networks.isIn(together.text(), "harmony-website.app"), together.text());
        assertTrue(!Networks.isIn(together.text(), "harmony-website.ap"), together.text());
        assertNotEquals(unit(Optional.empty()).fingerprint(), together.fingerprint());
    }

    @Test
    void aValueCannotBringLinesOrSpecifiersIn() {
        assertEquals("fe80::1%%eth0", UnitFile.value("fe80::1%eth0"));
        for (String bad : List.of("a\nExecStart=/bin/sh", "a b", "a\"b", "a\\b", "a$b", "a;b", "a\u00a0b", "")) {
            assertThrows(IllegalArgumentException.class, () -> UnitFile.value(bad), bad);
        }
    }

    @Test
    void aControlCharacterIsRefusedByName() {
        for (String bad : List.of("a\u0007b", "a\u0000", "\r\n", "\u009b", "\u001b[2J")) {
            String why = assertThrows(InvalidValueException.class, () -> UnitQuoting.word(bad))
                    .getMessage();
            assertTrue(why.contains("control character U+00"), why);
        }
        assertThrows(InvalidValueException.class, () -> UnitQuoting.word("half \ud83d"));
    }

    @Test
    void theServiceHasTheShareOfTheProcessorsThatIsReserved() {
        UnitFile plain = unit(Optional.empty());
        Container greedy = plain.container()
                .with(plain.container()
                        .resources()
                        .reserving(plain.container().resources().reserved().with(CpuShare.cpus(2))));

        assertTrue(plain.text().contains("\nCPUWeight=1\n"), plain.text());
        assertTrue(new UnitFile(NAME, EquippedContainer.bare(greedy), Optional.empty(), List.of())
                .text()
                .contains("\nCPUWeight=200\n"));
    }

    @Test
    void onlyOurOwnFilesAreTakenForOurs() {
        assertEquals(Optional.of(NAME), UnitName.ofFile(NAME.file()));
        for (String other : List.of(
                "harmony-website.container",
                "harmony-website.web.container.new",
                "website.web.container",
                "harmony-a.b.c.container",
                "harmony--a.b.container")) {
            assertEquals(Optional.empty(), UnitName.ofFile(other), other);
        }
    }

    private static UnitFile unit(Optional<IpAddress> publishAt) {
        Container container = Container.of(
                        NAME.container(), ImageReference.of("registry.internal/website:1"), Memory.mebibytes(64))
                .with(Container.Network.of(new PublishedPort(Port.of(8080), Port.of(80))));
        return new UnitFile(NAME, EquippedContainer.bare(container), publishAt, List.of());
    }

    private static String generated(Path folder, UnitFile unit) throws IOException {
        new UnitFolder(folder).write(NAME, unit.text());
        Programs programs = new Programs(
                List.of("env", "QUADLET_UNIT_DIRS=" + folder), Programs.here().path());
        Finished finished = programs.run(Podman.LOCAL, GENERATOR, "--dryrun");
        assertTrue(finished.succeeded(), finished::toString);
        return finished.output();
    }
}
