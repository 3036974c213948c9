package io.nationtech.harmony.fleet.json;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.hardware.Location;
import io.nationtech.harmony.domain.node.Architecture;
import io.nationtech.harmony.domain.node.CommandProbe;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.HealthThresholds;
import io.nationtech.harmony.domain.node.HttpProbe;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.node.PortReach;
import io.nationtech.harmony.domain.node.Probe;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.node.ServedPort;
import io.nationtech.harmony.domain.node.TcpProbe;
import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.EnvText;
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.KindName;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.Protocol;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.SiteName;
import io.nationtech.harmony.fleet.LogsReply;
import io.nationtech.harmony.fleet.LogsRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Everything that travels, at random. */
final class Documents extends DomainContextBase {

    @Provide
    Arbitrary<DesiredState> desiredStates() {
        Arbitrary<List<NodeResource>> resources = containers()
                .<NodeResource>map(container -> container)
                .list()
                .ofMaxSize(4)
                .uniqueElements(NodeResource::label);
        return Combinators.combine(labels().map(NodeId::of), labels().map(DeploymentName::of), resources)
                .as(DesiredState::new);
    }

    private static Arbitrary<Container> containers() {
        Arbitrary<List<PublishedPort>> published = Combinators.combine(
                        ports(), ports(), Arbitraries.of(Protocol.class), Arbitraries.of(PortReach.class))
                .as(PublishedPort::new)
                .list()
                .uniqueElements(PublishedPort::taken)
                .ofMaxSize(3);
        return Combinators.combine(labels().map(ContainerName::of), images(), published, probes().optional(), memory())
                .as((name, image, ports, probe, memory) -> Container.of(name, image, memory)
                        .with(new Container.Network(ports))
                        .with(new Container.HealthCheck(probe, HealthThresholds.DEFAULT))
                        .env(EnvName.of("PLACE"), EnvText.of("\"$%\\ " + name)));
    }

    private static Arbitrary<ImageReference> images() {
        return Combinators.combine(labels(), Arbitraries.integers().between(1, 65_535), labels())
                .as((name, port, tag) -> ImageReference.of("registry.internal:%d/%s:%s".formatted(port, name, tag)));
    }

    private static Arbitrary<Probe> probes() {
        Arbitrary<Integer> periods = Arbitraries.integers().between(1_000, 3_600_000);
        return Combinators.combine(
                        ports(),
                        periods,
                        Arbitraries.integers().between(0, 3_600_000),
                        Arbitraries.of(HttpProbe.class, TcpProbe.class, CommandProbe.class))
                .as((port, period, timeout, kind) ->
                        probe(kind, port, Duration.ofMillis(period), Duration.ofMillis(1 + timeout % (period - 1))));
    }

    private static Probe probe(Class<? extends Probe> kind, Port port, Duration period, Duration timeout) {
        if (kind == TcpProbe.class) {
            return new TcpProbe(port, period, timeout);
        }
        return kind == HttpProbe.class
                ? new HttpProbe(port, HttpPath.of("/health?at=%2F"), period, timeout)
                : new CommandProbe(Arguments.of("test", "-e", "\"$%\\ \n"), period, timeout);
    }

    @Provide
    Arbitrary<NodeInfo> nodeInfos() {
        Arbitrary<IpAddress> addresses = Arbitraries.of("192.0.2.7", "2001:db8::7", "::", "255.255.255.255")
                .map(IpAddress::of);
        return Combinators.combine(
                        labels().map(NodeId::of),
                        labels().map(SiteName::of),
                        labels().map(FailureDomain::of),
                        addresses,
                        Arbitraries.of(Architecture.class),
                        texts(),
                        Arbitraries.integers().greaterOrEqual(1),
                        Combinators.combine(
                                        memory(),
                                        Arbitraries.of("ContainerRuntime", "DnsServer", "LoadBalancer")
                                                .map(CapabilityName::new)
                                                .set())
                                .as(Map::entry))
                .as((id, site, domain, address, architecture, text, cpus, rest) -> new NodeInfo(
                                id,
                                new Location(site, domain),
                                address,
                                new NodeInfo.Machine(architecture, cpus, rest.getKey(), text),
                                NodeInfo.Agent.of(text, rest.getValue()))
                        .knowing(Map.of(KindName.of("container"), cpus)));
    }

    @Provide
    Arbitrary<NodeState> nodeStates() {
        Arbitrary<ResourceStatus> resources = Combinators.combine(
                        labels().map(name -> new ResourceId(KindName.of("container"), ResourceName.of(name))),
                        Arbitraries.of(ResourceStatus.Phase.class),
                        Arbitraries.of(ResourceStatus.Health.class),
                        Arbitraries.integers().greaterOrEqual(0),
                        texts().optional(),
                        Arbitraries.longs()
                                .between(0, 4_000_000_000L)
                                .map(Instant::ofEpochSecond)
                                .optional())
                .as(ResourceStatus::new);
        Arbitrary<Convergence> convergence = Arbitraries.oneOf(
                Arbitraries.create(Convergence.Converging::new),
                Arbitraries.create(Convergence.Converged::new),
                causes().map(Convergence.Failed::new));
        return Combinators.combine(
                        labels().map(NodeId::of),
                        labels().map(DeploymentName::of),
                        Arbitraries.longs(),
                        convergence,
                        resources.list().ofMaxSize(5),
                        ports().list().ofMaxSize(3))
                .as((node, deployment, revision, how, there, ports) -> new NodeState(
                                node, deployment, revision, how, there)
                        .at(IpAddress.of("192.0.2.7"))
                        .serving(ports.stream()
                                .map(port -> new ServedPort(ServiceName.of("web"), port, port))
                                .toList()));
    }

    @Provide
    Arbitrary<LogsRequest> logsRequests() {
        return Combinators.combine(
                        labels().map(DeploymentName::of), Arbitraries.integers().between(1, 10_000))
                .as(LogsRequest::new);
    }

    @Provide
    Arbitrary<LogsReply> logsReplies() {
        Arbitrary<LogsReply> lines = Combinators.combine(labels().map(ResourceName::of), texts())
                .as(LogsReply.Line::new)
                .list()
                .ofMaxSize(5)
                .map(LogsReply.Lines::new);
        return Arbitraries.oneOf(lines, causes().map(LogsReply.Refused::new));
    }

    private static Arbitrary<Cause> causes() {
        return Combinators.combine(texts(), texts(), texts()).as(Cause::new);
    }

    private static Arbitrary<Memory> memory() {
        return Arbitraries.longs().greaterOrEqual(1).map(Memory::ofBytes);
    }

    private static Arbitrary<Port> ports() {
        return Arbitraries.integers().between(1, 65_535).map(Port::of);
    }

    private static Arbitrary<String> labels() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('0', '9')
                .ofMinLength(1)
                .ofMaxLength(63);
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.strings()
                .all()
                .ofMaxLength(40)
                .map(text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }
}
