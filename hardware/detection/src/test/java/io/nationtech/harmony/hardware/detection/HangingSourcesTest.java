package io.nationtech.harmony.hardware.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.hardware.Device;
import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.domain.hardware.UplinkClass;
import io.nationtech.harmony.domain.hardware.UsbDevice;
import io.nationtech.harmony.domain.node.Architecture;
import io.nationtech.harmony.hardware.source.Fact;
import io.nationtech.harmony.hardware.source.HardwareSource;
import io.nationtech.harmony.hardware.source.Look;
import io.nationtech.harmony.hardware.source.Tree;
import io.nationtech.harmony.hardware.trees.RecordedMachine;
import io.nationtech.harmony.hardware.trees.RecordedTree;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A file that never answers, and a source that has a fault, cost what they would have told and nothing more. */
class HangingSourcesTest {
    private static final Duration TIMEOUT = Duration.ofMillis(400);

    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void release() {
        released.countDown();
    }

    /** Some of its files do not answer before the test ends. */
    private record HangingTree(RecordedTree tree, Set<String> hanging, CountDownLatch released) implements Tree {
        @Override
        public byte[] read(String path, int most) throws IOException {
            if (hanging.contains(path)) {
                awaitRelease();
            }
            return tree.read(path, most);
        }

        private void awaitRelease() {
            boolean isReleased = false;
            while (!isReleased) {
                try {
                    released.await();
                    isReleased = true;
                } catch (InterruptedException e) {
                    // A read in the kernel cannot be interrupted.
                    isReleased = false;
                }
            }
        }

        @Override
        public List<String> names(String folder) throws IOException {
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

    private Detection detection(List<HardwareSource> sources, String... hanging) {
        return new Detection(
                sources,
                new HangingTree(RecordedTree.of(RecordedMachine.INTEL_MINI_PC), Set.of(hanging), released),
                Architecture.AMD64,
                UplinkClass.UNKNOWN,
                TIMEOUT);
    }

    private static Set<String> paths(Detected detected) {
        return Set.copyOf(detected.hardware().devices().stream()
                .map(Device::path)
                .map(Object::toString)
                .toList());
    }

    @Test
    void aFileThatHangsIsNamedAndTheRestIsFound() throws InterruptedException {
        Detection detection = detection(AllSources.list(), "sys/bus/usb/devices/1-10/idVendor");

        Detected detected = detection.all();

        assertEquals(
                List.of("usb: /sys/bus/usb/devices/1-10/idVendor (it did not answer)"),
                detected.unread().stream().map(Object::toString).toList());
        assertEquals(
                List.of("1-2"),
                detected.hardware()
                        .devices(UsbDevice.class)
                        .map(device -> device.path().value())
                        .toList());
        assertTrue(
                paths(detected).containsAll(Set.of("sda", "tpm0", "enp1s0")),
                () -> paths(detected).toString());
    }

    @Test
    void aSourceWhoseEveryFileHangsIsGivenUp() throws InterruptedException {
        Detection detection = detection(
                AllSources.list(),
                "sys/bus/pci/devices/0000:00:00.0/class",
                "sys/bus/pci/devices/0000:00:02.0/class",
                "sys/bus/pci/devices/0000:00:14.0/class",
                "sys/bus/pci/devices/0000:00:17.0/class");

        Detected detected = detection.all();

        assertEquals(
                List.of("pci: all of it (it does not answer)"),
                detected.unread().stream().map(Object::toString).toList());
        assertTrue(paths(detected).contains("sda"), "the others go on");
    }

    @Test
    void aSourceWithAFaultStopsNoOther() throws InterruptedException {
        List<HardwareSource> sources = new ArrayList<>(AllSources.list());
        sources.add(new HardwareSource() {
            @Override
            public ModelName name() {
                return ModelName.cleaned("faulty");
            }

            @Override
            public List<String> watched() {
                return List.of();
            }

            @Override
            public List<Fact> facts(Look look) {
                throw new IllegalStateException("a fault");
            }
        });

        Detected detected = detection(sources).all();

        assertEquals(
                List.of("faulty: all of it (it failed: java.lang.IllegalStateException: a fault)"),
                detected.unread().stream().map(Object::toString).toList());
        assertTrue(paths(detected).contains("sda"), "the others go on");
    }
}
