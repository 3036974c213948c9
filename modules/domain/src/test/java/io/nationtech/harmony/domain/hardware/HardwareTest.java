package io.nationtech.harmony.domain.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Memory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class HardwareTest {

    private static Hardware with(Device... devices) {
        return new Hardware(
                new Processor(
                        InstructionSet.X86_64_V3,
                        ModelName.cleaned("N100"),
                        Set.of(CpuFeature.of("avx2")),
                        new CpuTopology(1, 4, 4)),
                Memory.gibibytes(16),
                List.of(devices),
                List.of(),
                new PowerSource.Mains(),
                UplinkClass.ASYMMETRIC,
                new Platform(
                        ModelName.cleaned("mini-PC"),
                        Machine.BARE_METAL,
                        Virtualisation.OFFERED,
                        SecureBoot.OFF,
                        new OperatingSystem("debian", OsVersion.of("13"), OsVersion.of("6.12.48"))),
                Optional.empty());
    }

    @Test
    void aWorkSpaceIsNearlyFullWhenATenthOfItIsLeftAndThatIsLittle() {
        assertFalse(isNearlyFull(50, 5));
        assertTrue(isNearlyFull(50, 4));
        assertTrue(isNearlyFull(4_000, 9));
        assertFalse(isNearlyFull(4_000, 10));
        assertThrows(InvalidValueException.class, () -> isNearlyFull(4, 5));
        assertThrows(InvalidValueException.class, () -> isNearlyFull(0, 0));
    }

    private static boolean isNearlyFull(long size, long free) {
        return new WorkSpace(DiskSpace.gibibytes(size), DiskSpace.gibibytes(free)).isNearlyFull();
    }

    private static GraphicsCard card(String path, int gibibytes) {
        return new GraphicsCard(
                DevicePath.of(path), ModelName.cleaned("card"), Optional.of(Memory.gibibytes(gibibytes)));
    }

    private static String missOf(Requirement requirement, Device... devices) {
        return requirement.missedBy(with(devices)).orElseThrow().text();
    }

    @Test
    void requirementsSayByHowMuchTheyAreMissed() {
        assertEquals(
                "needs 2 GiB more: its largest GPU has 6 GiB",
                missOf(Gpu.withMemory(Memory.gibibytes(8)), card("0000:01:00.0", 6), card("0000:02:00.0", 4)));
        assertEquals("has no GPU", missOf(Gpu.any()));
        assertEquals("needs x86-64-v4, the processor has x86-64-v3", missOf(Cpu.isa(InstructionSet.X86_64_V4)));
        assertEquals("needs debian 14, the node runs 13", missOf(Os.atLeast("debian", OsVersion.of("14"))));
        assertEquals("needs power backed by a battery: the node has no battery", missOf(Power.BACKED));
    }

    @Test
    void requirementsAreMet() {
        Hardware hardware = with(
                card("0000:01:00.0", 8),
                new TpmChip(DevicePath.of("tpm0"), TpmChip.Version.V2_0),
                new GpioChip(DevicePath.of("gpiochip0"), ModelName.cleaned("pins"), 32, Set.of(4)));
        for (Requirement requirement : List.of(
                Gpu.withMemory(Memory.gibibytes(8)),
                Tpm.v2(),
                Gpio.line(17),
                Cpu.isa(InstructionSet.X86_64_V2),
                Cpu.feature(CpuFeature.of("avx2")),
                Os.kernel(OsVersion.of("6.12")),
                Host.VIRTUAL_MACHINES,
                Power.MAINS)) {
            assertEquals(Optional.empty(), requirement.missedBy(hardware), requirement::toString);
        }
        assertFalse(Gpio.line(4).isMetBy(hardware), "the kernel has line 4");
        assertFalse(Gpio.line(32).isMetBy(hardware), "there is no line 32");
    }

    @Test
    void anNvmeDiskIsAnSsdButFailingOnesAreNone() {
        Storage asked = Storage.free(DiskSpace.gibibytes(20)).medium(Medium.SSD);
        assertTrue(asked.isMetBy(with(disk(Medium.NVME, DiskHealth.GOOD))));
        assertFalse(asked.isMetBy(with(disk(Medium.HDD, DiskHealth.GOOD))));
        assertFalse(asked.isMetBy(with(disk(Medium.NVME, DiskHealth.FAILING))));
    }

    private static Disk disk(Medium medium, DiskHealth health) {
        return new Disk(DevicePath.of("nvme0n1"), medium, DiskSpace.gibibytes(100), DiskSpace.gibibytes(50), health);
    }

    @Test
    void contradictionsAreToldWithThePair() {
        assertEquals(
                "'GPIO line 17' and 'GPIO line 17' contradict each other: it is one device and cannot be taken twice",
                Requirements.of(Gpio.line(17), Tpm.v2(), Gpio.line(17))
                        .contradiction()
                        .orElseThrow()
                        .toString());
        assertTrue(Requirements.of(I2c.bus(1), I2c.bus(1).exclusive())
                .contradiction()
                .isPresent());
        assertTrue(Requirements.of(I2c.bus(1), I2c.bus(1), Gpio.line(17), Gpio.line(18))
                .contradiction()
                .isEmpty());
    }

    @Test
    void whatALyingKernelReportsIsBounded() {
        assertThrows(InvalidValueException.class, () -> new CpuTopology(1, 4, 100_000));
        assertThrows(InvalidValueException.class, () -> with(card("a", 1), card("a", 2)));
        assertThrows(InvalidValueException.class, () -> DevicePath.of("../../etc/passwd"));
        assertThrows(
                InvalidValueException.class,
                () -> new Disk(
                        DevicePath.of("sda"),
                        Medium.SSD,
                        DiskSpace.gibibytes(1),
                        DiskSpace.gibibytes(2),
                        DiskHealth.GOOD));
        assertEquals(512, new CpuTopology(2, 256, 512).threads());
    }

    @Property
    void anyBytesMakeAModelName(@ForAll byte[] raw) {
        ModelName name = ModelName.cleaned(new String(raw, StandardCharsets.UTF_8));
        assertTrue(name.value().length() <= 96 && !name.value().isBlank());
    }

    @Property
    void anyTextMakesAModelName(@ForAll String raw) {
        assertTrue(ModelName.cleaned(raw).value().length() <= 96);
    }

    @Test
    void changesAreWhatDiffers() {
        Hardware before = with(card("0000:01:00.0", 6), new SerialPort(DevicePath.of("ttyUSB0")));
        Hardware after = with(card("0000:01:00.0", 8), new SerialPort(DevicePath.of("ttyUSB1")));
        assertEquals(
                List.of(
                        new HardwareChange.Replaced(card("0000:01:00.0", 6), card("0000:01:00.0", 8)),
                        new HardwareChange.Added(new SerialPort(DevicePath.of("ttyUSB1"))),
                        new HardwareChange.Removed(new SerialPort(DevicePath.of("ttyUSB0")))),
                HardwareChange.between(before, after));
        assertEquals(List.of(), HardwareChange.between(before, before));
    }
}
