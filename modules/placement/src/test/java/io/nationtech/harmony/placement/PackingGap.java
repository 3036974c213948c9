package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.hardware.Gpu;
import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.value.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.chocosolver.solver.Model;
import org.chocosolver.solver.variables.IntVar;

/** How many more nodes placement uses than an exact solver proves to be needed, on small clusters. */
final class PackingGap {
    private static final int NODES = 6;
    private static final int MIB = 20;

    private PackingGap() {}

    /**
     * @param proven instances of which the solver proved the optimum; only they count
     * @param unplaced work that found no place though the optimum has one for it; each counts as a node
     */
    record Result(int proven, int optimum, int used, int unplaced) {
        double percent() {
            return 100.0 * (used + unplaced - optimum) / optimum;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "packing: %d small clusters, the exact optimum (choco-solver) uses %d nodes, placement %d (+%d unplaced): gap %.2f %%",
                    proven,
                    optimum,
                    used,
                    unplaced,
                    percent());
        }
    }

    static Result measure(long seed, int instances) {
        Random random = new Random(seed);
        Result sum = new Result(0, 0, 0, 0);
        for (int i = 0; i < instances; i++) {
            List<PlacementNode> nodes = nodes(random);
            List<Workload> work = work(random);
            int optimum = optimum(nodes, work);
            if (optimum > 0) {
                Placer placer = new Placer(Latencies.unknown());
                nodes.forEach(placer::update);
                List<Decision> decisions = placer.placeAll(work);
                int used = (int) decisions.stream()
                        .filter(Decision.Placed.class::isInstance)
                        .map(decision -> ((Decision.Placed) decision).node())
                        .distinct()
                        .count();
                int unplaced = (int) decisions.stream()
                        .filter(Decision.Unplaced.class::isInstance)
                        .count();
                sum = new Result(sum.proven + 1, sum.optimum + optimum, sum.used + used, sum.unplaced + unplaced);
            }
        }
        return sum;
    }

    private static List<PlacementNode> nodes(Random random) {
        List<PlacementNode> nodes = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            var hardware = i == 0
                    ? Machines.miniPc(8, 16, Machines.graphics("0000:01:00.0", 8))
                    : Machines.miniPc(4 << random.nextInt(2), 8 << random.nextInt(2));
            nodes.add(PlacementNode.of(Work.node("n" + i), Work.at("s", "d" + i), hardware));
        }
        return nodes;
    }

    private static List<Workload> work(Random random) {
        List<Workload> work = new ArrayList<>();
        int count = 8 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            Workload one = Work.work("w" + i, 250 * (1 + random.nextInt(12)), 256 * (1 + random.nextInt(20)));
            work.add(i == 0 ? one.needs(Gpu.withMemory(Memory.gibibytes(4))) : one);
        }
        return work;
    }

    /** The fewest nodes that hold all the work; 0 when it does not fit or nothing is proven in time. */
    private static int optimum(List<PlacementNode> nodes, List<Workload> work) {
        Model model = new Model();
        IntVar[] at = model.intVarArray(work.size(), 0, nodes.size() - 1);
        IntVar[] cpu = new IntVar[nodes.size()];
        IntVar[] memory = new IntVar[nodes.size()];
        for (int node = 0; node < nodes.size(); node++) {
            cpu[node] = model.intVar(0, nodes.get(node).cpuForWork());
            memory[node] = model.intVar(0, (int) (nodes.get(node).memoryForWork() >> MIB));
        }
        model.binPacking(
                        at,
                        work.stream()
                                .mapToInt(one -> one.demand().cpu().millis())
                                .toArray(),
                        cpu,
                        0)
                .post();
        model.binPacking(
                        at,
                        work.stream()
                                .mapToInt(one -> (int) (one.demand().memory().bytes() >> MIB))
                                .toArray(),
                        memory,
                        0)
                .post();
        model.arithm(at[0], "=", 0).post();
        IntVar used = model.intVar(1, nodes.size());
        model.nValues(at, used).post();
        model.setObjective(Model.MINIMIZE, used);
        model.getSolver().limitTime("2s");
        int best = 0;
        while (model.getSolver().solve()) {
            best = used.getValue();
        }
        return model.getSolver().isStopCriterionMet() ? 0 : best;
    }
}
