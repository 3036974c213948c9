package io.nationtech.harmony.fleet.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.hardware.Bandwidth;
import io.nationtech.harmony.domain.hardware.CpuFeature;
import io.nationtech.harmony.domain.hardware.CpuTopology;
import io.nationtech.harmony.domain.hardware.DeviceGrant;
import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.Disk;
import io.nationtech.harmony.domain.hardware.DiskHealth;
import io.nationtech.harmony.domain.hardware.DiskSpace;
import io.nationtech.harmony.domain.hardware.Generation;
import io.nationtech.harmony.domain.hardware.Gpio;
import io.nationtech.harmony.domain.hardware.GpioChip;
import io.nationtech.harmony.domain.hardware.GraphicsCard;
import io.nationtech.harmony.domain.hardware.Hardware;
import io.nationtech.harmony.domain.hardware.HardwareReport;
import io.nationtech.harmony.domain.hardware.I2cBus;
import io.nationtech.harmony.domain.hardware.InstructionSet;
import io.nationtech.harmony.domain.hardware.Location;
import io.nationtech.harmony.domain.hardware.Machine;
import io.nationtech.harmony.domain.hardware.Medium;
import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.domain.hardware.NetworkLink;
import io.nationtech.harmony.domain.hardware.OperatingSystem;
import io.nationtech.harmony.domain.hardware.OsVersion;
import io.nationtech.harmony.domain.hardware.PciClass;
import io.nationtech.harmony.domain.hardware.PciDevice;
import io.nationtech.harmony.domain.hardware.PciId;
import io.nationtech.harmony.domain.hardware.Platform;
import io.nationtech.harmony.domain.hardware.PowerSource;
import io.nationtech.harmony.domain.hardware.Processor;
import io.nationtech.harmony.domain.hardware.PwmChip;
import io.nationtech.harmony.domain.hardware.SecureBoot;
import io.nationtech.harmony.domain.hardware.SerialPort;
import io.nationtech.harmony.domain.hardware.SpiDevice;
import io.nationtech.harmony.domain.hardware.ThermalZone;
import io.nationtech.harmony.domain.hardware.TpmChip;
import io.nationtech.harmony.domain.hardware.Unread;
import io.nationtech.harmony.domain.hardware.UplinkClass;
import io.nationtech.harmony.domain.hardware.UsbClass;
import io.nationtech.harmony.domain.hardware.UsbDevice;
import io.nationtech.harmony.domain.hardware.UsbId;
import io.nationtech.harmony.domain.hardware.VideoCamera;
import io.nationtech.harmony.domain.hardware.Virtualisation;
import io.nationtech.harmony.domain.hardware.WorkSpace;
import io.nationtech.harmony.domain.node.Architecture;
import io.nationtech.harmony.domain.node.CommandProbe;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.DesiredStateForm;
import io.nationtech.harmony.domain.node.HealthThresholds;
import io.nationtech.harmony.domain.node.HostPath;
import io.nationtech.harmony.domain.node.HttpProbe;
import io.nationtech.harmony.domain.node.JobSpec;
import io.nationtech.harmony.domain.node.Limits;
import io.nationtech.harmony.domain.node.Maintenance;
import io.nationtech.harmony.domain.node.MissedRun;
import io.nationtech.harmony.domain.node.MountedFile;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.node.MountedShare;
import io.nationtech.harmony.domain.node.NameResolution;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeKey;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.node.Privilege;
import io.nationtech.harmony.domain.node.ProcessUser;
import io.nationtech.harmony.domain.node.Program;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.node.RestartPolicy;
import io.nationtech.harmony.domain.node.Schedule;
import io.nationtech.harmony.domain.node.Scratch;
import io.nationtech.harmony.domain.node.ServedPort;
import io.nationtech.harmony.domain.node.SharedNetwork;
import io.nationtech.harmony.domain.node.Stop;
import io.nationtech.harmony.domain.node.StopSignal;
import io.nationtech.harmony.domain.node.TcpProbe;
import io.nationtech.harmony.domain.node.Trigger;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.placement.Demand;
import io.nationtech.harmony.domain.placement.Mobility;
import io.nationtech.harmony.domain.rollout.Rollout;
import io.nationtech.harmony.domain.score.DhcpSubnet;
import io.nationtech.harmony.domain.score.DnsRecord;
import io.nationtech.harmony.domain.score.DnsZone;
import io.nationtech.harmony.domain.score.ForwardedPort;
import io.nationtech.harmony.domain.score.StaticLease;
import io.nationtech.harmony.domain.system.NodeSystem;
import io.nationtech.harmony.domain.system.RecoveryKey;
import io.nationtech.harmony.domain.system.ReleasePlace;
import io.nationtech.harmony.domain.system.ResetAnswer;
import io.nationtech.harmony.domain.system.SystemVersion;
import io.nationtech.harmony.domain.system.UpgradeAnswer;
import io.nationtech.harmony.domain.system.UpgradeOrder;
import io.nationtech.harmony.domain.value.AddressRange;
import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.CalendarTime;
import io.nationtech.harmony.domain.value.Cidr;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.CpuShare;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.EnvText;
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.FileCount;
import io.nationtech.harmony.domain.value.FolderPath;
import io.nationtech.harmony.domain.value.GroupId;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.KindName;
import io.nationtech.harmony.domain.value.MacAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ProcessCount;
import io.nationtech.harmony.domain.value.Reason;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.SecretText;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.ShareName;
import io.nationtech.harmony.domain.value.SiteName;
import io.nationtech.harmony.domain.value.TimeZoneName;
import io.nationtech.harmony.domain.value.UserId;
import io.nationtech.harmony.fleet.AuditRecord;
import io.nationtech.harmony.fleet.ChallengeRequest;
import io.nationtech.harmony.fleet.ChallengedRequest;
import io.nationtech.harmony.fleet.Decoded;
import io.nationtech.harmony.fleet.ExecRequest;
import io.nationtech.harmony.fleet.LogsReply;
import io.nationtech.harmony.fleet.LogsRequest;
import io.nationtech.harmony.fleet.Octets;
import io.nationtech.harmony.fleet.ResetRequest;
import io.nationtech.harmony.fleet.SealedForNode;
import io.nationtech.harmony.fleet.Signer;
import io.nationtech.harmony.fleet.UpgradeRequest;
import io.nationtech.harmony.form.Difference;
import io.nationtech.harmony.form.RecordForm;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.rollout.KeptChanges;
import io.nationtech.harmony.rollout.NodeProgress;
import io.nationtech.harmony.rollout.RolloutRecord;
import io.nationtech.harmony.secrets.SealedSecret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The forms as they travel and rest on disks out there. A change here is a change of the protocol: nodes of the version before
 * must still read it, or the version must go up.
 */
class GoldenFormsTest {
    private static final String NONCE = "0123456789abcdef0123456789abcdef";

    private static final JsonFleetCodec CODEC = new JsonFleetCodec();
    private static final Cause CAUSE = new Cause("image 'a' cannot be pulled", "node n1", "look at the registry");

    @Test
    void desiredState() {
        Container web = Container.of(
                        ContainerName.of("web"), ImageReference.of("registry.internal/website:1"), Memory.mebibytes(64))
                .with(Container.Network.of(new PublishedPort(Port.of(8080), Port.of(80))))
                .with(Container.HealthCheck.by(HttpProbe.of(Port.of(8080), HttpPath.of("/health"))));
        Container bare = Container.of(
                ContainerName.of("bare"), ImageReference.of("registry.internal/bare:2"), Memory.ofBytes(1));
        DesiredState state = new DesiredState(NodeId.of("n1"), DeploymentName.of("website"), List.of(web, bare));

        golden(state, CODEC.encode(state), CODEC::desiredState, """
                {"version":1,"node":"n1","deployment":"website","resources":[\
                {"kind":"container","name":"web","image":"registry.internal/website:1",\
                "resources":{"memoryLimit":67108864,"reserved":{"cpu":10,"memory":67108864}},\
                "network":{"ports":[{"node":8080,"container":80}]},\
                "healthCheck":{"probe":{"kind":"http-probe","port":8080,"path":"/health","period":"PT10S","timeout":"PT2S"}}},\
                {"kind":"container","name":"bare","image":"registry.internal/bare:2",\
                "resources":{"memoryLimit":1,"reserved":{"cpu":10,"memory":1}}}]}""");
    }

    @Test
    void desiredStateWithSecretsInTheEnvironment() {
        SecretRef token = SecretRef.of("token");
        Container shop = Container.of(
                        ContainerName.of("shop"), ImageReference.of("registry.internal/shop:1"), Memory.ofBytes(1))
                .with(Container.Security.reading(List.of(new MountedSecret(token, 3)))
                        .env(Map.of(
                                EnvName.of("TOKEN"),
                                SecretText.of(token),
                                EnvName.of("URL"),
                                SecretText.of(EnvText.of("x://$a:"))
                                        .inUrl(token)
                                        .and(EnvText.of("@b")))));
        DesiredState state = new DesiredState(NodeId.of("n1"), DeploymentName.of("garden"), List.of(shop));

        golden(state, CODEC.encode(state), CODEC::desiredState, """
                {"version":1,"node":"n1","deployment":"garden","resources":[\
                {"kind":"container","name":"shop","image":"registry.internal/shop:1",\
                "resources":{"memoryLimit":1,"reserved":{"cpu":10,"memory":1}},\
                "security":{"secrets":[{"ref":"token","version":3}],\
                "env":{"TOKEN":"${token}","URL":"x://$$a:${token:url}@b"}}}]}""");
        assertEquals(5, RecordForm.of(Container.class).versionNeeded(shop));
    }

    @Test
    void desiredStateWithDevicesSecretsAndVolumes() {
        Container relay = Container.of(
                        ContainerName.of("relay"), ImageReference.of("registry.internal/relay:1"), Memory.ofBytes(1))
                .with(Container.Resources.of(Memory.ofBytes(1))
                        .reserving(new Demand(CpuShare.millis(250), Memory.ofBytes(1)))
                        .with(List.of(DeviceGrant.of(Gpio.line(17), DevicePath.of("gpiochip0/17")))))
                .with(Container.Security.reading(List.of(new MountedSecret(SecretRef.of("token"), 3))))
                .with(Container.Storage.keeping(Volume.of(DataName.of("log"), MountPath.of("/var/log"))));
        DesiredState state = new DesiredState(NodeId.of("n1"), DeploymentName.of("garden"), List.of(relay));

        golden(state, CODEC.encode(state), CODEC::desiredState, """
                {"version":1,"node":"n1","deployment":"garden","resources":[\
                {"kind":"container","name":"relay","image":"registry.internal/relay:1",\
                "resources":{"memoryLimit":1,"reserved":{"cpu":250,"memory":1},\
                "devices":[{"path":"gpiochip0/17","kind":"gpio-line","sharing":"exclusive","bytes":0}]},\
                "storage":{"volumes":[{"name":"log","at":"/var/log"}]},"security":{"secrets":[{"ref":"token","version":3}]}}]}""");
    }

    @Test
    void desiredStateOfWorkWithAnEnvironmentAndOfAServiceWithThresholds() {
        Container work = Container.of(
                        ContainerName.of("work"), ImageReference.of("registry.internal/work:1"), Memory.ofBytes(1))
                .env(EnvName.of("TZ"), EnvText.of("Europe/Zurich"))
                .env(EnvName.of("GREETING"), EnvText.of(""))
                .restart(RestartPolicy.ON_FAILURE);
        Container slow = Container.of(
                        ContainerName.of("slow"), ImageReference.of("registry.internal/slow:1"), Memory.ofBytes(1))
                .with(Container.HealthCheck.by(HttpProbe.of(Port.of(8080), HttpPath.of("/")))
                        .with(HealthThresholds.DEFAULT
                                .startingWithin(Duration.ofMinutes(5))
                                .restartedAfter(10)));
        DesiredState state = new DesiredState(NodeId.of("n1"), DeploymentName.of("website"), List.of(work, slow));

        golden(state, CODEC.encode(state), CODEC::desiredState, """
                {"version":1,"node":"n1","deployment":"website","resources":[\
                {"kind":"container","name":"work","image":"registry.internal/work:1",\
                "execution":{"env":{"GREETING":"","TZ":"Europe/Zurich"},"restart":"on-failure"},\
                "resources":{"memoryLimit":1,"reserved":{"cpu":10,"memory":1}}},\
                {"kind":"container","name":"slow","image":"registry.internal/slow:1",\
                "resources":{"memoryLimit":1,"reserved":{"cpu":10,"memory":1}},\
                "healthCheck":{"probe":{"kind":"http-probe","port":8080,"path":"/","period":"PT10S","timeout":"PT2S"},\
                "thresholds":{"startup":"PT5M","readiness":3,"liveness":10}}}]}""");
    }

    @Test
    void desiredStateOfJobs() {
        Container migrate = Container.of(
                        ContainerName.of("migrate"), ImageReference.of("registry.internal/shop:1"), Memory.ofBytes(1))
                .job(JobSpec.of(new Trigger.Once()).deadline(Duration.ofMinutes(2)));
        Container backup = Container.of(
                        ContainerName.of("backup"), ImageReference.of("registry.internal/backup:1"), Memory.ofBytes(1))
                .job(JobSpec.of(Schedule.of(CalendarTime.of("Mon..Fri 02:30"))
                        .in(TimeZoneName.of("Europe/Zurich"))
                        .missed(MissedRun.SKIP)));
        DesiredState state = new DesiredState(NodeId.of("n1"), DeploymentName.of("shop"), List.of(migrate, backup));

        golden(state, CODEC.encode(state), CODEC::desiredState, """
                {"version":1,"node":"n1","deployment":"shop","resources":[\
                {"kind":"container","name":"migrate","image":"registry.internal/shop:1",\
                "execution":{"job":{"trigger":{"kind":"once"},"deadline":"PT2M"}},\
                "resources":{"memoryLimit":1,"reserved":{"cpu":10,"memory":1}}},\
                {"kind":"container","name":"backup","image":"registry.internal/backup:1",\
                "execution":{"job":{"trigger":{"kind":"schedule","at":"Mon..Fri 02:30","zone":"Europe/Zurich","missed":"skip"}}},\
                "resources":{"memoryLimit":1,"reserved":{"cpu":10,"memory":1}}}]}""");
    }

    @Test
    void desiredStateOfAContainerThatSaysHowItIsRunAndAsked() {
        Container broker = Container.of(
                        ContainerName.of("broker"), ImageReference.of("registry.internal/broker:1"), Memory.ofBytes(1))
                .with(Container.Network.of(
                        PublishedPort.tcp(Port.of(1883)),
                        PublishedPort.udp(Port.of(53)).at(Port.of(5353))))
                .with(Container.HealthCheck.by(TcpProbe.of(Port.of(1883))));
        Program program = Program.DEFAULT
                .entrypoint(Arguments.of("/bin/broker", "-v"))
                .args(Arguments.of("", "a b"))
                .workingFolder(FolderPath.of("/srv"))
                .user(new ProcessUser(UserId.of(1883), GroupId.of(100)));
        broker = broker.with(Container.Execution.DEFAULT
                .with(program)
                .with(Stop.DEFAULT.by(StopSignal.INT).within(Duration.ofMinutes(1))));
        Container database = Container.of(
                        ContainerName.of("db"), ImageReference.of("registry.internal/db:1"), Memory.ofBytes(1))
                .with(Container.HealthCheck.by(CommandProbe.redis()));
        DesiredState state = new DesiredState(NodeId.of("n1"), DeploymentName.of("website"), List.of(broker, database));

        golden(state, CODEC.encode(state), CODEC::desiredState, """
                {"version":1,"node":"n1","deployment":"website","resources":[\
                {"kind":"container","name":"broker","image":"registry.internal/broker:1",\
                "execution":{"program":{"entrypoint":{"words":["/bin/broker","-v"]},"args":{"words":["","a b"]},\
                "workingFolder":"/srv","user":{"user":1883,"group":100}},"stop":{"signal":"int","within":"PT1M"}},\
                "resources":{"memoryLimit":1,"reserved":{"cpu":10,"memory":1}},\
                "network":{"ports":[{"node":1883,"container":1883},{"node":5353,"container":53,"protocol":"udp"}]},\
                "healthCheck":{"probe":{"kind":"tcp-probe","port":1883,"period":"PT10S","timeout":"PT2S"}}},\
                {"kind":"container","name":"db","image":"registry.internal/db:1",\
                "resources":{"memoryLimit":1,"reserved":{"cpu":10,"memory":1}},\
                "healthCheck":{"probe":{"kind":"command-probe","command":{"words":["redis-cli","ping"]},"period":"PT10S",\
                "timeout":"PT5S"}}}]}""");
    }

    @Test
    void desiredStateOfAContainerWithLimitsSharesAndPrivileges() {
        Container vpn = Container.of(
                ContainerName.of("vpn"), ImageReference.of("registry.internal/vpn:1"), Memory.mebibytes(64));
        vpn = vpn.with(vpn.resources()
                        .with(Limits.DEFAULT
                                .cpu(CpuShare.millis(1_500))
                                .processes(ProcessCount.of(64))
                                .openFiles(FileCount.of(4_096))
                                .sharedMemory(Memory.mebibytes(1))))
                .with(Container.Storage.DEFAULT
                        .mounting(new Scratch(MountPath.of("/var/cache/vpn"), Memory.mebibytes(8)))
                        .sharing(List.of(
                                MountedShare.readOnly(ShareName.of("music"), MountPath.of("/music")),
                                MountedShare.writable(ShareName.of("photos"), MountPath.of("/photos")))))
                .with(Container.Security.DEFAULT
                        .allowing(Privilege.NET_ADMIN, Reason.of("sets up its tunnel"))
                        .allowing(Privilege.WRITABLE_ROOT, Reason.of("writes /etc/resolv.conf")));
        DesiredState state = new DesiredState(NodeId.of("n1"), DeploymentName.of("website"), List.of(vpn));

        golden(state, CODEC.encode(state), CODEC::desiredState, """
                {"version":1,"node":"n1","deployment":"website","resources":[\
                {"kind":"container","name":"vpn","image":"registry.internal/vpn:1",\
                "resources":{"memoryLimit":67108864,"reserved":{"cpu":10,"memory":67108864},\
                "limits":{"cpu":1500,"processes":64,"openFiles":4096,"sharedMemory":1048576}},\
                "storage":{"scratch":[{"at":"/var/cache/vpn","most":8388608}],"shares":[\
                {"share":"music","at":"/music","access":"read-only"},\
                {"share":"photos","at":"/photos","access":"read-write"}]},\
                "security":{"privileges":{"net-admin":"sets up its tunnel","writable-root":"writes /etc/resolv.conf"}}}]}""");
        Container bare = vpn.with(Container.Security.DEFAULT);
        assertEquals(
                Set.of(
                        "security.privileges[net admin]: – → sets up its tunnel",
                        "security.privileges[writable root]: – → writes /etc/resolv.conf"),
                RecordForm.of(Container.class).differences(bare, vpn).stream()
                        .map(Difference::toString)
                        .collect(Collectors.toSet()));
    }

    @Test
    void desiredStateOfContainersThatGoThroughAnotherAndAskOne() {
        ContainerName vpn = ContainerName.of("vpn");
        ContainerName torrent = ContainerName.of("torrent");
        SharedNetwork shared =
                new SharedNetwork(ServiceName.of("app"), List.of(vpn, torrent), Set.of(), Map.of(torrent, vpn));
        Container carried = Container.of(torrent, ImageReference.of("registry.internal/torrent:1"), Memory.ofBytes(1))
                .with(Container.Network.DEFAULT.through(vpn).sharing(shared));
        Container asking = Container.of(vpn, ImageReference.of("registry.internal/vpn:1"), Memory.ofBytes(1))
                .with(Container.Network.DEFAULT.with(NameResolution.DEFAULT.member(torrent)));
        DesiredState state = new DesiredState(NodeId.of("n1"), DeploymentName.of("films"), List.of(asking, carried));

        golden(state, CODEC.encode(state), CODEC::desiredState, """
                {"version":1,"node":"n1","deployment":"films","resources":[\
                {"kind":"container","name":"vpn","image":"registry.internal/vpn:1",\
                "resources":{"memoryLimit":1,"reserved":{"cpu":10,"memory":1}},\
                "network":{"names":{"member":"torrent"}}},\
                {"kind":"container","name":"torrent","image":"registry.internal/torrent:1",\
                "resources":{"memoryLimit":1,"reserved":{"cpu":10,"memory":1}},\
                "network":{"shared":{"name":"app","members":["vpn","torrent"],"carriers":{"torrent":"vpn"}},\
                "through":"vpn"}}]}""");
        assertEquals(8, RecordForm.of(Container.class).versionNeeded(carried));
        assertEquals(8, RecordForm.of(Container.class).versionNeeded(asking));
    }

    @Test
    void desiredStateOfAContainerThatWatchesItsNode() {
        Container watch = Container.of(
                        ContainerName.of("watch"), ImageReference.of("registry.internal/watch:1"), Memory.ofBytes(1))
                .with(Container.Network.of(PublishedPort.tcp(Port.of(9100)).onNodeOnly()))
                .with(Container.HealthCheck.by(
                        HttpProbe.of(Port.of(9100), HttpPath.of("/")).overTls()))
                .with(Container.Storage.keeping(Volume.of(DataName.of("data"), MountPath.of("/data")))
                        .mounting(HostPath.readOnly(
                                FolderPath.of("/proc"), MountPath.of("/host/proc"), Reason.of("measures it")))
                        .seeded(new MountedFile(
                                new ResourceId(KindName.of("config-file"), ResourceName.of("rules")),
                                MountPath.of("/data/rules"))));
        DesiredState state = new DesiredState(NodeId.of("n1"), DeploymentName.of("website"), List.of(watch));

        golden(state, CODEC.encode(state), CODEC::desiredState, """
                {"version":1,"node":"n1","deployment":"website","resources":[\
                {"kind":"container","name":"watch","image":"registry.internal/watch:1",\
                "resources":{"memoryLimit":1,"reserved":{"cpu":10,"memory":1}},\
                "network":{"ports":[{"node":9100,"container":9100,"reach":"node"}]},\
                "storage":{"volumes":[{"name":"data","at":"/data"}],\
                "hostPaths":[{"path":"/proc","at":"/host/proc","access":"read-only","because":"measures it"}],\
                "seeds":[{"file":"config-file/rules","at":"/data/rules"}]},\
                "healthCheck":{"probe":{"kind":"http-probe","port":9100,"path":"/","period":"PT10S","timeout":"PT2S",\
                "scheme":"https"}}}]}""");
    }

    @Test
    void aVariableIsShownByItsNameInPlansAndToWhoeverAsksWhy() {
        RecordForm<Container> form = RecordForm.of(Container.class);
        Container before = Container.of(
                        ContainerName.of("work"), ImageReference.of("registry.internal/work:1"), Memory.ofBytes(1))
                .env(EnvName.of("TZ"), EnvText.of("UTC"));
        Container after =
                before.env(EnvName.of("TZ"), EnvText.of("Europe/Zurich")).env(EnvName.of("DEBUG"), EnvText.of("1"));

        assertEquals(
                Set.of("execution.env[TZ]: UTC → Europe/Zurich", "execution.env[DEBUG]: – → 1"),
                form.differences(before, after).stream()
                        .map(Difference::toString)
                        .collect(Collectors.toSet()));
        assertEquals("DEBUG=1, TZ=Europe/Zurich", form.texts(after).get("execution.env"));
    }

    @Test
    void desiredStateOfANetworksServices() {
        DnsZone names = DnsZone.of(
                ServiceName.of("names"),
                DnsName.of("lab.example.org"),
                new DnsRecord.Address(DnsName.of("web.lab.example.org"), IpAddress.of("192.0.2.7")),
                new DnsRecord.Alias(DnsName.of("www.lab.example.org"), DnsName.of("web.lab.example.org")));
        DhcpSubnet addresses = DhcpSubnet.of(
                        ServiceName.of("addresses"),
                        Cidr.of("192.0.2.0/24"),
                        AddressRange.of(IpAddress.of("192.0.2.100"), IpAddress.of("192.0.2.200")),
                        IpAddress.of("192.0.2.1"))
                .keeping(new StaticLease(MacAddress.of("02:00:00:00:00:07"), IpAddress.of("192.0.2.7")));
        ForwardedPort door =
                new ForwardedPort(ServiceName.of("door"), Port.of(80), ServiceName.of("web"), Port.of(8080));
        DesiredState state =
                new DesiredState(NodeId.of("n1"), DeploymentName.of("lab"), List.of(names, addresses, door));

        golden(state, CODEC.encode(state), CODEC::desiredState, """
                {"version":1,"node":"n1","deployment":"lab","resources":[\
                {"kind":"dns-zone","name":"names","zone":"lab.example.org","records":[\
                {"kind":"address","name":"web.lab.example.org","address":"192.0.2.7"},\
                {"kind":"alias","name":"www.lab.example.org","target":"web.lab.example.org"}]},\
                {"kind":"dhcp-subnet","name":"addresses","subnet":"192.0.2.0/24",\
                "range":{"first":"192.0.2.100","last":"192.0.2.200"},"gateway":"192.0.2.1",\
                "leases":[{"machine":"02:00:00:00:00:07","address":"192.0.2.7"}]},\
                {"kind":"forwarded-port","name":"door","listen":80,"to":"web","target":8080}]}""");
    }

    @Test
    void withdrawal() {
        DesiredState state = DesiredState.withdrawn(NodeId.of("n1"), DeploymentName.of("website"));

        golden(state, CODEC.encode(state), CODEC::desiredState, """
                {"version":1,"node":"n1","deployment":"website","resources":[]}""");
    }

    @Test
    void nodeInfo() {
        NodeInfo info = new NodeInfo(
                NodeId.of("n1"),
                new Location(SiteName.of("home"), FailureDomain.of("shelf")),
                IpAddress.of("192.0.2.7"),
                new NodeInfo.Machine(Architecture.ARM64, 4, Memory.gibibytes(8), "Debian GNU/Linux 13 (trixie)")
                        .sharing(Set.of(ShareName.of("photos"), ShareName.of("music"))),
                NodeInfo.Agent.of(
                        "0.1.0", Set.of(new CapabilityName("DnsServer"), new CapabilityName("ContainerRuntime"))));

        golden(info, CODEC.encode(info), CODEC::nodeInfo, """
                {"version":1,"id":"n1","location":{"site":"home","failureDomain":"shelf"},"address":"192.0.2.7",\
                "machine":{"architecture":"arm64","cpus":4,"memory":8589934592,"operatingSystem":"Debian GNU/Linux 13 (trixie)",\
                "shares":["music","photos"]},\
                "agent":{"version":"0.1.0","capabilities":["ContainerRuntime","DnsServer"],"desiredState":2}}""");
    }

    @Test
    void anAgentThatDoesNotSayWhatItCanBeToldIsToldNothingNew() {
        String text = """
                {"version":1,"id":"n1","location":{"site":"home","failureDomain":"shelf"},"address":"192.0.2.7",\
                "machine":{"architecture":"arm64","cpus":4,"memory":8589934592,"operatingSystem":"Debian"},\
                "agent":{"version":"0.0.9","capabilities":["ContainerRuntime"]}}""";

        Decoded<NodeInfo> read = CODEC.nodeInfo(Payload.of(text.getBytes(StandardCharsets.UTF_8)));

        assertEquals(
                DesiredStateForm.DEFAULT,
                assertInstanceOf(Decoded.Value.class, read).value() instanceof NodeInfo info
                        ? info.agent().desiredState()
                        : read);
    }

    @Test
    void whatANodeGoesBackFromByItself() {
        DesiredState state = new DesiredState(NodeId.of("n1"), DeploymentName.of("website"), List.of())
                .with(Optional.of(new Rollout.Pace(Duration.ofSeconds(30), Duration.ofMinutes(5))));

        golden(state, CODEC.encode(state), CODEC::desiredState, """
                {"version":1,"node":"n1","deployment":"website",\
                "rollback":{"minHealthy":"PT30S","deadline":"PT5M"},"resources":[]}""");
    }

    @Test
    void hardwareReport() {
        Hardware hardware = new Hardware(
                new Processor(
                        InstructionSet.X86_64_V3,
                        new ModelName("Intel(R) N100"),
                        Set.of(CpuFeature.of("sha_ni"), CpuFeature.of("avx2")),
                        new CpuTopology(1, 4, 4)),
                Memory.gibibytes(16),
                List.of(
                        new Disk(
                                DevicePath.of("nvme0n1"),
                                Medium.NVME,
                                DiskSpace.gibibytes(2),
                                DiskSpace.gibibytes(1),
                                DiskHealth.GOOD),
                        new NetworkLink(
                                DevicePath.of("enp1s0"),
                                NetworkLink.Type.ETHERNET,
                                NetworkLink.State.UP,
                                Optional.of(Bandwidth.megabits(2500))),
                        new PciDevice(DevicePath.of("0000:00:02.0"), new PciId(0x8086, 0x46d1), new PciClass(0x300)),
                        new UsbDevice(
                                DevicePath.of("1-2"),
                                new UsbId(0x403, 0x6001),
                                new UsbClass(0),
                                new ModelName("FT232R")),
                        new GraphicsCard(
                                DevicePath.of("0000:00:02.0"), new ModelName("UHD"), Optional.of(Memory.gibibytes(1))),
                        new TpmChip(DevicePath.of("tpm0"), TpmChip.Version.V2_0),
                        new GpioChip(DevicePath.of("gpiochip0"), new ModelName("pins"), 32, Set.of(7, 4)),
                        new I2cBus(DevicePath.of("i2c-1"), 1),
                        new SpiDevice(DevicePath.of("spidev0.1"), 0, 1),
                        new PwmChip(DevicePath.of("pwmchip0"), 2),
                        new SerialPort(DevicePath.of("ttyUSB0")),
                        new VideoCamera(DevicePath.of("video0"), new ModelName("C920"))),
                List.of(new ThermalZone(DevicePath.of("thermal_zone0"), new ModelName("x86_pkg_temp"), 44)),
                new PowerSource.BackedMains(97),
                UplinkClass.ASYMMETRIC,
                new Platform(
                        new ModelName("AZW MINI S"),
                        Machine.BARE_METAL,
                        Virtualisation.OFFERED,
                        SecureBoot.ENFORCED,
                        new OperatingSystem("debian", OsVersion.of("13"), OsVersion.of("6.12.48"))),
                Optional.of(new WorkSpace(DiskSpace.gibibytes(400), DiskSpace.gibibytes(300))));
        HardwareReport report = new HardwareReport(
                NodeId.of("n1"),
                new Generation(3),
                new Location(SiteName.of("home"), FailureDomain.of("shelf")),
                hardware,
                List.of(new Unread(
                        new ModelName("gpio"),
                        new ModelName("/sys/kernel/debug/gpio"),
                        new ModelName("permission denied"))));

        golden(report, CODEC.encode(report), CODEC::hardwareReport, """
                {"version":1,"node":"n1","generation":3,"location":{"site":"home","failureDomain":"shelf"},"hardware":{\
                "processor":{"isa":"x86-64-v3","model":"Intel(R) N100","features":["avx2","sha_ni"],\
                "topology":{"sockets":1,"cores":4,"threads":4}},"memory":17179869184,"devices":[\
                {"kind":"graphics-card","path":"0000:00:02.0","model":"UHD","memory":1073741824},\
                {"kind":"pci-device","path":"0000:00:02.0","id":{"vendor":32902,"device":18129},"type":768},\
                {"kind":"usb-device","path":"1-2","id":{"vendor":1027,"product":24577},"type":0,"model":"FT232R"},\
                {"kind":"network-link","path":"enp1s0","type":"ethernet","state":"up","speed":2500000000},\
                {"kind":"gpio-chip","path":"gpiochip0","label":"pins","lines":32,"taken":[4,7]},\
                {"kind":"i2c-bus","path":"i2c-1","number":1},\
                {"kind":"disk","path":"nvme0n1","medium":"nvme","size":2147483648,"free":1073741824,"health":"good"},\
                {"kind":"pwm-chip","path":"pwmchip0","channels":2},\
                {"kind":"spi-device","path":"spidev0.1","bus":0,"chipSelect":1},\
                {"kind":"tpm-chip","path":"tpm0","version":"v2-0"},\
                {"kind":"serial-port","path":"ttyUSB0"},\
                {"kind":"video-camera","path":"video0","model":"C920"}],\
                "thermal":[{"path":"thermal_zone0","kind":"x86_pkg_temp","celsius":44}],\
                "power":{"kind":"backed-mains","percent":97},"uplink":"asymmetric",\
                "platform":{"model":"AZW MINI S","machine":"bare-metal","virtualisation":"offered",\
                "secureBoot":"enforced","system":{"id":"debian","version":"13","kernel":"6.12.48"}},\
                "workSpace":{"size":429496729600,"free":322122547200}},\
                "unread":[{"source":"gpio","what":"/sys/kernel/debug/gpio","why":"permission denied"}]}""");
    }

    @Test
    void nodeInfoOfANodeThatOpensSecrets() {
        NodeInfo info = new NodeInfo(
                        NodeId.of("n1"),
                        new Location(SiteName.of("home"), FailureDomain.of("shelf")),
                        IpAddress.of("192.0.2.7"),
                        new NodeInfo.Machine(Architecture.ARM64, 4, Memory.ofBytes(1), "Debian"),
                        NodeInfo.Agent.of("0.1.0", Set.of(CapabilityName.of(SecretStore.class))))
                .with(Optional.of(NodeKey.of("age1abcdefgh")))
                .knowing(Map.of(KindName.of("container"), 2));

        golden(info, CODEC.encode(info), CODEC::nodeInfo, """
                {"version":1,"id":"n1","location":{"site":"home","failureDomain":"shelf"},"address":"192.0.2.7",\
                "machine":{"architecture":"arm64","cpus":4,"memory":1,"operatingSystem":"Debian"},\
                "agent":{"version":"0.1.0","capabilities":["SecretStore"],"kinds":{"container":2},\
                "key":"age1abcdefgh","desiredState":2}}""");
    }

    @Test
    void sealedSecret() {
        SealedForNode sealed = new SealedForNode(
                NodeId.of("n1"),
                DeploymentName.of("garden"),
                new MountedSecret(SecretRef.of("token"), 3),
                NodeKey.of("age1abcdefgh"),
                SealedSecret.of(new byte[] {1, 2, 3}));

        golden(sealed, CODEC.encode(sealed), CODEC::sealedForNode, """
                {"version":1,"node":"n1","deployment":"garden","secret":{"ref":"token","version":3},\
                "key":"age1abcdefgh","sealed":"AQID"}""");
    }

    @Test
    void maintenance() {
        Maintenance maintenance = new Maintenance(
                NodeId.of("n1"),
                Maintenance.Extent.DRAINED,
                Instant.parse("2026-11-25T12:00:00.7Z"),
                Author.of("alice@laptop"));

        golden(maintenance, CODEC.encode(maintenance), CODEC::maintenance, """
                {"version":1,"node":"n1","extent":"drained","since":"2026-11-25T12:00:00Z","by":"alice@laptop"}""");
    }

    @Test
    void desiredStateOfWorkThatStays() {
        Container bare = Container.of(
                        ContainerName.of("bare"), ImageReference.of("registry.internal/bare:2"), Memory.ofBytes(1))
                .placed(List.of(), Mobility.STAYS);
        DesiredState state = new DesiredState(NodeId.of("n1"), DeploymentName.of("website"), List.of(bare));

        golden(state, CODEC.encode(state), CODEC::desiredState, """
                {"version":1,"node":"n1","deployment":"website","resources":[\
                {"kind":"container","name":"bare","image":"registry.internal/bare:2",\
                "resources":{"memoryLimit":1,"reserved":{"cpu":10,"memory":1}},"mobility":"stays"}]}""");
    }

    @Test
    void nodeState() {
        NodeState state = new NodeState(
                NodeId.of("n1"),
                DeploymentName.of("website"),
                42,
                new Convergence.Converged(),
                List.of(ResourceStatus.of(ResourceId.parse("container/web"), ResourceStatus.Phase.RUNNING)
                        .health(ResourceStatus.Health.HEALTHY)
                        .restarts(2)
                        .detail("ended with 3")
                        .since(Instant.parse("2026-11-28T07:00:00Z"))));

        golden(state, CODEC.encode(state), CODEC::nodeState, """
                {"version":1,"node":"n1","deployment":"website","revision":42,"convergence":{"kind":"converged"},\
                "resources":[{"id":"container/web","phase":"running","health":"healthy","restarts":2,\
                "detail":"ended with 3","since":"2026-11-28T07:00:00Z"}]}""");
    }

    @Test
    void nodeStateThatServes() {
        NodeState state = new NodeState(
                        NodeId.of("n1"), DeploymentName.of("mosquitto"), 42, new Convergence.Converged(), List.of())
                .at(IpAddress.of("192.0.2.7"))
                .serving(List.of(new ServedPort(ServiceName.of("broker"), Port.of(1883), Port.of(11_883))))
                .refusingBefore(Optional.of(Instant.parse("2026-11-28T07:00:00.123Z")));

        golden(state, CODEC.encode(state), CODEC::nodeState, """
                {"version":1,"node":"n1","deployment":"mosquitto","revision":42,"convergence":{"kind":"converged"},\
                "address":"192.0.2.7","serves":[{"service":"broker","port":1883,"node":11883}],"notBefore":"2026-11-28T07:00:00.123Z"}""");
    }

    @Test
    void failedNodeState() {
        NodeState state = new NodeState(
                NodeId.of("n1"), DeploymentName.of("website"), 42, new Convergence.Failed(CAUSE), List.of());

        golden(state, CODEC.encode(state), CODEC::nodeState, """
                {"version":1,"node":"n1","deployment":"website","revision":42,"convergence":{"kind":"failed",\
                "cause":{"what":"image 'a' cannot be pulled","where":"node n1","next":"look at the registry"}}}""");
    }

    @Test
    void logsRequest() {
        LogsRequest request = new LogsRequest(DeploymentName.of("website"), 100);

        ChallengedRequest asked = new ChallengedRequest(NONCE, request);
        golden(asked, CODEC.encode(asked), CODEC::challengedRequest, """
                {"version":1,"nonce":"0123456789abcdef0123456789abcdef",\
                "request":{"kind":"logs-request","deployment":"website","lines":100}}""");
    }

    @Test
    void whatIsAskedIsKeptWithWhoAskedAndNotWithWhatTheProgramReads() {
        ExecRequest request = new ExecRequest(
                DeploymentName.of("shop"),
                Optional.of(ContainerName.of("db")),
                Arguments.of("psql", "-c", "select 1"),
                Octets.copyOf("hush".getBytes(StandardCharsets.UTF_8)),
                Duration.ofMinutes(1));
        ChallengedRequest asked = new ChallengedRequest(NONCE, request);
        golden(asked, CODEC.encode(asked), CODEC::challengedRequest, """
                {"version":1,"nonce":"0123456789abcdef0123456789abcdef",\
                "request":{"kind":"exec-request","deployment":"shop","container":"db",\
                "command":{"words":["psql","-c","select 1"]},"input":"aHVzaA==","deadline":"PT1M"}}""");

        AuditRecord record = new AuditRecord(
                NONCE,
                Optional.of(new Signer("ada", "UADA")),
                Optional.of(DeploymentName.of("shop")),
                AuditRecord.Deed.of(request),
                new AuditRecord.Stage.Exited(3));
        golden(record, CODEC.encode(record), CODEC::auditRecord, """
                {"version":1,"request":"0123456789abcdef0123456789abcdef","by":{"name":"ada","key":"UADA"},\
                "deployment":"shop","deed":{"kind":"exec","container":"db","command":["psql","-c","select 1"],"leftOut":0},\
                "stage":{"kind":"exited","code":3}}""");
    }

    @Test
    void upgrade() {
        UpgradeRequest request = new UpgradeRequest(new UpgradeOrder(
                SystemVersion.of("202611302100"), ReleasePlace.parse("https://releases.example/harmony")));
        ChallengedRequest asked = new ChallengedRequest(NONCE, request);
        golden(asked, CODEC.encode(asked), CODEC::challengedRequest, """
                {"version":1,"nonce":"0123456789abcdef0123456789abcdef",\
                "request":{"kind":"upgrade-request","order":{"version":"202611302100",\
                "release":{"kind":"web","url":"https://releases.example/harmony"}}}}""");

        AuditRecord record = new AuditRecord(
                NONCE, Optional.empty(), Optional.empty(), AuditRecord.Deed.of(request), new AuditRecord.Stage.Done());
        golden(record, CODEC.encode(record), CODEC::auditRecord, """
                {"version":1,"request":"0123456789abcdef0123456789abcdef",\
                "deed":{"kind":"upgrade","order":{"version":"202611302100",\
                "release":{"kind":"web","url":"https://releases.example/harmony"}}},"stage":{"kind":"done"}}""");

        UpgradeAnswer accepted = new UpgradeAnswer.Accepted();
        golden(accepted, CODEC.encode(accepted), CODEC::upgradeAnswer, """
                {"version":1,"kind":"accepted"}""");

        ChallengedRequest reset = new ChallengedRequest(NONCE, new ResetRequest());
        golden(reset, CODEC.encode(reset), CODEC::challengedRequest, """
                {"version":1,"nonce":"0123456789abcdef0123456789abcdef","request":{"kind":"reset-request"}}""");

        ResetAnswer begun = new ResetAnswer.Begun();
        golden(begun, CODEC.encode(begun), CODEC::resetAnswer, """
                {"version":1,"kind":"begun"}""");

        ChallengeRequest wish = new ChallengeRequest(Optional.empty());
        golden(wish, CODEC.encode(wish), CODEC::challengeRequest, """
                {"version":1}""");
    }

    @Test
    void aNodeWhoseSystemIsExchanged() {
        NodeInfo plain = new NodeInfo(
                NodeId.of("n1"),
                new Location(SiteName.of("home"), FailureDomain.of("home")),
                IpAddress.of("192.0.2.1"),
                new NodeInfo.Machine(Architecture.AMD64, 4, Memory.ofBytes(1), "Debian")
                        .running(Optional.of(new NodeSystem(
                                SystemVersion.of("202611302100"),
                                Optional.of(new NodeSystem.Upgrade(
                                        SystemVersion.of("202612010000"), NodeSystem.Step.FETCHING)),
                                Optional.of(new NodeSystem.Failed(
                                        SystemVersion.of("202611302200"),
                                        NodeSystem.Step.PROVING,
                                        Instant.parse("2026-11-30T22:05:00Z"),
                                        CAUSE)),
                                Optional.of(new RecoveryKey("YWdl"))))),
                NodeInfo.Agent.of("0.1.0", Set.of()));
        golden(plain, CODEC.encode(plain), CODEC::nodeInfo, """
                {"version":1,"id":"n1","location":{"site":"home","failureDomain":"home"},"address":"192.0.2.1",\
                "machine":{"architecture":"amd64","cpus":4,"memory":1,"operatingSystem":"Debian",\
                "system":{"running":"202611302100","underWay":{"to":"202612010000","step":"fetching"},\
                "failed":{"to":"202611302200","step":"proving","at":"2026-11-30T22:05:00Z",\
                "why":{"what":"image 'a' cannot be pulled","where":"node n1","next":"look at the registry"}},\
                "recovery":"YWdl"}},\
                "agent":{"version":"0.1.0","desiredState":2}}""");
    }

    @Test
    void logsReply() {
        LogsReply reply = new LogsReply.Lines(List.of(new LogsReply.Line(ResourceName.of("web"), "GET / \"é\"")));

        golden(reply, CODEC.encode(reply), CODEC::logsReply, """
                {"version":1,"kind":"lines","lines":[{"resource":"web","text":"GET / \\"é\\""}]}""");
    }

    @Test
    void refusedLogs() {
        LogsReply reply = new LogsReply.Refused(CAUSE);

        golden(reply, CODEC.encode(reply), CODEC::logsReply, """
                {"version":1,"kind":"refused","cause":{"what":"image 'a' cannot be pulled","where":"node n1",\
                "next":"look at the registry"}}""");
    }

    @Test
    void rollout() {
        RolloutRecord record = RolloutsTest.rollout(Map.of(
                NodeId.of("n1"), new NodeProgress.Done(),
                NodeId.of("n2"), new NodeProgress.Failed(CAUSE),
                NodeId.of("n3"), new NodeProgress.Waiting()));

        golden(record, CODEC.encode(record), CODEC::rollout, """
                {"version":1,"deployment":"shop","began":{"by":"alice@desk","at":"2026-11-28T12:00:00Z",\
                "target":"abababababababababababababababababababababababababababababababab"},\
                "terms":{"waves":{"kind":"share-of-one-domain","percent":25},"canaries":1,"budget":0,\
                "pace":{"minHealthy":"PT0S","deadline":"PT5M"},"onFailure":"roll-back"},\
                "runner":{"by":"bob@node","since":"2026-11-28T12:01:00Z","session":"0123456789abcdef"},\
                "progress":{"verdict":{"kind":"running"},"nodes":{"n1":{"kind":"done"},"n2":{"kind":"failed",\
                "cause":{"what":"image 'a' cannot be pulled","where":"node n1","next":"look at the registry"}}}}}""");
    }

    @Test
    void changesOfARollout() {
        KeptChanges changes = new KeptChanges(RolloutsTest.SHOP, List.of(RolloutsTest.change(1)));

        golden(changes, CODEC.encode(changes), CODEC::keptChanges, """
                {"version":1,"deployment":"shop","changes":[{"planned":{\
                "node":"node-with-a-name-as-people-have-them-00001","domain":"rack-1","kind":"changes"},\
                "before":[{"kind":"container","name":"web","image":"registry.internal/web:1",\
                "resources":{"memoryLimit":67108864,"reserved":{"cpu":10,"memory":67108864}}}],\
                "after":[{"kind":"container","name":"web","image":"registry.internal/web:2",\
                "resources":{"memoryLimit":67108864,"reserved":{"cpu":10,"memory":67108864}}}]}]}""");
    }

    private static <T> void golden(T value, Payload encoded, Function<Payload, Decoded<T>> reader, String expected) {
        assertEquals(expected, encoded.text());
        assertEquals(new Decoded.Value<>(value), reader.apply(Payload.of(expected)));
    }
}
