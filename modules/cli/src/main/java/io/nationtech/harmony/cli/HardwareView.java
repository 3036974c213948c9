package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.Table.Cell;
import io.nationtech.harmony.cli.Table.Row;
import io.nationtech.harmony.domain.hardware.Hardware;
import io.nationtech.harmony.domain.hardware.HardwareReport;
import io.nationtech.harmony.domain.hardware.HardwareText;
import io.nationtech.harmony.form.RecordForm;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a node has, for people and for programs. */
final class HardwareView {
    private HardwareView() {}

    static String text(HardwareReport report, Ink ink) {
        Hardware hardware = report.hardware();
        Stream<Row> whole = Stream.of(
                row("processor", "", HardwareText.of(hardware.processor())),
                row("memory", "", HardwareText.amount(hardware.memory())),
                row("work space", "", HardwareText.of(hardware.workSpace())),
                row("machine", "", HardwareText.of(hardware.platform())),
                row("power", "", HardwareText.of(hardware.power())),
                row("uplink", "", HardwareText.of(hardware.uplink())));
        Stream<Row> devices = hardware.devices().stream()
                .map(device -> row(HardwareText.kind(device), device.path().value(), HardwareText.of(device)))
                .sorted((one, other) -> one.cells()
                        .getFirst()
                        .text()
                        .compareTo(other.cells().getFirst().text()));
        Stream<Row> thermal = hardware.thermal().stream()
                .map(zone ->
                        row("temperature", zone.path().value(), "%s %d °C".formatted(zone.kind(), zone.celsius())));
        Stream<Row> unread = report.unread().stream()
                .map(thing -> row("not read", thing.source().value(), "%s: %s".formatted(thing.what(), thing.why())));
        return Table.of(
                        List.of("HARDWARE", "AT", "generation " + report.generation()),
                        Stream.of(whole, devices, thermal, unread).flatMap(rows -> rows))
                .render(ink);
    }

    private static Row row(String kind, String path, String text) {
        return Row.of(Cell.of(kind), Cell.of(path), Cell.of(text));
    }

    static Map<String, Object> json(HardwareReport report) {
        return RecordForm.of(HardwareReport.class).write(report);
    }
}
