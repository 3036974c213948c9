package io.nationtech.harmony.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.hardware.Cpu;
import io.nationtech.harmony.domain.hardware.Gpio;
import io.nationtech.harmony.domain.hardware.Gpu;
import io.nationtech.harmony.domain.hardware.InstructionSet;
import io.nationtech.harmony.domain.placement.SpreadOver;
import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.ShareName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ExplanationTest {

    private static Placer placer(PlacementNode... nodes) {
        Placer placer = new Placer(Latencies.unknown());
        List.of(nodes).forEach(placer::update);
        return placer;
    }

    private static PlacementNode office() {
        return PlacementNode.of(Work.node("office"), Work.at("office", "desk"), Machines.miniPc(4, 8));
    }

    private static PlacementNode studio() {
        return PlacementNode.of(
                Work.node("studio"),
                Work.at("home", "studio"),
                Machines.miniPc(8, 16, Machines.graphics("0000:01:00.0", 6)));
    }

    private static PlacementNode shed() {
        return PlacementNode.of(Work.node("shed"), Work.at("home", "shed"), Machines.raspberryPi(4));
    }

    private static String missOf(Explanation explanation, String node) {
        return explanation.others().stream()
                .filter(other -> other.node().value().equals(node))
                .map(other -> ((Explanation.Unfit) other.verdict()).miss().text())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tellsTheClosestMissFirst() {
        Workload model = Work.work("model", 1_000, 2_048).needs(Gpu.withMemory(Memory.gibibytes(8)));
        Placer placer = placer(office(), studio(), shed());
        assertInstanceOf(Decision.Unplaced.class, placer.place(model));
        Explanation explanation = placer.explain(model);
        assertEquals(Work.node("studio"), explanation.closest().orElseThrow().node());
        assertEquals("needs 2 GiB more: its largest GPU has 6 GiB", missOf(explanation, "studio"));
        assertEquals("has no GPU", missOf(explanation, "office"));
        assertTrue(explanation.render(10).startsWith("model.main#0 runs nowhere: none of 3 nodes will do"));
    }

    @Test
    void tellsWhoHasAnExclusiveDevice() {
        Workload relay = Work.work("relay", 100, 64).needs(Gpio.line(17));
        Workload lamp = Work.work("lamp", 100, 64).needs(Gpio.line(17));
        Placer placer = placer(office(), shed());
        assertInstanceOf(Decision.Placed.class, placer.place(relay));
        assertInstanceOf(Decision.Unplaced.class, placer.place(lamp));
        assertEquals("taken by relay.main#0", missOf(placer.explain(lamp), "shed"));
    }

    @Test
    void tellsWhichShareIsMissing() {
        ShareName photos = ShareName.of("photos");
        Workload gallery = Work.work("gallery", 100, 64).using(Set.of(photos));
        Placer placer = placer(office(), studio().sharing(Set.of(ShareName.of("music"), ShareName.of("films"))));

        assertInstanceOf(Decision.Unplaced.class, placer.place(gallery));
        assertEquals("has no share", missOf(placer.explain(gallery), "office"));
        assertEquals("has only films, music", missOf(placer.explain(gallery), "studio"));
        assertTrue(placer.explain(gallery).render(10).contains("share photos — has no share"));

        placer.update(shed().sharing(Set.of(photos)));
        Decision.Placed placed = assertInstanceOf(Decision.Placed.class, placer.place(gallery));
        assertEquals(Work.node("shed"), placed.node());
    }

    @Test
    void tellsHowMuchMemoryIsMissing() {
        Placer placer = placer(office());
        assertInstanceOf(Decision.Placed.class, placer.place(Work.work("big", 100, 6 * 1024)));
        assertEquals(
                "needs 2 GiB more memory: 2 GiB of 8 GiB are free, the rest is taken by big.main",
                missOf(placer.explain(Work.work("other", 100, 4 * 1024)), "office"));
    }

    @Test
    void tellsWhichPairContradicts() {
        Workload torn = Work.work("torn", 100, 64)
                .needs(Cpu.isa(InstructionSet.X86_64_V2))
                .needs(Cpu.isa(InstructionSet.ARMV8_0));
        Decision.Refused refused = assertInstanceOf(
                Decision.Refused.class, placer(office(), shed()).place(torn));
        assertEquals(
                "'processor with x86-64-v2' and 'processor with armv8.0-a' contradict each other: one processor has one architecture",
                refused.contradiction().toString());
    }

    @Test
    void tellsWhySpreadRefusesANode() {
        Workload web = Work.work("web", 100, 64).spread(SpreadOver.failureDomains());
        Placer placer = placer(office(), studio(), shed());
        placer.place(web);
        placer.place(web.copy(1));
        Explanation explanation = placer.explain(web.copy(2));
        long refused = explanation.others().stream()
                .filter(other -> other.verdict() instanceof Explanation.Unfit)
                .peek(other -> assertEquals(
                        "its failure domain has 1 copy; the emptiest has 0",
                        ((Explanation.Unfit) other.verdict()).miss().text()))
                .count();
        assertEquals(2, refused);
    }

    @Test
    void leavesThingsAsTheyWere() {
        Workload relay = Work.work("relay", 100, 64).needs(Gpio.line(17));
        Placer placer = placer(shed());
        placer.place(relay);
        placer.explain(relay);
        assertEquals(Optional.of(Work.node("shed")), placer.nodeOf(relay.id()));
        assertInstanceOf(
                Decision.Unplaced.class, placer.place(Work.work("lamp", 1, 1).needs(Gpio.line(17))));
    }

    /** Whoever gives a node what it is said to lack, and no more, gets the work there; a byte less is not enough. */
    @Property(tries = 60)
    void theNamedMissIsTheWholeMiss(
            @ForAll @IntRange(min = 1, max = 8) int has, @ForAll @IntRange(min = 1, max = 64) int wanted) {
        PlacementNode node = PlacementNode.of(Work.node("one"), Work.at("home", "one"), Machines.miniPc(4, has));
        Workload work = Work.work("work", 100, wanted * 512);
        long miss = wanted * 512L - has * 1024L;
        Explanation explanation = placer(node).explain(work);
        if (miss <= 0) {
            assertTrue(explanation.closest().isEmpty());
            return;
        }
        String amount = miss % 1024 == 0 ? miss / 1024 + " GiB" : miss < 1024 ? miss + " MiB" : miss / 1024 + ".5 GiB";
        assertTrue(missOf(explanation, "one").startsWith("needs " + amount + " more memory"), explanation.render(3));
        assertTrue(placer(node)
                .explain(Work.work("work", 100, has * 1024))
                .closest()
                .isEmpty());
    }
}
