package io.nationtech.harmony.hardware.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.hardware.CpuTopology;
import io.nationtech.harmony.domain.hardware.Device;
import io.nationtech.harmony.domain.hardware.Disk;
import io.nationtech.harmony.domain.hardware.DiskHealth;
import io.nationtech.harmony.domain.hardware.InstructionSet;
import io.nationtech.harmony.domain.hardware.Medium;
import io.nationtech.harmony.domain.hardware.NetworkLink;
import io.nationtech.harmony.domain.hardware.PciDevice;
import io.nationtech.harmony.domain.hardware.PowerSource;
import io.nationtech.harmony.domain.hardware.UplinkClass;
import io.nationtech.harmony.domain.hardware.UsbDevice;
import io.nationtech.harmony.domain.node.Architecture;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.hardware.source.Tree;
import io.nationtech.harmony.hardware.trees.RecordedMachine;
import io.nationtech.harmony.hardware.trees.RecordedTree;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Trees that lie, lack or break off: what can be known is known, what cannot be is told, and nothing is thrown. */
class BadTreesTest {
    private static final RecordedTree MINI_PC = RecordedTree.of(RecordedMachine.INTEL_MINI_PC);

    private static Detected detected(Tree tree) {
        try {
            return new Detection(
                            AllSources.list(), tree, Architecture.AMD64, UplinkClass.UNKNOWN, Duration.ofSeconds(10))
                    .all();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> unread(Detected detected) {
        return detected.unread().stream().map(Object::toString).toList();
    }

    @Test
    void anEmptyTreeIsTheLeastThatANodeCanBe() {
        Detected detected = detected(RecordedTree.of(""));

        assertEquals(InstructionSet.X86_64_V1, detected.hardware().processor().isa());
        assertEquals(Memory.ofBytes(1), detected.hardware().memory());
        assertEquals(List.of(), detected.hardware().devices());
        assertTrue(unread(detected).contains("cpu: /proc/cpuinfo (nothing is known of the processor)"));
        assertTrue(unread(detected).contains("memory: /proc/meminfo (it does not tell MemTotal)"));
    }

    @Test
    void fiveHundredAndTwelveProcessorsAreCounted() {
        String cpus = IntStream.range(0, 512)
                .mapToObj(i ->
                        "\tprocessor\t: %d\n\tmodel name\t: EPYC\n\tphysical id\t: %d\n\tcore id\t: %d\n\tflags\t: %s\n\t\n"
                                .formatted(i, i / 256, i / 2 % 128, "lm ".repeat(400)))
                .collect(Collectors.joining("", "proc/cpuinfo\n", ""));

        Detected detected = detected(MINI_PC.with(cpus));

        assertEquals(
                new CpuTopology(2, 256, 512), detected.hardware().processor().topology());
    }

    @Test
    void namesThatAreNoTextBecomeOne() {
        Detected detected = detected(MINI_PC.with("""
                sys/bus/usb/devices/1-2/product = \\xFF\\xFEcam\\x07\\x1B[31m
                sys/bus/usb/devices/1-2/manufacturer =\s
                """));

        UsbDevice usb = detected.hardware()
                .devices(UsbDevice.class)
                .filter(device -> device.path().value().equals("1-2"))
                .findFirst()
                .orElseThrow();
        assertEquals("??cam??[31m", usb.model().value());
    }

    @Test
    void figuresThatCannotBeAreToldAndNotTaken() {
        Detected detected = detected(MINI_PC.with("""
                sys/block/sda/size = 9223372036854775807
                sys/block/nvme0n1/size = many
                sys/class/net/enp1s0/speed = 99999999999
                sys/class/thermal/thermal_zone1/temp = 999999999
                sys/class/power_supply/BAT0/type = Battery
                sys/class/power_supply/BAT0/capacity = 300
                sys/bus/pci/devices/0000:01:00.0/vendor = 0x1ffff
                sys/class/tpm/tpm0/tpm_version_major = 3
                sys/kernel/debug/gpio
                	gpiochip0: GPIOs 512-99999, parent: platform/INTC1057:00, INTC1057:00:
                etc/os-release
                	ID=debian
                	VERSION_ID=202611251200
                """));

        assertEquals(List.of(), detected.hardware().devices(Disk.class).toList());
        assertEquals(new PowerSource.Unknown(), detected.hardware().power());
        assertTrue(
                detected.hardware()
                        .devices(NetworkLink.class)
                        .allMatch(link -> link.speed().isEmpty()),
                "the link is there, without a speed");
        assertEquals(
                List.of("gpio", "network", "pci", "power", "storage", "storage", "system", "thermal", "tpm"),
                detected.unread().stream()
                        .map(thing -> thing.source().value())
                        .sorted()
                        .toList(),
                () -> unread(detected).toString());
    }

    @Test
    void whatIsPulledOutWhileItIsReadIsNotThere() {
        Detected detected = detected(MINI_PC.without("sys/bus/usb/devices/1-2/idProduct")
                .without("sys/bus/pci/devices/0000:02:00.0/class")
                .without("sys/block/sda/size"));

        List<String> paths = detected.hardware().devices().stream()
                .map(Device::path)
                .map(Object::toString)
                .toList();
        assertTrue(!paths.contains("1-2") && !paths.contains("sda"), paths::toString);
        assertEquals(5, detected.hardware().devices(PciDevice.class).count());
        assertEquals(List.of(), unread(detected));
    }

    @Test
    void whatMayNotBeReadIsToldWithTheReason() {
        Detected detected = detected(MINI_PC.with("""
                sys/block ! permission denied
                proc/meminfo ! Input/output error
                """));

        assertEquals(
                List.of(
                        "memory: /proc/meminfo (Input/output error)",
                        "memory: /proc/meminfo (it does not tell MemTotal)",
                        "storage: /sys/block (permission denied)"),
                unread(detected));
    }

    @Test
    void moreDevicesThanAReportHoldsAreLeftOutAndTold() {
        String many = IntStream.range(0, 4_200)
                .mapToObj("sys/class/i2c-dev/i2c-1%n"::formatted)
                .collect(Collectors.joining());
        String ports = IntStream.range(0, 900)
                .mapToObj(i -> "sys/class/tty/ttyUSB%d/device -> ../x%n".formatted(i))
                .collect(Collectors.joining());
        String pci = IntStream.range(0, 4_000)
                .mapToObj(
                        "sys/bus/pci/devices/1000:%1$04x:00.0/class = 0x020000%nsys/bus/pci/devices/1000:%1$04x:00.0/vendor = 0x1%nsys/bus/pci/devices/1000:%1$04x:00.0/device = 0x1%n"
                                ::formatted)
                .collect(Collectors.joining());

        Detected detected = detected(MINI_PC.with(many).with(ports).with(pci));

        assertEquals(4_096, detected.hardware().devices().size());
        assertEquals(256, detected.unread().size());
    }

    @Test
    void anEmmcTellsItsHealth() {
        for (var expected : List.of(
                List.of("0x01", "0x01 0x02", DiskHealth.GOOD),
                List.of("0x01", "0x0a 0x01", DiskHealth.WORN),
                List.of("0x03", "0x01 0x01", DiskHealth.FAILING),
                List.of("0x00", "0x00 0x00", DiskHealth.UNKNOWN))) {
            Detected detected = detected(RecordedTree.of("""
                    sys/block/mmcblk0/size = 1000
                    sys/block/mmcblk0/device/type = MMC
                    sys/block/mmcblk0/device/pre_eol_info = %s
                    sys/block/mmcblk0/device/life_time = %s
                    """.formatted(expected.get(0), expected.get(1))));

            Disk disk = detected.hardware().devices(Disk.class).findFirst().orElseThrow();
            assertEquals(Medium.EMMC, disk.medium());
            assertEquals(expected.get(2), disk.health(), expected::toString);
        }
    }
}
