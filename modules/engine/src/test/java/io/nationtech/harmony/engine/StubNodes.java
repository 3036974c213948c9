package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.VolumeStore;
import io.nationtech.harmony.domain.hardware.Bandwidth;
import io.nationtech.harmony.domain.hardware.Device;
import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.Generation;
import io.nationtech.harmony.domain.hardware.Hardware;
import io.nationtech.harmony.domain.hardware.HardwareReport;
import io.nationtech.harmony.domain.hardware.InstructionSet;
import io.nationtech.harmony.domain.hardware.Location;
import io.nationtech.harmony.domain.hardware.NetworkLink;
import io.nationtech.harmony.domain.hardware.PciClass;
import io.nationtech.harmony.domain.hardware.PciDevice;
import io.nationtech.harmony.domain.hardware.PciId;
import io.nationtech.harmony.domain.node.Architecture;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.SiteName;
import io.nationtech.harmony.fleet.Decoded;
import io.nationtech.harmony.fleet.DesiredStateUpdate;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.json.JsonFleetCodec;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.Subscription;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Very many nodes that say at once that they have what they are told, and run nothing. */
final class StubNodes implements AutoCloseable {
    private static final int LANES = 32;
    private static final int DOMAINS = 20;
    private static final int DEVICES = 24;
    /** One for all: making it costs more than reading with it. */
    private static final JsonFleetCodec CODEC = new JsonFleetCodec();

    private final Fleet fleet;
    private final List<NodeId> ids;
    private final Function<DesiredState, Convergence> answer;
    private final List<ExecutorService> lanes =
            Stream.generate(Executors::newSingleThreadExecutor).limit(LANES).toList();
    private final Subscription told;

    private StubNodes(Mesh mesh, int count, Function<DesiredState, Convergence> answer) {
        this.fleet = new Fleet(mesh, CODEC);
        this.ids = IntStream.range(0, count).mapToObj(StubNodes::id).toList();
        this.answer = answer;
        register(mesh.ownName());
        this.told = mesh.bucket(new BucketName("desired-state"))
                .watch(KeyPattern.any().thenAny(), this::hear);
    }

    /** So many, each with a report of some 2 kB about its hardware, in twenty failure domains. */
    static StubNodes start(Mesh mesh, int count) {
        return start(mesh, count, _ -> new Convergence.Converged());
    }

    /**
     * Some that do not follow everything.
     *
     * @param answer what the nodes say of what they are told
     */
    static StubNodes start(Mesh mesh, int count, Function<DesiredState, Convergence> answer) {
        return new StubNodes(mesh, count, answer);
    }

    static NodeId id(int number) {
        return NodeId.of("n%04d".formatted(number));
    }

    private void register(String connection) {
        inParallel(ids, id -> {
            int number = ids.indexOf(id);
            fleet.nodeReports().register(info(id, number));
            fleet.nodeReports().report(hardware(id, number));
            fleet.nodeReports().beat(id, connection);
        });
    }

    /** Does something for each, so many at a time as there are lanes. */
    <T> void inParallel(List<T> all, Consumer<T> work) {
        List<Future<?>> running = IntStream.range(0, all.size())
                .<Future<?>>mapToObj(at -> lanes.get(at % LANES).submit(() -> work.accept(all.get(at))))
                .toList();
        for (Future<?> one : running) {
            try {
                one.get();
            } catch (ExecutionException | InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private void hear(Bucket.Change change) {
        if (change instanceof Bucket.Change.Put(Entry entry)
                && CODEC.desiredState(entry.value()) instanceof Decoded.Value<DesiredState>(var state)) {
            DesiredStateUpdate update =
                    new DesiredStateUpdate(state.deployment(), entry.revision(), new Decoded.Value<>(state));
            // One lane a node, so that its newest word is its last.
            lanes.get(Math.floorMod(state.node().hashCode(), LANES)).submit(() -> answer(state, update.revision()));
        }
    }

    private void answer(DesiredState state, long revision) {
        fleet.nodeReports()
                .report(new NodeState(state.node(), state.deployment(), revision, answer.apply(state), List.of()));
    }

    private static NodeInfo info(NodeId id, int number) {
        return new NodeInfo(
                id,
                new Location(SiteName.of("home"), FailureDomain.of("rack" + number % DOMAINS)),
                IpAddress.of("127.1.%d.%d".formatted(number / 250, 1 + number % 250)),
                new NodeInfo.Machine(Architecture.AMD64, 4, Memory.gibibytes(8), "Debian GNU/Linux 13 (trixie)"),
                NodeInfo.Agent.of(
                        "0.1.0",
                        Set.of(CapabilityName.of(ContainerRuntime.class), CapabilityName.of(VolumeStore.class))));
    }

    private static HardwareReport hardware(NodeId id, int number) {
        Device link = new NetworkLink(
                DevicePath.of("eth0"),
                NetworkLink.Type.ETHERNET,
                NetworkLink.State.UP,
                Optional.of(Bandwidth.megabits(1_000)));
        Stream<Device> cards = IntStream.range(0, DEVICES)
                .mapToObj(at -> new PciDevice(
                        DevicePath.of("0000:%02x:00.0".formatted(at)), new PciId(0x8086, at), new PciClass(0x0604)));
        return new HardwareReport(
                id,
                Generation.first(),
                new Location(SiteName.of("home"), FailureDomain.of("rack" + number % DOMAINS)),
                Hardware.least(InstructionSet.X86_64_V3, 4, Memory.gibibytes(8))
                        .with(Stream.concat(Stream.of(link), cards).toArray(Device[]::new)),
                List.of());
    }

    @Override
    public void close() {
        told.close();
        lanes.forEach(ExecutorService::close);
    }
}
