package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.hardware.Cpu;
import io.nationtech.harmony.domain.hardware.DiskSpace;
import io.nationtech.harmony.domain.hardware.Gpio;
import io.nationtech.harmony.domain.hardware.Gpu;
import io.nationtech.harmony.domain.hardware.Hardware;
import io.nationtech.harmony.domain.hardware.I2c;
import io.nationtech.harmony.domain.hardware.InstructionSet;
import io.nationtech.harmony.domain.hardware.Medium;
import io.nationtech.harmony.domain.hardware.Requirement;
import io.nationtech.harmony.domain.hardware.Storage;
import io.nationtech.harmony.domain.hardware.Tpm;
import io.nationtech.harmony.domain.hardware.Usb;
import io.nationtech.harmony.domain.placement.Affinity;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.placement.Packing;
import io.nationtech.harmony.domain.placement.Scope;
import io.nationtech.harmony.domain.placement.SpreadOver;
import io.nationtech.harmony.domain.placement.Strength;
import io.nationtech.harmony.domain.placement.Taint;
import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ShareName;
import io.nationtech.harmony.domain.value.SiteName;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Small clusters and work for them, by chance but the same for the same seed. Crowded on purpose: much must fail. */
final class Chance {
    private static final ShareName PHOTOS = ShareName.of("photos");
    private static final ShareName DOCUMENTS = ShareName.of("documents");

    private final Random random;
    private final List<Workload> makes = new ArrayList<>();

    Chance(long seed) {
        this.random = new Random(seed);
    }

    boolean oneIn(int odds) {
        return random.nextInt(odds) == 0;
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    List<PlacementNode> nodes(int count) {
        List<PlacementNode> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nodes.add(node("n" + i));
        }
        return nodes;
    }

    PlacementNode node(String id) {
        int site = random.nextInt(3);
        PlacementNode node = PlacementNode.of(Work.node(id), Work.at("s" + site, "d" + random.nextInt(2)), hardware());
        if (oneIn(6)) {
            node = node.tainted(Set.of(Taint.of("noisy")));
        }
        if (oneIn(4)) {
            node = node.holding(Set.of(DataName.of("model")));
        }
        if (oneIn(2)) {
            node = node.sharing(oneIn(2) ? Set.of(PHOTOS) : Set.of(PHOTOS, DOCUMENTS));
        }
        if (oneIn(10)) {
            node = node.availability(oneOf(List.of(Availability.CLOSED, Availability.DRAINING)));
        }
        return oneIn(3) ? node.reserving(Work.work("system", 500, 512).demand()) : node;
    }

    private Hardware hardware() {
        return switch (random.nextInt(6)) {
            case 0 -> Machines.miniPc(4, 8, Machines.graphics("0000:01:00.0", 4 + 4 * random.nextInt(2)));
            case 1 ->
                Machines.miniPc(8, 16, Machines.graphics("0000:01:00.0", 8), Machines.graphics("0000:02:00.0", 12));
            case 2 -> Machines.raspberryPi(2 + 2 * random.nextInt(3));
            case 3 -> Machines.raspberryPi(4, Machines.serialAdapter("1-1.2"), Machines.serialAdapter("1-1.3"));
            case 4 -> Machines.nas(4);
            default -> Machines.miniPc(2 + random.nextInt(3), 4);
        };
    }

    /** Every other one is of one of a few makes, so that nodes are kept in heaps for them. */
    Workload work(int number) {
        if (oneIn(2)) {
            return fresh(number);
        }
        while (makes.size() < 4) {
            makes.add(fresh(0));
        }
        Workload like = oneOf(makes);
        return new Workload(
                Work.id("w" + random.nextInt(8), number),
                like.demand(),
                like.needs(),
                like.packing(),
                like.affinities(),
                like.spread(),
                like.priority(),
                like.onLoss(),
                like.tolerates(),
                like.ports(),
                like.sharedPorts(),
                like.shares());
    }

    private Workload fresh(int number) {
        String deployment = "w" + random.nextInt(8);
        Workload work = Work.work(deployment, 250 * (1 + random.nextInt(6)), 256 * (1 + random.nextInt(10)))
                .copy(number)
                .packed(oneOf(List.of(Packing.values())));
        for (int i = random.nextInt(3); i > 0; i--) {
            work = work.needs(requirement());
        }
        if (oneIn(2)) {
            work = work.spread(new SpreadOver(
                    oneOf(List.of(Scope.values())),
                    1 + random.nextInt(2),
                    oneIn(2) ? 1 + random.nextInt(3) : 1_000,
                    strength()));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            work = work.likes(affinity());
        }
        if (oneIn(3)) {
            work = work.publishing(Set.of(
                    NodePort.tcp(Port.of(8080 + random.nextInt(2))), NodePort.udp(Port.of(8080 + random.nextInt(2)))));
        }
        if (oneIn(4)) {
            work = work.using(oneIn(2) ? Set.of(PHOTOS) : Set.of(PHOTOS, DOCUMENTS));
        }
        return oneIn(4) ? work.tolerates(Set.of(Taint.of("noisy"))) : work;
    }

    private Strength strength() {
        return oneIn(2) ? Strength.required() : Strength.preferred(1 + random.nextInt(100));
    }

    private Affinity affinity() {
        Scope scope = oneOf(List.of(Scope.values()));
        var other = Work.service("w" + random.nextInt(8));
        return switch (random.nextInt(5)) {
            case 0 -> new Affinity.Near(other, scope, strength());
            case 1, 2 -> new Affinity.Away(other, scope, strength());
            case 3 -> new Affinity.AtSite(SiteName.of("s" + random.nextInt(3)), strength());
            default -> new Affinity.WithData(DataName.of("model"), strength());
        };
    }

    private Requirement requirement() {
        return oneOf(List.of(
                Cpu.isa(InstructionSet.X86_64_V2),
                Cpu.isa(InstructionSet.ARMV8_0),
                Gpu.any(),
                Gpu.withMemory(Memory.gibibytes(6)),
                Gpu.withMemory(Memory.gibibytes(3)).shared(),
                Gpio.line(17),
                Gpio.line(42),
                I2c.bus(1),
                I2c.bus(1).exclusive(),
                Tpm.v2(),
                Usb.device(0x0403, 0x6001),
                Storage.free(DiskSpace.gibibytes(20)),
                Storage.free(DiskSpace.gibibytes(70)).medium(Medium.SSD),
                Storage.free(DiskSpace.gibibytes(5)).exclusive()));
    }
}
