package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.OnDrift;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.engine.DeployResult;
import io.nationtech.harmony.engine.Drift;
import io.nationtech.harmony.engine.OperateProgress;
import io.nationtech.harmony.engine.SecretSupply;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.json.JsonFleetCodec;
import io.nationtech.harmony.journal.mesh.MeshJournals;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.nats.NatsAddress;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import io.nationtech.harmony.mesh.nats.NatsOptions;
import io.nationtech.harmony.operator.DeploymentFolder;
import io.nationtech.harmony.operator.LoadedModule;
import io.nationtech.harmony.operator.Operator;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators in this process on a real mesh, as agents host them. */
class OperatorTest {
    private static final DeploymentName SHOP = DeploymentName.of("shop");

    @TempDir
    Path folder;

    private QuickLab lab;
    private NatsMesh mesh;
    private Fleet fleet;

    @BeforeEach
    void begin() throws Exception {
        lab = QuickLab.begin(folder);
        mesh = NatsMesh.connect(NatsOptions.of(NatsAddress.parse(lab.server.url()), "operator-test"));
        fleet = new Fleet(mesh, new JsonFleetCodec());
    }

    @AfterEach
    void end() {
        mesh.close();
        lab.close();
    }

    @Test
    void oneOperatorRepairsAndAnotherTakesOverWhenItEnds() {
        List<LoadedModule> modules = shop();
        Heard first = new Heard();
        Heard second = new Heard();
        Operator one = operator("one", modules, first);
        try (Operator other = operator("other", modules, second)) {
            one.start();
            Eventually.holds("the shop is deployed", () -> first.repairs() == 1 && told() == 2);
            other.start();

            withdraw();
            Eventually.holds("the shop is deployed again", () -> first.repairs() == 2 && told() == 2);
            assertEquals(List.of(), second.all);

            one.close();
            withdraw();
            Eventually.holds("the other operator deploys", () -> second.repairs() == 1 && told() == 2);
            assertEquals(2, first.repairs());
        } finally {
            one.close();
        }
    }

    @Test
    void whatADeploymentWantsReportedIsNotRepaired() {
        LoadedModule module = shop().getFirst();
        LoadedModule reported = new LoadedModule(
                module.deployment().onDrift(OnDrift.REPORT),
                module.report(),
                module.places(),
                module.own(),
                module.module());
        Heard heard = new Heard();
        try (Operator operator = operator("one", List.of(reported), heard)) {
            operator.start();
            // The second look comes after all that the first one did.
            Eventually.holds(
                    "two looks",
                    () -> heard.all.stream().filter("drifted"::equals).count() >= 2);
        }
        assertEquals(0, told());
        assertEquals(0, heard.repairs());
    }

    private List<LoadedModule> shop() {
        Path jar = lab.module(SHOP.value(), 1, 2, QuickLab.freePort());
        DeploymentFolder read = DeploymentFolder.read(jar.getParent());
        assertEquals(List.of(), read.problems());
        return read.deployments();
    }

    private Operator operator(String name, List<LoadedModule> modules, Heard heard) {
        MeshJournals journals =
                new MeshJournals(mesh, Clock.systemUTC(), System::nanoTime, RandomGenerator.getDefault(), _ -> {});
        Operator.Means means = new Operator.Means(mesh, fleet, journals, SecretSupply.none(), System::nanoTime);
        return new Operator(modules, Author.of("agent@" + name), means, Duration.ofSeconds(1), _ -> heard);
    }

    private void withdraw() {
        Typed withdrawn = lab.typed("withdraw", SHOP.value());
        assertEquals(0, withdrawn.exitCode(), withdrawn.err());
    }

    private long told() {
        return fleet.inventory().nodes().stream()
                .filter(node -> node.desired().containsKey(SHOP)
                        && !node.desired().get(SHOP).value().resources().isEmpty())
                .count();
    }

    /** What an operation told. */
    private static final class Heard implements OperateProgress {
        private final List<String> all = new CopyOnWriteArrayList<>();

        long repairs() {
            return all.stream().filter("repaired"::equals).count();
        }

        @Override
        public void inSync() {
            all.add("in-sync");
        }

        @Override
        public void drifted(Drift drift) {
            all.add("drifted");
        }

        @Override
        public void repaired(DeployResult result) {
            all.add(result instanceof DeployResult.Deployed ? "repaired" : result.toString());
        }

        @Override
        public void problem(Cause cause) {
            all.add(cause.toString());
        }
    }
}
