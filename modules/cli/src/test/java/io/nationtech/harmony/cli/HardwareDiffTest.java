package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.hardware.CpuFeature;
import io.nationtech.harmony.domain.hardware.CpuTopology;
import io.nationtech.harmony.domain.hardware.Device;
import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.Disk;
import io.nationtech.harmony.domain.hardware.DiskHealth;
import io.nationtech.harmony.domain.hardware.DiskSpace;
import io.nationtech.harmony.domain.hardware.Generation;
import io.nationtech.harmony.domain.hardware.Hardware;
import io.nationtech.harmony.domain.hardware.HardwareReport;
import io.nationtech.harmony.domain.hardware.InstructionSet;
import io.nationtech.harmony.domain.hardware.Location;
import io.nationtech.harmony.domain.hardware.Machine;
import io.nationtech.harmony.domain.hardware.Medium;
import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.domain.hardware.OperatingSystem;
import io.nationtech.harmony.domain.hardware.OsVersion;
import io.nationtech.harmony.domain.hardware.Platform;
import io.nationtech.harmony.domain.hardware.PowerSource;
import io.nationtech.harmony.domain.hardware.Processor;
import io.nationtech.harmony.domain.hardware.SecureBoot;
import io.nationtech.harmony.domain.hardware.SerialPort;
import io.nationtech.harmony.domain.hardware.ThermalZone;
import io.nationtech.harmony.domain.hardware.Unread;
import io.nationtech.harmony.domain.hardware.UplinkClass;
import io.nationtech.harmony.domain.hardware.UsbClass;
import io.nationtech.harmony.domain.hardware.UsbDevice;
import io.nationtech.harmony.domain.hardware.UsbId;
import io.nationtech.harmony.domain.hardware.Virtualisation;
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.SiteName;
import io.nationtech.harmony.fleet.Reported;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class HardwareDiffTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final UsbDevice STICK = new UsbDevice(
            DevicePath.of("1-2"), new UsbId(0x403, 0x6001), new UsbClass(0), ModelName.cleaned("FTDI FT232R"));

    private static final List<Reported> REPORTS = List.of(
            reported(2, Duration.ofHours(5), 8, "fma", disk(50)),
            reported(3, Duration.ofHours(2), 8, "fma", disk(50), new SerialPort(DevicePath.of("ttyS0"))),
            reported(4, Duration.ofSeconds(4), 16, "avx2", disk(40), STICK));

    private static Disk disk(int free) {
        return new Disk(
                DevicePath.of("sda"), Medium.SSD, DiskSpace.gibibytes(100), DiskSpace.gibibytes(free), DiskHealth.GOOD);
    }

    private static Reported reported(long generation, Duration ago, int memory, String feature, Device... devices) {
        Hardware hardware = new Hardware(
                new Processor(
                        InstructionSet.X86_64_V3,
                        ModelName.cleaned("Intel(R) N100"),
                        Set.of(CpuFeature.of("aes"), CpuFeature.of(feature)),
                        new CpuTopology(1, 4, 4)),
                Memory.gibibytes(memory),
                List.of(devices),
                List.of(new ThermalZone(DevicePath.of("thermal_zone0"), ModelName.cleaned("acpitz"), 44)),
                new PowerSource.BackedMains(97),
                UplinkClass.ASYMMETRIC,
                new Platform(
                        ModelName.cleaned("AZW MINI S"),
                        Machine.BARE_METAL,
                        Virtualisation.OFFERED,
                        SecureBoot.ENFORCED,
                        new OperatingSystem("debian", OsVersion.of("13"), OsVersion.of("6.12.48"))),
                Optional.empty());
        return new Reported(
                new HardwareReport(
                        NodeId.of("node-1"),
                        new Generation(generation),
                        new Location(SiteName.of("home"), FailureDomain.of("shelf-1")),
                        hardware,
                        List.of(new Unread(
                                ModelName.cleaned("gpio"),
                                ModelName.cleaned("/sys/kernel/debug/gpio"),
                                ModelName.cleaned("permission denied")))),
                NOW.minus(ago));
    }

    private static String diff(Since since) {
        return HardwareDiff.of(REPORTS, since, NOW).text(Ink.PLAIN);
    }

    @Test
    void tellsWhatChangedSinceTheReportBefore() {
        assertEquals("""
                node-1  generation 3, told 2 h ago  →  generation 4, told 4 s ago
                  new: USB 1-2, 0403:6001, FTDI FT232R
                  changed: disk sda: SSD, 100 GiB, 50 GiB free, health good → SSD, 100 GiB, 40 GiB free, health good
                  gone: serial ttyS0
                  changed: memory: 8 GiB → 16 GiB
                  changed: processor: Intel(R) N100, x86-64-v3, 4 cores, 4 threads → gained [avx2], lost [fma]
                """, diff(new Since.Before()));
    }

    @Test
    void comparesWithAGenerationOrATime() {
        assertTrue(diff(new Since.Numbered(new Generation(2))).startsWith("node-1  generation 2, told 5 h ago"));
        assertTrue(diff(new Since.Ago(Duration.ofHours(3))).startsWith("node-1  generation 2, told 5 h ago"));
        assertTrue(diff(new Since.Ago(Duration.ofMinutes(30))).startsWith("node-1  generation 3, told 2 h ago"));
        assertTrue(diff(new Since.Ago(Duration.ofDays(30))).startsWith("node-1  generation 2"), "as far as is kept");
        assertEquals(
                "no difference but in temperatures, or in what could not be read",
                diff(new Since.Ago(Duration.ZERO)).lines().toList().getLast().strip());
    }

    @Test
    void aGenerationThatIsNotKeptIsToldWithThoseThatAre() {
        CommandFailedException failed =
                assertThrows(CommandFailedException.class, () -> diff(new Since.Numbered(new Generation(1))));

        assertTrue(String.valueOf(failed.getMessage()).contains("generation 1 is not kept"), failed::getMessage);
        assertTrue(String.valueOf(failed.getMessage()).contains("kept are 2, 3, 4"), failed::getMessage);
    }

    @Test
    void whenIsAGenerationOrADuration() {
        Since.Read read = new Since.Read();

        assertEquals(new Since.Numbered(new Generation(3)), read.convert("3"));
        assertEquals(new Since.Ago(Duration.ofMinutes(20)), read.convert("20m"));
        assertEquals(new Since.Ago(Duration.ofDays(7)), read.convert("7d"));
        for (String wrong : List.of("", "0", "-1", "yesterday", "2 h", "9999999h")) {
            assertThrows(TypeConversionException.class, () -> read.convert(wrong), wrong);
        }
    }

    @Test
    void aNodesHardwareFitsAPersonsEyes() {
        assertEquals("""
                HARDWARE     AT             generation 4
                processor                   Intel(R) N100, x86-64-v3, 4 cores, 4 threads
                memory                      16 GiB
                work space                  unknown
                machine                     AZW MINI S, bare metal, can run virtual machines, secure boot enforced; debian 13, Linux 6.12.48
                power                       mains, with a battery at 97 %
                uplink                      asymmetric
                USB          1-2            0403:6001, FTDI FT232R
                disk         sda            SSD, 100 GiB, 40 GiB free, health good
                temperature  thermal_zone0  acpitz 44 °C
                not read     gpio           /sys/kernel/debug/gpio: permission denied
                """, HardwareView.text(REPORTS.getLast().report(), Ink.PLAIN));
    }
}
