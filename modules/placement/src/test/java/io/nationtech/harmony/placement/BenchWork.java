package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.hardware.Cpu;
import io.nationtech.harmony.domain.hardware.DiskSpace;
import io.nationtech.harmony.domain.hardware.Gpio;
import io.nationtech.harmony.domain.hardware.Gpu;
import io.nationtech.harmony.domain.hardware.I2c;
import io.nationtech.harmony.domain.hardware.InstructionSet;
import io.nationtech.harmony.domain.hardware.Medium;
import io.nationtech.harmony.domain.hardware.Requirement;
import io.nationtech.harmony.domain.hardware.Storage;
import io.nationtech.harmony.domain.hardware.Tpm;
import io.nationtech.harmony.domain.hardware.Uplink;
import io.nationtech.harmony.domain.hardware.UplinkClass;
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
import io.nationtech.harmony.domain.value.SiteName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Deployments by the dozen: one to seven copies each, most made after one of 300 patterns, one in seven like no other. Half require
 * spread over failure domains, a third need a device, a third wish to be near or away from another deployment.
 */
final class BenchWork {
    private static final int PATTERNS = 300;

    private final Random random;
    private final int sites;
    private final List<Workload> patterns = new ArrayList<>();
    private int made;

    BenchWork(long seed, int nodes) {
        this.random = new Random(seed);
        this.sites = Math.max(1, nodes / 8);
        for (int i = 0; i < PATTERNS; i++) {
            patterns.add(pattern());
        }
    }

    /** The copies of the next deployment. */
    List<Workload> next() {
        Workload like = random.nextInt(7) == 0 ? pattern() : patterns.get(random.nextInt(PATTERNS));
        Workload work = new Workload(
                Work.id("d" + made, 0),
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
        work = related(work);
        made++;
        List<Workload> copies = new ArrayList<>();
        for (int copy = 1 + random.nextInt(7); copy > 0; copy--) {
            copies.add(work.copy(copy));
        }
        return copies;
    }

    private Workload related(Workload work) {
        var other = Work.service("d" + Math.max(0, made - 1 - random.nextInt(50)));
        return switch (random.nextInt(6)) {
            case 0 -> work.likes(new Affinity.Near(other, Scope.SITE, Strength.preferred(30)));
            case 1 -> work.likes(new Affinity.Away(other, Scope.FAILURE_DOMAIN, Strength.required()));
            default -> work;
        };
    }

    private Workload pattern() {
        Workload work = Work.work("pattern", 50 * (1 + random.nextInt(20)), 64 * (1 + random.nextInt(20)))
                .packed(random.nextInt(3) == 0 ? Packing.SPREAD_OUT : Packing.PACK);
        work = random.nextInt(10) < 4 ? work.needs(trait()) : work;
        work = random.nextInt(10) < 3 ? work.needs(device()) : work;
        work = random.nextInt(2) == 0 ? work.spread(SpreadOver.failureDomains()) : work;
        work = random.nextInt(4) == 0 ? work.spread(new SpreadOver(Scope.SITE, 2, Strength.preferred(20))) : work;
        work = random.nextInt(8) == 0 ? work.tolerates(Set.of(Taint.of("noisy"))) : work;
        SiteName site = SiteName.of("site-" + random.nextInt(sites));
        return switch (random.nextInt(10)) {
            case 0 -> work.likes(new Affinity.AtSite(site, Strength.preferred(40)));
            case 1 -> work.likes(new Affinity.Within(Duration.ofMillis(40), site, Strength.preferred(40)));
            case 2 -> work.likes(new Affinity.WithData(DataName.of("model"), Strength.preferred(30)));
            default -> work;
        };
    }

    private Requirement trait() {
        return switch (random.nextInt(5)) {
            case 0 -> Cpu.isa(InstructionSet.X86_64_V3);
            case 1 -> Cpu.isa(InstructionSet.X86_64_V2);
            case 2 -> Cpu.isa(InstructionSet.ARMV8_0);
            case 3 -> Uplink.atLeast(UplinkClass.SYMMETRIC);
            default -> Uplink.atLeast(UplinkClass.ASYMMETRIC);
        };
    }

    private Requirement device() {
        return switch (random.nextInt(8)) {
            case 0 -> Gpu.withMemory(Memory.gibibytes(1 + random.nextInt(3))).shared();
            case 1 -> Gpio.line(2 + random.nextInt(26));
            case 2 -> I2c.bus(1);
            case 3 -> Tpm.v2();
            case 4 -> Usb.device(0x0403, 0x6001).shared();
            default -> Storage.free(DiskSpace.gibibytes(1 + random.nextInt(8))).medium(Medium.SSD);
        };
    }
}
