package io.nationtech.harmony.hardware.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.domain.hardware.Device;
import io.nationtech.harmony.domain.hardware.GpioChip;
import io.nationtech.harmony.domain.hardware.Hardware;
import io.nationtech.harmony.domain.hardware.HardwareText;
import io.nationtech.harmony.domain.hardware.UplinkClass;
import io.nationtech.harmony.domain.node.Architecture;
import io.nationtech.harmony.hardware.trees.RecordedMachine;
import io.nationtech.harmony.hardware.trees.RecordedTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every source over every tree, as a whole: what each machine is. */
class RecordedMachinesTest {

    @ParameterizedTest
    @EnumSource
    void everySourceTellsWhatTheMachineHas(RecordedMachine machine) throws Exception {
        assertEquals(expected(machine), text(machine));
    }

    /** Beside this test; one line a fact, for people to compare with what they know of the machine. */
    private static String expected(RecordedMachine machine) throws IOException {
        String file = machine.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".txt";
        try (InputStream in = RecordedMachinesTest.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String text(RecordedMachine machine) throws InterruptedException {
        Detected detected = new Detection(
                        AllSources.list(),
                        RecordedTree.of(machine),
                        Architecture.ARM64,
                        UplinkClass.UNKNOWN,
                        Duration.ofSeconds(10))
                .all();
        Hardware hardware = detected.hardware();
        return Stream.of(
                        Stream.of(
                                hardware.processor().model() + ", "
                                        + hardware.processor().isa() + ", "
                                        + hardware.processor().features().size() + " features, "
                                        + hardware.processor().topology(),
                                hardware.memory().toString(),
                                hardware.power().toString(),
                                hardware.platform().toString(),
                                "work space " + HardwareText.of(hardware.workSpace())),
                        hardware.devices().stream().map(RecordedMachinesTest::text),
                        hardware.thermal().stream().map(Object::toString),
                        detected.unread().stream().map(unread -> "unread " + unread))
                .flatMap(lines -> lines)
                .map(line -> line.replace("value=", ""))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String text(Device device) {
        return device instanceof GpioChip chip
                ? "GpioChip[path=%s, label=%s, lines=%d, taken=%s]"
                        .formatted(chip.path(), chip.label(), chip.lines(), new TreeSet<>(chip.taken()))
                : device.toString();
    }
}
