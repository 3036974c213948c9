package io.nationtech.harmony.hardware.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.domain.hardware.Disk;
import io.nationtech.harmony.domain.hardware.UplinkClass;
import io.nationtech.harmony.domain.hardware.UsbDevice;
import io.nationtech.harmony.domain.node.Architecture;
import io.nationtech.harmony.hardware.source.Tree;
import io.nationtech.harmony.hardware.trees.RecordedMachine;
import io.nationtech.harmony.hardware.trees.RecordedTree;
import io.nationtech.harmony.mesh.contract.Eventually;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HardwareWatchTest {
    private static final Duration TICK = Duration.ofMillis(5);
    private static final Duration NEVER = Duration.ofHours(1);

    private final Machine machine = new Machine();
    private final List<Detected> told = new CopyOnWriteArrayList<>();
    private HardwareWatch watch = watch(NEVER);

    /** A machine whose tree can be exchanged while it is read. */
    private static final class Machine implements Tree {
        private final AtomicInteger reads = new AtomicInteger();
        private final AtomicInteger lists = new AtomicInteger();
        private volatile RecordedTree tree = RecordedTree.of(RecordedMachine.INTEL_MINI_PC);

        @Override
        public byte[] read(String path, int most) throws IOException {
            reads.incrementAndGet();
            return tree.read(path, most);
        }

        @Override
        public List<String> names(String folder) throws IOException {
            lists.incrementAndGet();
            return tree.names(folder);
        }

        @Override
        public String target(String link) throws IOException {
            return tree.target(link);
        }

        @Override
        public boolean exists(String path) {
            return tree.exists(path);
        }

        @Override
        public long usable(String folder) throws IOException {
            return tree.usable(folder);
        }

        @Override
        public long size(String folder) throws IOException {
            return tree.size(folder);
        }
    }

    private HardwareWatch watch(Duration moving) {
        return HardwareWatch.start(
                new Detection(
                        AllSources.list(), machine, Architecture.AMD64, UplinkClass.UNKNOWN, Duration.ofSeconds(10)),
                new Cadence(TICK, TICK, moving),
                told::add);
    }

    @AfterEach
    void close() {
        watch.close();
    }

    private long usb() {
        return told.getLast().hardware().devices(UsbDevice.class).count();
    }

    @Test
    void whatIsPluggedInAndOutIsTold() {
        Eventually.holds("the hardware is told", () -> told.size() == 1);
        assertEquals(2, usb());

        RecordedTree before = machine.tree;
        machine.tree = before.with("""
                sys/bus/usb/devices/1-3/bDeviceClass = 00
                sys/bus/usb/devices/1-3/idVendor = 1050
                sys/bus/usb/devices/1-3/idProduct = 0407
                """);
        Eventually.holds("what was plugged in is told", () -> usb() == 3);

        machine.tree = before;
        Eventually.holds("what was pulled out is told", () -> usb() == 2);
    }

    @Test
    void aDriverThatIsStillAtWorkIsSeenAMomentLater() {
        Eventually.holds("the hardware is told", () -> told.size() == 1);
        RecordedTree before = machine.tree;
        machine.tree = before.with("sys/bus/usb/devices/1-3/bDeviceClass = 00");
        Eventually.holds("the change is told", () -> told.size() >= 2);
        machine.tree = before.with("""
                sys/bus/usb/devices/1-3/bDeviceClass = 00
                sys/bus/usb/devices/1-3/idVendor = 1050
                sys/bus/usb/devices/1-3/idProduct = 0407
                """);
        machine.tree = machine.tree.with("sys/bus/usb/devices/1-3:1.0/bInterfaceClass = ff");

        Eventually.holds("the whole device is told", () -> usb() == 3);
    }

    @Test
    void nothingIsReadWhileNothingComesOrGoes() {
        Eventually.holds("the hardware is told", () -> told.size() == 1);
        int read = machine.reads.get();
        int listed = machine.lists.get();

        Eventually.holds("many looks went by", () -> machine.lists.get() > listed + 500);

        assertEquals(read, machine.reads.get(), "folders are listed, no file is read");
        assertEquals(1, told.size());
    }

    @Test
    void whatMovesByItselfIsLookedAtNowAndThen() {
        watch.close();
        watch = watch(TICK);
        Eventually.holds("the hardware is told", () -> !told.isEmpty());

        machine.tree = machine.tree.with("var/lib/containers free 1000");

        Eventually.holds(
                "the new figure is told",
                () -> told.getLast()
                        .hardware()
                        .devices(Disk.class)
                        .anyMatch(disk -> disk.free().bytes() < 1_000_000_000L));
    }
}
