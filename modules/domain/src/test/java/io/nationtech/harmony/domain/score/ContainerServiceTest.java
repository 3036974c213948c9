package io.nationtech.harmony.domain.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Services;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.hardware.Cpu;
import io.nationtech.harmony.domain.hardware.Gpio;
import io.nationtech.harmony.domain.hardware.InstructionSet;
import io.nationtech.harmony.domain.hardware.Requirements;
import io.nationtech.harmony.domain.node.CommandProbe;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.HttpProbe;
import io.nationtech.harmony.domain.node.PortRange;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.placement.Affinity;
import io.nationtech.harmony.domain.placement.Demand;
import io.nationtech.harmony.domain.placement.LossPolicy;
import io.nationtech.harmony.domain.placement.Scope;
import io.nationtech.harmony.domain.placement.ServiceRef;
import io.nationtech.harmony.domain.placement.SpreadOver;
import io.nationtech.harmony.domain.placement.Strength;
import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.placement.WorkloadId;
import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.CpuShare;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.Replicas;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContainerServiceTest {
    private static final DeploymentName WEBSITE = DeploymentName.of("website");

    @Test
    void mayPublishARangeOfPorts() {
        ContainerService calls = Services.named("calls", 1).publishes(PortRange.udp(Port.of(50_000), Port.of(50_002)));

        assertEquals(
                List.of("50000/udp", "50001/udp", "50002/udp"),
                calls.container().network().ports().stream()
                        .map(PublishedPort::toString)
                        .skip(1)
                        .toList());
    }

    @Test
    void mayPublishMorePortsOfWhateverProtocol() {
        ContainerService dns = ContainerService.named(ServiceName.of("dns"))
                .image(ImageReference.of("registry.internal/dns:1"))
                .publishes(Port.of(8080))
                .probedAt(HttpPath.of("/"))
                .memoryLimit(Memory.mebibytes(64))
                .publishes(PublishedPort.udp(Port.of(53)))
                .publishes(PublishedPort.tcp(Port.of(53)));

        assertEquals(
                Set.of(NodePort.tcp(Port.of(8080)), NodePort.udp(Port.of(53)), NodePort.tcp(Port.of(53))),
                dns.container().claim().ports());
        assertEquals(Port.of(8080), dns.port().node());
    }

    @Test
    void withoutAPortItIsPrivate() {
        PrivateService worker = ContainerService.named(ServiceName.of("worker"))
                .image(ImageReference.of("registry.internal/worker:1"))
                .publishesNothing()
                .probedBy(CommandProbe.redis())
                .memoryLimit(Memory.mebibytes(64))
                .args(Arguments.of("--queue", "mail"))
                .replicas(Replicas.of(2));

        assertEquals(Set.of(), worker.container().claim().ports());
        assertEquals(2, worker.replicas().count());
    }

    @Test
    void theBuilderMakesWhatItsStagesSay() {
        ContainerService service = ContainerService.named(ServiceName.of("web"))
                .image(ImageReference.of("registry.internal/web:1"))
                .publishes(new PublishedPort(Port.of(8080), Port.of(80)))
                .probedAt(HttpPath.of("/health"))
                .memoryLimit(Memory.mebibytes(64));

        assertEquals(Replicas.of(1), service.replicas());
        assertEquals(
                Container.of(
                                ContainerName.of("web"),
                                ImageReference.of("registry.internal/web:1"),
                                Memory.mebibytes(64))
                        .with(Container.Network.of(new PublishedPort(Port.of(8080), Port.of(80))))
                        .with(Container.HealthCheck.by(HttpProbe.of(Port.of(8080), HttpPath.of("/health")))),
                service.container());
    }

    @Test
    void moreReplicasAreTheSameServiceOtherwise() {
        ContainerService one = Services.named("web", 1);

        assertEquals(one.container(), one.replicas(Replicas.of(3)).container());
        assertEquals(Replicas.of(3), one.replicas(Replicas.of(3)).replicas());
    }

    @Test
    void theProbeAsksThePublishedPort() {
        ContainerService good = Services.named("web", 1);

        String message = assertThrows(
                        InvalidValueException.class,
                        () -> ContainerService.named(good.name())
                                .image(good.container().image())
                                .publishes(good.port())
                                .probedBy(HttpProbe.of(Port.of(9090), HttpPath.of("/"))))
                .getMessage();

        assertTrue(message.contains("'web' asks port 9090, but the service publishes 8080"), message);
    }

    @Test
    void eachReplicaIsAPieceThatKeepsOffTheOthersNodesAndLikesOtherFailureDomains() {
        ContainerService web = Services.named("web", 2).needs(Gpio.line(17)).onLoss(new LossPolicy.Stays());

        List<Task> tasks = tasks(web);

        assertEquals(2, tasks.size());
        Workload second = tasks.get(1).workload();
        ServiceRef service = new ServiceRef(WEBSITE, ServiceName.of("web"));
        assertEquals(new WorkloadId(service, 1), second.id());
        assertEquals(List.of(new Affinity.Away(service, Scope.NODE, Strength.required())), second.affinities());
        assertEquals(List.of(SpreadOver.failureDomainsIfPossible()), second.spread());
        assertEquals(Requirements.of(Gpio.line(17)), second.needs());
        assertEquals(new LossPolicy.Stays(), second.onLoss());
        assertEquals(Set.of(NodePort.tcp(Port.of(8080))), second.ports());
        assertEquals(web.container(), tasks.getFirst().main());
    }

    @Test
    void aNodeKeepsTheLimitOrWhatIsRequested() {
        ContainerService web = Services.named("web", 1);

        assertEquals(
                Demand.of(Memory.mebibytes(64)),
                tasks(web).getFirst().workload().demand());
        ContainerService lean = web.memoryRequest(Memory.mebibytes(16)).cpuRequest(CpuShare.millis(250));
        assertEquals(
                new Demand(CpuShare.millis(250), Memory.mebibytes(16)),
                tasks(lean).getFirst().workload().demand());
        assertEquals(
                new Demand(CpuShare.millis(250), Memory.mebibytes(16)),
                lean.container().resources().reserved());
        assertEquals(Memory.mebibytes(64), lean.container().resources().memoryLimit());
    }

    @Test
    void noMoreIsRequestedThanTheLimit() {
        ContainerService web = Services.named("web", 1);

        assertEquals(
                "service 'web' requests 65 MiB of memory, and its limit is 64 MiB",
                assertThrows(InvalidValueException.class, () -> web.memoryRequest(Memory.mebibytes(65)))
                        .getMessage());
    }

    @Test
    void needsThatContradictEachOtherAreNamed() {
        ContainerService web = Services.named("web", 1).needs(Cpu.isa(InstructionSet.X86_64_V2));

        assertEquals(
                "service 'web' needs what no node can have: 'processor with x86-64-v2' and 'processor with armv8.0-a' contradict each other: one processor has one architecture",
                assertThrows(InvalidValueException.class, () -> web.needs(Cpu.isa(InstructionSet.ARMV8_0)))
                        .getMessage());
    }

    @Test
    void noFailureDomainGetsSoManyMembersOfAQuorumThatTheMajorityGoesWithIt() {
        Extended<ContainerRuntime> five = Quorum.of(Services.named("db", 5));

        for (Task task : tasks(five)) {
            assertEquals(
                    List.of(SpreadOver.failureDomainsIfPossible(), SpreadOver.atMostInFailureDomain(Replicas.of(2))),
                    task.workload().spread());
        }
        assertEquals(5, tasks(five).size());
    }

    private static List<Task> tasks(Score<?> score) {
        return assertInstanceOf(Expansion.Runs.class, score.expand(WEBSITE, new Inventory(List.of())))
                .tasks();
    }

    @Test
    void needsNoProbeWhereOnlyUdpIsPublished() {
        var begun = ContainerService.named(ServiceName.of("vpn")).image(ImageReference.of("registry.internal/vpn:1"));
        Port port = Port.of(51_820);

        var vpn = begun.publishes(PublishedPort.udp(port)).withoutProbe().memoryLimit(Memory.mebibytes(64));

        assertEquals(Optional.empty(), vpn.container().healthCheck().probe());
        String said = String.valueOf(assertThrows(
                        InvalidValueException.class, () -> begun.publishes(port).withoutProbe())
                .getMessage());
        assertTrue(said.contains("'vpn'") && said.contains("51820") && said.contains("probedBy(TcpProbe.of(…))"), said);
    }
}
