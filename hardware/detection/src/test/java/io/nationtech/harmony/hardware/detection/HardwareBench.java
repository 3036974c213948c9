package io.nationtech.harmony.hardware.detection;

import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.UplinkClass;
import io.nationtech.harmony.domain.hardware.UsbDevice;
import io.nationtech.harmony.domain.node.Architecture;
import io.nationtech.harmony.hardware.source.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What watching costs, and how soon something plugged in is seen; for {@code hardware/bench}. */
final class HardwareBench {
    private static final Duration TO_SETTLE = Duration.ofSeconds(10);
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final int PLUGGED = 6;

    private final Set<DevicePath> seen = ConcurrentHashMap.newKeySet();

    public static void main(String[] arguments) throws Exception {
        HardwareBench bench = new HardwareBench();
        System.out.printf(
                "%d processors, load %s%n",
                Runtime.getRuntime().availableProcessors(),
                Files.readString(Path.of("/proc/loadavg")).strip());
        double idle = bench.idlePercent();
        List<Double> seconds = bench.secondsToSee();
        System.out.println("seconds until a device was told, each plugged in at a random moment: " + seconds);
        System.out.printf(
                Locale.ROOT, "bench-hardware idle_pct=%.3f seen_seconds=%.2f%n", idle, Collections.max(seconds));
    }

    /** Of one core, over a minute in which what moves by itself is looked at once too: the whole process, with its JVM. */
    private double idlePercent() throws InterruptedException {
        try (HardwareWatch _ = watch(LiveTree.ofThisMachine())) {
            rest(TO_SETTLE);
            Duration before = cpu();
            rest(IDLE);
            Duration used = cpu().minus(before);
            System.out.printf(
                    "watching this machine took %d ms of a core in %d s%n", used.toMillis(), IDLE.toSeconds());
            return 100.0 * used.toNanos() / IDLE.toNanos();
        }
    }

    private List<Double> secondsToSee() throws Exception {
        List<Double> seconds = new ArrayList<>();
        Path root = Files.createTempDirectory("harmony-bench-hardware");
        Random moments = new Random(6);
        plug(root, "1-1");
        try (HardwareWatch _ = watch(new LiveTree(root))) {
            for (int i = 0; i < PLUGGED; i++) {
                rest(TO_SETTLE.plusMillis(moments.nextInt(3_000)));
                DevicePath port = DevicePath.of("1-2." + i);
                long start = System.nanoTime();
                plug(root, port.value());
                while (!seen.contains(port)) {
                    rest(Duration.ofMillis(5));
                }
                seconds.add(Math.round((System.nanoTime() - start) / 1e7) / 100.0);
            }
        } finally {
            delete(root);
        }
        return seconds;
    }

    private HardwareWatch watch(Tree tree) {
        return HardwareWatch.start(
                Detection.withAllSources(tree, Architecture.AMD64, UplinkClass.UNKNOWN),
                Cadence.usual(),
                detected -> detected.hardware()
                        .devices(UsbDevice.class)
                        .map(UsbDevice::path)
                        .forEach(seen::add));
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }

    private static void rest(Duration duration) throws InterruptedException {
        if (new CountDownLatch(1).await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("nobody counts down");
        }
    }

    /** The folder comes last, as the kernel shows a device when it is whole. */
    private static void plug(Path root, String port) throws IOException {
        Path devices = Files.createDirectories(root.resolve("sys/bus/usb/devices"));
        Path device = Files.createDirectories(root.resolve("making"));
        Files.writeString(device.resolve("bDeviceClass"), "00\n");
        Files.writeString(device.resolve("idVendor"), "0403\n");
        Files.writeString(device.resolve("idProduct"), "6001\n");
        Files.move(device, devices.resolve(port));
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
