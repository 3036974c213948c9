package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.HttpSmokeTest;
import io.nationtech.harmony.domain.Machines;
import io.nationtech.harmony.domain.OnDrift;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Site;
import io.nationtech.harmony.domain.Topology;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.DhcpServer;
import io.nationtech.harmony.domain.capability.DnsServer;
import io.nationtech.harmony.domain.capability.LoadBalancer;
import io.nationtech.harmony.domain.hardware.NodeClassName;
import io.nationtech.harmony.domain.rollout.Rollout;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.score.DnsRecord;
import io.nationtech.harmony.domain.score.DnsZone;
import io.nationtech.harmony.domain.score.Route;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.MachineCount;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.TopologyName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long the check of a large graph takes, without the start of the JVM. */
final class GraphBench {
    interface Lab extends ContainerRuntime, DnsServer, LoadBalancer, DhcpServer {}

    private GraphBench() {}

    public static void main(String... arguments) throws IOException {
        Duration cold = runs(5_000, 1).getFirst();
        runs(1_000, 200);
        Duration small = median(1_000);
        Duration large = median(5_000);
        System.out.printf(
                "graph-check scores=5000 cold_seconds=%.3f warm_seconds=%.4f growth=%.2f%n",
                cold.toNanos() / 1e9, large.toNanos() / 1e9, large.toNanos() / 5.0 / small.toNanos());
    }

    private static Duration median(int scores) throws IOException {
        return runs(scores, 51).stream().sorted().toList().get(25);
    }

    /** How long each check took. */
    static List<Duration> runs(int scores, int runs) throws IOException {
        Deployment<Lab> deployment = deployment(scores);
        Places places = Places.in(
                ModuleFiles.of(Path.of(System.getProperty("harmony.project"), "modules/rules/target/test-classes")),
                GraphBench.class);
        List<Duration> all = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            long began = System.nanoTime();
            Report report = GraphCheck.check(deployment, GraphBench.class, places);
            all.add(Duration.ofNanos(System.nanoTime() - began));
            if (!report.violations().isEmpty()) {
                throw new AssertionError(report.violations().getFirst().toString());
            }
        }
        return all;
    }

    /** Sound; a third each of services, zones and routes. */
    static Deployment<Lab> deployment(int scores) {
        List<Score<? super Lab>> all = new ArrayList<>();
        ContainerService first = service(0);
        all.add(first);
        for (int i = 1; all.size() < scores - 2; i++) {
            ContainerService service = service(i);
            DnsName zone = DnsName.of("z%d.example.org".formatted(i));
            DnsName host = DnsName.of("host." + zone);
            all.add(service);
            all.add(Route.of(name("route", i), Port.of(30_000 + i), service));
            all.add(DnsZone.of(
                    name("zone", i),
                    zone,
                    new DnsRecord.Address(host, IpAddress.of("10.1.%d.%d".formatted(i / 250, i % 250))),
                    new DnsRecord.Alias(DnsName.of("www." + zone), host)));
        }
        Machines machines = new Machines(
                NodeClassName.of("n100"),
                Site.of("home"),
                FailureDomain.of("rack"),
                MachineCount.of(1_000),
                Memory.gibibytes(64),
                Lab.class);
        var lab =
                Topology.of(TopologyName.of("lab"), Lab.class, Site.of("home")).with(machines);
        return new Deployment<>(
                DeploymentName.of("large"),
                lab,
                all,
                List.of(HttpSmokeTest.of(first, HttpPath.of("/"), "Welcome")),
                OnDrift.REPAIR,
                Rollout.DEFAULT);
    }

    private static ContainerService service(int number) {
        return ContainerService.named(name("s", number))
                .image(ImageReference.of("registry.example.org/s%d:1".formatted(number)))
                .publishes(Port.of(10_000 + number))
                .probedAt(HttpPath.of("/"))
                .memoryLimit(Memory.mebibytes(64));
    }

    /** Digits as letters that are told apart. */
    private static ServiceName name(String kind, int number) {
        StringBuilder text = new StringBuilder(kind).append('x');
        Integer.toString(number).chars().forEach(digit -> text.append("abcdefghjk".charAt(digit - '0')));
        return ServiceName.of(text.toString());
    }
}
