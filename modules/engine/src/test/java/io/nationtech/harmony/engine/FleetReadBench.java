package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.hardware.Location;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.SiteName;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.NodeReports;
import io.nationtech.harmony.fleet.json.JsonFleetCodec;
import io.nationtech.harmony.journal.mesh.MeshJournals;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.Written;
import io.nationtech.harmony.mesh.contract.NatsServer;
import io.nationtech.harmony.mesh.nats.NatsAddress;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import io.nationtech.harmony.mesh.nats.NatsOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * `make bench-fleet-read`: how long it takes to read a fleet and to deploy to it, on a real server that syncs every write, and how long
 * somebody else waits meanwhile who takes a node out of service. The nodes answer at once.
 */
public final class FleetReadBench {
    /** As many as a deployment has that is deployed now and then. */
    private static final int REVISIONS = Integer.getInteger("revisions", 16);

    private static final int READS = 3;
    private static final DeploymentName THERE = DeploymentName.of("there");
    private static final DeploymentName NEW = DeploymentName.of("new");

    private FleetReadBench() {}

    public static void main(String[] arguments) throws InterruptedException {
        double thousand = inventory(1_000);
        double fiveThousand = inventory(5_000);
        Deploys deploys = deploy(1_000);
        System.out.printf(
                Locale.ROOT,
                "bench-fleet-read inventory_1000_s=%.2f inventory_5000_s=%.2f deploy_1000_s=%.2f update_1000_s=%.2f bystander_ms=%d%n",
                thousand,
                fiveThousand,
                deploys.first(),
                deploys.update(),
                deploys.bystander().toMillis());
    }

    private static double inventory(int count) {
        try (NatsServer server = NatsServer.start();
                Mesh mesh = connect(server, "nodes");
                StubNodes _ = withHistory(mesh, count)) {
            List<Double> reads = new ArrayList<>();
            for (int read = 0; read < READS; read++) {
                try (Mesh own = connect(server, "reader")) {
                    long began = System.nanoTime();
                    int found = fleet(own).inventory().nodes().size();
                    reads.add(since(began));
                    require(found == count, "%d of %d nodes were read".formatted(found, count));
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "inventory of %d nodes, %d revisions of each one's desired state written: %s s%n",
                    count,
                    REVISIONS,
                    reads);
            Collections.sort(reads);
            return reads.get(READS / 2);
        }
    }

    private static StubNodes withHistory(Mesh mesh, int count) {
        Fleet fleet = fleet(mesh);
        fleet.ensureBuckets();
        StubNodes nodes = StubNodes.start(mesh, count);
        List<NodeResource> resources = List.of(Lab.service("there", 1, 1, 9_000).container());
        nodes.inParallel(IntStream.range(0, count).mapToObj(StubNodes::id).toList(), id -> {
            Optional<Long> revision = Optional.empty();
            for (int time = 0; time < REVISIONS; time++) {
                revision = Optional.of(told(fleet, id, resources, revision));
            }
        });
        return nodes;
    }

    private static long told(Fleet fleet, NodeId id, List<NodeResource> resources, Optional<Long> revision) {
        return fleet.desiredStates().tell(new DesiredState(id, THERE, resources), revision)
                        instanceof Written.At(long at)
                ? at
                : 0;
    }

    /**
     * @param first s until all nodes have something new
     * @param update s until all nodes have another image of it
     * @param bystander the longest wait of somebody who cordons or uncordons a node meanwhile
     */
    private record Deploys(double first, double update, Duration bystander) {}

    private static Deploys deploy(int count) throws InterruptedException {
        try (NatsServer server = NatsServer.start();
                Mesh mesh = connect(server, "nodes");
                StubNodes _ = withHistory(mesh, count);
                Mesh author = connect(server, "author");
                Mesh other = connect(server, "bystander");
                StubPage page = StubPage.serve()) {
            AtomicBoolean goesOn = new AtomicBoolean(true);
            List<Long> waits = Collections.synchronizedList(new ArrayList<>());
            // Of the same fleet, but at a site that is not deployed to: it would change what is deployed.
            NodeInfo elsewhere = Homes.node("bystander", "office").info();
            NodeReports reports = fleet(other).nodeReports();
            reports.register(new NodeInfo(
                    elsewhere.id(),
                    new Location(SiteName.of("office"), elsewhere.location().failureDomain()),
                    elsewhere.address(),
                    elsewhere.machine(),
                    elsewhere.agent()));
            reports.beat(NodeId.of("bystander"), other.ownName());
            Thread bystander = Thread.ofVirtual().start(() -> cordon(fleet(other), goesOn, waits));
            double first = deploy(author, count, 1, page.port());
            double update = deploy(author, count, 2, page.port());
            goesOn.set(false);
            bystander.join();
            System.out.printf(
                    Locale.ROOT,
                    "deploy of %d nodes: %.2f s, another image: %.2f s; %d times somebody else worked on a node%n",
                    count,
                    first,
                    update,
                    waits.size());
            return new Deploys(first, update, Duration.ofNanos(Collections.max(waits)));
        }
    }

    private static double deploy(Mesh mesh, int count, int version, int port) {
        ContainerService web = Lab.service("web", version, count, port);
        Deployment<?> deployment = Deployment.named(NEW)
                .on(Lab.home())
                .runs(web)
                .provenBy(Lab.smoke(web, "Welcome").within(Duration.ofMinutes(1)));
        Deployer deployer = new Deployer(
                fleet(mesh),
                new MeshJournals(mesh, InstantSource.system(), System::nanoTime, RandomGenerator.getDefault(), _ -> {}),
                Author.of("author"),
                ApplyTerms.careful(Duration.ofMinutes(5), DeployProgress.silent()));
        long began = System.nanoTime();
        DeployResult result = deployer.deploy(deployment);
        double took = since(began);
        require(
                result instanceof DeployResult.Deployed(int changes, var _, var _) && changes == count,
                result.toString());
        return took;
    }

    private static void cordon(Fleet fleet, AtomicBoolean goesOn, List<Long> waits) {
        NodeMaintenance maintenance = new NodeMaintenance(fleet, Author.of("bystander"), InstantSource.system());
        NodeId node = NodeId.of("bystander");
        try {
            while (goesOn.get()) {
                long began = System.nanoTime();
                NodeMaintenance.Result in = maintenance.cordon(node);
                waits.add(System.nanoTime() - began);
                require(in instanceof NodeMaintenance.Result.Changed, in.toString());
                maintenance.uncordon(node);
                Thread.sleep(50);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Mesh connect(NatsServer server, String name) {
        return NatsMesh.connect(NatsOptions.of(NatsAddress.parse(server.url()), name));
    }

    private static Fleet fleet(Mesh mesh) {
        return new Fleet(mesh, new JsonFleetCodec());
    }

    private static double since(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
