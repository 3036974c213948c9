package io.nationtech.harmony.qemu;

import io.nationtech.harmony.domain.value.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Boots an image of Debian's least and that of a node in turns, three times each, with what both have kept from a first boot, and prints how long the
 * node takes beside it, and what it needs. Times are those that systemd took, from the start of the kernel on, and medians.
 */
final class ImageBench {
    private static final Duration TO_BOOT = Duration.ofMinutes(6);
    private static final int ROUNDS = 3;

    private ImageBench() {}

    /** @param args the image of Debian's least, the node's, and the beginning of the last line */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("harmony-bench-image");
        double[] plain = new double[ROUNDS];
        double[] harmony = new double[ROUNDS];
        String memory = "";
        String exposure = "";
        try (VirtualMachine one = machine(folder.resolve("plain"), Path.of(args[0]));
                VirtualMachine two = machine(folder.resolve("harmony"), Path.of(args[1]))) {
            for (VirtualMachine machine : List.of(one, two)) {
                active(machine, "multi-user.target");
                told(machine, "sync");
                machine.cutPower();
            }
            for (int round = 0; round < ROUNDS; round++) {
                one.switchOn();
                plain[round] = active(one, "multi-user.target");
                one.cutPower();
                two.switchOn();
                harmony[round] = active(two, "harmony.service");
                memory = told(two, "sleep 30; awk '/MemTotal|MemAvailable/ { print $2 }' /proc/meminfo");
                exposure = told(two, "systemd-analyze security harmony.service --no-pager | tail -n 1");
                two.cutPower();
                System.out.printf(
                        "boot %d: plain image's multi-user.target after %.1f s, the node's harmony.service after %.1f s%n",
                        round + 1, plain[round], harmony[round]);
            }
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            }
        }
        List<String> kibibytes = memory.lines().toList();
        System.out.println(exposure);
        System.out.printf(
                "%s boot_ratio=%.2f idle_mib=%d exposure=%s%n",
                args[2],
                median(harmony) / median(plain),
                (Long.parseLong(kibibytes.get(0)) - Long.parseLong(kibibytes.get(1))) / 1024,
                exposure.replaceAll(".*: ([0-9.]+) .*", "$1"));
    }

    private static VirtualMachine machine(Path folder, Path image) throws IOException {
        return VirtualMachine.boot(
                Files.createDirectory(folder),
                new VirtualMachine.Parts(
                        new VirtualMachine.Content.CopyOf(image),
                        Memory.gibibytes(1),
                        8,
                        List.of(),
                        List.of(),
                        Set.of(),
                        List.of()));
    }

    /** Seconds from the start of the kernel until the unit was active. */
    private static double active(VirtualMachine machine, String unit) {
        String micros = told(
                machine,
                "until systemctl is-active --quiet %1$s; do sleep 0.2; done; systemctl show %1$s --value --property=ActiveEnterTimestampMonotonic"
                        .formatted(unit));
        return Long.parseLong(micros) / 1e6;
    }

    private static String told(VirtualMachine machine, String command) {
        return machine.shell().run(command, TO_BOOT).output().strip();
    }

    private static double median(double[] of) {
        return Arrays.stream(of).sorted().toArray()[of.length / 2];
    }
}
