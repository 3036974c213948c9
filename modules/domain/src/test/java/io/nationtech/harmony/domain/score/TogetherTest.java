package io.nationtech.harmony.domain.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Services;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.capability.VolumeStore;
import io.nationtech.harmony.domain.hardware.DiskSpace;
import io.nationtech.harmony.domain.hardware.Gpio;
import io.nationtech.harmony.domain.hardware.Medium;
import io.nationtech.harmony.domain.hardware.Storage;
import io.nationtech.harmony.domain.node.CommandProbe;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.NameResolution;
import io.nationtech.harmony.domain.node.Privilege;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.node.SharedNetwork;
import io.nationtech.harmony.domain.node.StartCondition;
import io.nationtech.harmony.domain.node.Sysctl;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.placement.Demand;
import io.nationtech.harmony.domain.placement.LossPolicy;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.CpuShare;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.EnvText;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.Reason;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.SysctlValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TogetherTest {
    private static final ServiceName SHOP = ServiceName.of("shop");
    private static final SecretRef PASSWORD = SecretRef.of("password");
    private static final Volume ORDERS = Volume.of(DataName.of("orders"), MountPath.of("/var/lib/db"));
    private static final EnvName DB = EnvName.of("DB");

    private interface Home extends ContainerRuntime, VolumeStore, SecretStore {}

    private static PrivateService db(String name) {
        return ContainerService.named(ServiceName.of(name))
                .image(ImageReference.of("registry.internal/db:1"))
                .publishesNothing()
                .withoutProbe()
                .memoryLimit(Memory.mebibytes(100));
    }

    private static ContainerService web() {
        return Services.named("web", 1);
    }

    private static Task task(Score<? super Home> score) {
        Expansion expansion = score.expand(
                DeploymentName.of("x"), new Inventory(List.of(), Map.of(PASSWORD, 3L, SecretRef.of("key"), 1L)));
        List<Task> tasks = assertInstanceOf(Expansion.Runs.class, expansion).tasks();
        assertEquals(1, tasks.size());
        return tasks.getFirst();
    }

    private static Container container(Task task, String name) {
        return Container.among(task.resources().stream())
                .filter(one -> one.name().equals(ContainerName.of(name)))
                .findFirst()
                .orElseThrow();
    }

    /** Asked with a name that the compiler does not know, or it would refuse by itself. */
    private static String refusal(Function<ServiceName, ?> made) {
        return assertThrows(InvalidValueException.class, () -> made.apply(SHOP)).getMessage();
    }

    @Test
    void theyAreOneTaskInWhichWhoIsUsedComesFirst() {
        PrivateService db = db("db");
        Task task =
                task(Together.of(SHOP, web().env(DB, db.address(Port.of(5432)).after("postgres://")), db));

        assertEquals(
                List.of("container/db", "container/web"),
                task.resources().stream()
                        .map(resource -> "%s/%s"
                                .formatted(resource.id().kind(), resource.id().name()))
                        .toList());
        SharedNetwork network = new SharedNetwork(SHOP, List.of(ContainerName.of("db"), ContainerName.of("web")));
        assertEquals(
                List.of(network, network),
                Container.among(task.resources().stream())
                        .map(one -> one.network().shared().orElseThrow())
                        .toList());
        assertEquals(
                Map.of(DB, EnvText.of("postgres://db:5432")),
                container(task, "web").execution().env());
        assertEquals(
                web().container().network().ports(),
                container(task, "web").network().ports());
    }

    @Test
    void whoWaitsForAnotherComesAfterItAndIsToldSo() {
        PrivateService db = ContainerService.named(ServiceName.of("db"))
                .image(ImageReference.of("registry.internal/db:1"))
                .publishesNothing()
                .probedBy(CommandProbe.postgres())
                .memoryLimit(Memory.mebibytes(64));
        Task task = task(Together.of(SHOP, web().after(db.healthy()), db));

        assertEquals("db", task.resources().getFirst().id().name().value());
        assertEquals(
                Set.of(new StartCondition(ContainerName.of("db"), StartCondition.Reached.HEALTHY)),
                container(task, "web").execution().after());
    }

    @Test
    void whatHasNoProbeIsNeverKnownToBeHealthy() {
        PrivateService bare = db("db");

        String why = assertThrows(InvalidValueException.class, bare::healthy).getMessage();

        assertEquals("service 'db' has no probe, and whether it is healthy is never known: say probedBy(…) of it", why);
    }

    @Test
    void aServiceAloneMayBeToldItsNode() {
        ContainerService web = web().env(DB, HostText.ofNode().before(":5432"));

        assertEquals(
                EnvText.of("host.containers.internal:5432"),
                web.container().execution().env().get(DB));
        assertEquals(Set.of(), web.reaches());
    }

    @Test
    void allOfThemKnowWhoIsOnTheNodesNetwork() {
        Task task = task(
                Together.of(SHOP, web().allows(Privilege.HOST_NETWORK, Reason.of("finds devices by mDNS")), db("db")));

        assertEquals(
                Set.of(ContainerName.of("web")),
                container(task, "db").network().shared().orElseThrow().onHostNetwork());
        Container renamed = container(task, "db").named(ResourceName.of("old"));
        assertEquals(
                Set.of(ContainerName.of("web")),
                renamed.network().shared().orElseThrow().onHostNetwork());
    }

    @Test
    void theirNodeHasWhatAllOfThemTakeAndNeed() {
        Task task = task(Together.of(
                SHOP,
                db("db").memoryRequest(Memory.mebibytes(50))
                        .needs(Storage.free(DiskSpace.gibibytes(1)).medium(Medium.SSD)),
                web().memoryRequest(Memory.mebibytes(10))
                        .cpuRequest(CpuShare.millis(500))
                        .needs(Gpio.line(17))));

        assertEquals(
                new Demand(CpuShare.millis(510), Memory.mebibytes(60)),
                task.workload().demand());
        assertEquals(2, task.workload().needs().all().size());
        assertEquals(Set.of(web().port().taken()), task.workload().ports());
        assertEquals("web", task.main().id().name().value(), "who uses a device gets it");
    }

    @Test
    void someOfThemUseAVolumeEachAtItsPlace() {
        PrivateService worker = db("worker");
        Extended<Home> group = group(web(), worker, db("db"))
                .with(SharedVolume.named(DataName.of("files"))
                        .at(web(), MountPath.of("/srv"))
                        .at(worker, MountPath.of("/data")));
        Task task = task(group);

        assertEquals(List.of("files at /srv"), volumes(task, "web"));
        assertEquals(List.of("files at /data"), volumes(task, "worker"));
        assertEquals(List.of(), volumes(task, "db"));
        assertEquals(new LossPolicy.Stays(), task.workload().onLoss());
        assertEquals(
                List.of(DataName.of("files")),
                group.volumes().stream().map(Volume::name).toList());
    }

    private static List<String> volumes(Task task, String container) {
        return container(task, container).storage().volumes().stream()
                .map(Volume::toString)
                .toList();
    }

    private static Together<Home> group(
            Score<? super Home> first, Score<? super Home> second, Score<? super Home> third) {
        return Together.of(SHOP, first, second, third);
    }

    @Test
    void aVolumeIsSharedByThoseThatAreThereAndByNoOtherName() {
        SharedVolume.InOne files = SharedVolume.named(DataName.of("files")).at(web(), MountPath.of("/srv"));
        SharedVolume ofStranger = files.at(db("stranger"), MountPath.of("/data"));
        SharedVolume ofBoth = files.at(db("db"), MountPath.of("/data"));
        Volume own = Volume.of(DataName.of("files"), MountPath.of("/elsewhere"));

        assertEquals(
                "service 'stranger' is to find volume 'files', and is not among web, db, of which that is said; say it of the group that it is in",
                refusal(name -> Together.of(name, web(), db("db")).with(ofStranger)));
        assertEquals(
                "volume 'files' is to be shared in 'shop', where one of that name is kept already; give one of both another name, or leave the other out",
                refusal(name -> Together.<Home>of(
                                name, web(), db("db"), db("third").volumes(own))
                        .with(ofBoth)));
        assertEquals(
                "volumes 'files' and 'other' of service 'shop' are both at /srv; one would hide the other",
                refusal(name -> Together.<Home>of(name, web(), db("db"))
                        .with(ofBoth)
                        .with(SharedVolume.named(DataName.of("other"))
                                .at(web(), MountPath.of("/srv"))
                                .at(db("db"), MountPath.of("/other")))));
    }

    @Test
    void dataKeepsAllOfThemOnItsNodeAndSecretsStayWithWhomTheyAreFor() {
        Together<Home> group = Together.of(SHOP, db("db").volumes(ORDERS).with(Secrets.of(PASSWORD)), web());
        Task task = task(group);

        assertEquals(new LossPolicy.Stays(), task.workload().onLoss());
        assertEquals(List.of(ORDERS), group.volumes());
        assertEquals(List.of(PASSWORD), group.secrets());
        assertEquals(1, container(task, "db").security().secrets().size());
        assertEquals(List.of(), container(task, "web").security().secrets());
        assertEquals(List.of(), container(task, "web").storage().volumes());
    }

    @Test
    void whatIsSaidOfTheGroupIsOfEachOfThem() {
        Volume files = Volume.of(DataName.of("files"), MountPath.of("/srv/files"));
        Together<Home> group = Together.of(SHOP, db("db").volumes(ORDERS).with(Secrets.of(PASSWORD)), web());
        Task task = task(group.with(Volumes.of(files)).with(Secrets.of(SecretRef.of("key"))));

        assertEquals(List.of(ORDERS, files), container(task, "db").storage().volumes());
        assertEquals(List.of(files), container(task, "web").storage().volumes());
        assertEquals(2, container(task, "db").security().secrets().size());
        assertEquals(1, container(task, "web").security().secrets().size());
    }

    @Test
    void namesAreTheirOwn() {
        assertEquals(
                "group 'shop' has two services 'db'; give each a name of its own, and name none twice",
                refusal(shop -> Together.of(shop, db("db"), db("db"))));
        assertEquals(
                "group 'shop' has the name of one of its services; give it another",
                refusal(shop -> Together.of(shop, db("db"), db("shop"))));
    }

    @Test
    void eachIsThereOnce() {
        assertEquals(
                "service 'web' runs 2 times, and group 'shop', which it belongs to, is on one node; run it once, or outside of the group",
                refusal(shop -> Together.of(shop, db("db"), Services.named("web", 2))));
        assertEquals(
                "service 'web' of group 'shop' is on every node, and the group on one; say it of the group: with(new EveryNode())",
                refusal(shop -> Together.of(shop, db("db"), web().onEveryNode())));
        assertEquals(
                "group 'shop' has group 'inner' in it; name its services instead",
                refusal(shop -> Together.of(shop, db("db"), Together.of(ServiceName.of("inner"), db("a"), db("b")))));
    }

    @Test
    void portsAndDataAreOneServicesOwn() {
        assertEquals(
                "services 'web' and 'api' of group 'shop' both publish port 8080 of their node; give one another port of the node, or let it publish nothing: in the group it is reached by its name",
                refusal(shop -> Together.of(shop, web(), Services.named("api", 1))));
        assertEquals(
                "services 'a' and 'b' of group 'shop' both keep volume 'orders'; give one of the two another name, or say it of the group: with(Volumes.of(…))",
                refusal(shop -> Together.<Home>of(shop, db("a").volumes(ORDERS), db("b").volumes(ORDERS))));
        assertEquals(
                "several services of group 'shop' use devices: [db, web]; in a group one of them may, for now",
                refusal(shop -> Together.of(shop, db("db").needs(Gpio.line(4)), web().needs(Gpio.line(17)))));
    }

    @Test
    void whoGoesThroughAnotherComesAfterItAndAllKnowWhereItIs() {
        Task task = task(Together.of(SHOP, db("torrent").through(web()), db("db"), web()));

        SharedNetwork network = new SharedNetwork(
                SHOP,
                List.of(ContainerName.of("web"), ContainerName.of("torrent"), ContainerName.of("db")),
                Set.of(),
                Map.of(ContainerName.of("torrent"), ContainerName.of("web")));
        assertEquals(
                List.of(network, network, network),
                Container.among(task.resources().stream())
                        .map(one -> one.network().shared().orElseThrow())
                        .toList());
        assertEquals(
                Optional.of(ContainerName.of("web")),
                container(task, "torrent").network().through());
    }

    @Test
    void whoAsksAnotherForNamesComesAfterIt() {
        Task task = task(Together.of(SHOP, web().asks(db("resolver")), db("resolver")));

        assertEquals(
                List.of("resolver", "web"),
                task.resources().stream()
                        .map(resource -> resource.id().name().value())
                        .toList());
        assertEquals(
                NameResolution.DEFAULT.member(ContainerName.of("resolver")),
                container(task, "web").network().names());
        assertEquals(
                "container 'web' asks 'resolver' for names, which is not in group 'shop' with it: name both in it",
                refusal(name -> Together.of(name, web().asks(db("resolver")), db("db"))));
    }

    @Test
    void whoGoesThroughAnotherHasNothingOfANetworkOfItsOwn() {
        assertEquals(
                "container 'shop' goes through 'web', and sets net.ipv4.ip_forward; say that of 'web', whose network it is",
                refusal(name -> db(name.value()).through(web()).sysctl(Sysctl.IP_FORWARD, SysctlValue.of(1))));
        assertEquals("container 'shop' goes through 'web', and publishes 8080; let 'web' publish it", refusal(name -> {
            Container carried = db(name.value()).through(web()).container();
            return carried.with(carried.network().publishing(PublishedPort.tcp(Port.of(8080))));
        }));
    }

    @Test
    void nobodyStartsBeforeItself() {
        PrivateService a = db("a").env(DB, db("b").host());
        PrivateService b = db("b").env(DB, db("c").host());
        PrivateService c = db("c").env(DB, db("b").host());

        assertEquals(
                "services of group 'shop' need each other in a circle, so that none can start first: b → c → b; one of them must do without",
                refusal(shop -> Together.of(shop, a, b, c)));
        assertEquals(
                List.of("db"),
                task(Together.of(SHOP, web(), db("db").env(DB, db("db").host()))).resources().stream()
                        .map(resource -> resource.id().name().value())
                        .filter("db"::equals)
                        .toList(),
                "a service may know its own name");
    }
}
