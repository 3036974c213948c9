package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.hardware.Device;
import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.Disk;
import io.nationtech.harmony.domain.hardware.DiskHealth;
import io.nationtech.harmony.domain.hardware.DiskSpace;
import io.nationtech.harmony.domain.hardware.Hardware;
import io.nationtech.harmony.domain.hardware.InstructionSet;
import io.nationtech.harmony.domain.hardware.Medium;
import io.nationtech.harmony.domain.hardware.TpmChip;
import io.nationtech.harmony.domain.hardware.UplinkClass;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.placement.Taint;
import io.nationtech.harmony.domain.value.SiteName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A cluster as it might stand: eight nodes a site, two or three failure domains a site, no two machines quite alike. */
final class BenchCluster {
    private static final int NODES_PER_SITE = 8;

    private final Random random;

    BenchCluster(long seed) {
        this.random = new Random(seed);
    }

    List<PlacementNode> nodes(int count) {
        List<PlacementNode> nodes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int site = i / NODES_PER_SITE;
            int domains = 2 + site % 2;
            PlacementNode node = PlacementNode.of(
                            Work.node("node-%05d".formatted(i)),
                            Work.at("site-" + site, "strip-" + i % domains),
                            hardware())
                    .reserving(Work.work("system", 200, 384).demand());
            node = random.nextInt(50) == 0 ? node.tainted(Set.of(Taint.of("noisy"))) : node;
            nodes.add(random.nextInt(20) == 0 ? node.holding(Set.of(DataName.of("model"))) : node);
        }
        return nodes;
    }

    /** A site's way to three of its neighbours. */
    static Latencies latencies(int nodes) {
        Map<SiteName, Map<SiteName, Duration>> ways = new HashMap<>();
        int sites = Math.max(1, nodes / NODES_PER_SITE);
        for (int site = 0; site < sites; site++) {
            Map<SiteName, Duration> to = new HashMap<>();
            for (int step = 1; step <= 3; step++) {
                to.put(SiteName.of("site-" + (site + step) % sites), Duration.ofMillis(5L + 9L * step));
            }
            ways.put(SiteName.of("site-" + site), to);
        }
        return new Latencies(ways);
    }

    private Hardware hardware() {
        return switch (random.nextInt(20)) {
            case 0, 1 ->
                x86(
                        InstructionSet.X86_64_V3,
                        16,
                        32 + 32 * random.nextInt(2),
                        Machines.graphics("0000:01:00.0", 4 << random.nextInt(4)));
            case 2, 3 -> Machines.nas(4 + 4 * random.nextInt(3));
            case 4, 5, 6 -> Machines.raspberryPi(4 << random.nextInt(2), disk("sda", Medium.SSD));
            case 7, 8, 9 -> Machines.raspberryPi(2 << random.nextInt(3));
            case 10 -> Machines.raspberryPi(4, Machines.serialAdapter("1-1.2"));
            case 11, 12, 13 -> x86(InstructionSet.X86_64_V2, 4, 8 + 8 * random.nextInt(2), disk("sda", Medium.SSD));
            case 14 -> x86(InstructionSet.X86_64_V4, 24, 96, disk("nvme0n1", Medium.NVME));
            default ->
                x86(
                        InstructionSet.X86_64_V3,
                        4 + 4 * random.nextInt(3),
                        16 << random.nextInt(2),
                        disk("nvme0n1", Medium.NVME));
        };
    }

    private Hardware x86(InstructionSet isa, int threads, int gibibytes, Device device) {
        return Machines.machine(
                isa,
                threads,
                gibibytes,
                List.of(device, disk("sdz", Medium.SSD), new TpmChip(DevicePath.of("tpm0"), TpmChip.Version.V2_0)),
                UplinkClass.values()[1 + random.nextInt(3)],
                "PC");
    }

    private Disk disk(String path, Medium medium) {
        long size = (128L << random.nextInt(4)) << 30;
        long free = (long) (size * (0.2 + 0.7 * random.nextDouble()));
        return new Disk(DevicePath.of(path), medium, DiskSpace.ofBytes(size), DiskSpace.ofBytes(free), DiskHealth.GOOD);
    }
}
