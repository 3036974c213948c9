package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.Ink.Tone;
import io.nationtech.harmony.cli.Table.Cell;
import io.nationtech.harmony.cli.Table.Row;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.system.NodeSystem;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.ShareName;
import io.nationtech.harmony.form.RecordForm;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Nodes, as they say of themselves. */
final class NodeReport {
    private static final List<String> HEAD = List.of(
            "NODE",
            "SITE",
            "FAILURE DOMAIN",
            "ADDRESS",
            "ARCH",
            "CPUS",
            "MEMORY",
            "FREE DISK",
            "OS",
            "AGENT",
            "LAST SEEN",
            "MAINTENANCE");
    private static final double GIBI = 1L << 30;

    private NodeReport() {}

    static String text(Inventory inventory, Ink ink) {
        if (inventory.nodes().isEmpty()) {
            return "No node has registered with this mesh.\n";
        }
        return Table.of(HEAD, inventory.nodes().stream().map(NodeReport::row)).render(ink);
    }

    private static Row row(NodeStatus node) {
        NodeInfo info = node.info();
        return Row.of(
                Cell.of(info.id().value()),
                Cell.of(info.location().site().value()),
                Cell.of(info.location().failureDomain().value()),
                Cell.of(info.address().toString()),
                Cell.of(StatusReport.word(info.machine().architecture())),
                Cell.of(Integer.toString(info.machine().cpus())),
                Cell.of(rounded(info.machine().memory())),
                freeDisk(node),
                Cell.of(info.machine().operatingSystem()),
                Cell.of(info.agent().version()),
                LastSeen.cell(node.liveness()),
                new Cell(node.maintenance().map(MaintenanceReport::text).orElse(""), Tone.CHANGED));
    }

    private static Cell freeDisk(NodeStatus node) {
        return NearlyFull.space(node)
                .map(space -> new Cell(space.free().toString(), space.isNearlyFull() ? Tone.BAD : Tone.NORMAL))
                .orElse(Cell.of("-"));
    }

    /** Installed memory less what the kernel keeps is never a round number. */
    private static String rounded(Memory memory) {
        return "%.1f GiB".formatted(memory.bytes() / GIBI);
    }

    /**
     * One node in full.
     *
     * @param shares the node's part in each deployment
     * @param answers whether its agent answers now, for people
     */
    static String text(NodeStatus node, StatusReport shares, String answers, Ink ink) {
        NodeInfo info = node.info();
        Cell lastSeen = LastSeen.cell(node.liveness());
        StringBuilder text = new StringBuilder();
        field(text, "node", ink.paint(Tone.STRONG, info.id().value()));
        field(text, "site", info.location().site().value());
        field(text, "failure domain", info.location().failureDomain().value());
        field(text, "address", info.address().toString());
        field(text, "architecture", StatusReport.word(info.machine().architecture()));
        field(text, "system", info.machine().operatingSystem());
        info.machine().system().ifPresent(system -> system(text, system, ink));
        field(text, "agent", info.agent().version());
        field(text, "cpus", Integer.toString(info.machine().cpus()));
        field(text, "memory", rounded(info.machine().memory()));
        field(
                text,
                "capabilities",
                info.agent().capabilities().stream()
                        .map(CapabilityName::value)
                        .sorted()
                        .collect(Collectors.joining(", ")));
        if (!info.machine().shares().isEmpty()) {
            field(
                    text,
                    "shares",
                    info.machine().shares().stream()
                            .sorted()
                            .map(ShareName::value)
                            .collect(Collectors.joining(", ")));
        }
        field(text, "last seen", ink.paint(lastSeen.tone(), lastSeen.text()));
        field(text, "asked now", answers);
        node.maintenance()
                .ifPresent(told -> field(text, "maintenance", ink.paint(Tone.CHANGED, MaintenanceReport.text(told))));
        text.append('\n')
                .append(node.hardware()
                        .map(report -> HardwareView.text(report, ink))
                        .orElse("This node has not told its hardware.\n"));
        return text.append('\n').append(shares.text(ink)).toString();
    }

    private static void system(StringBuilder text, NodeSystem system, Ink ink) {
        field(text, "version", system.running().value());
        system.recovery().ifPresent(_ -> field(text, "disk", "encrypted; `harmony node recovery-key` opens it"));
        system.underWay().ifPresent(upgrade -> field(text, "upgrade", ink.paint(Tone.CHANGED, upgrade.toString())));
        system.failed()
                .ifPresent(failed -> field(
                        text,
                        "upgrade",
                        ink.paint(
                                Tone.BAD,
                                "to %s failed at %s: %s"
                                        .formatted(
                                                failed.to(),
                                                failed.at().truncatedTo(ChronoUnit.SECONDS),
                                                failed.why()))));
    }

    private static void field(StringBuilder text, String name, String value) {
        text.append("%-15s %s%n".formatted(name, value));
    }

    static Object json(Inventory inventory, List<SameName> sameNames) {
        return Json.object(
                "nodes", inventory.nodes().stream().map(NodeReport::json).toList(),
                "sameNames", SameName.json(sameNames));
    }

    static Map<String, Object> json(NodeStatus node) {
        Map<String, Object> object = RecordForm.of(NodeInfo.class).write(node.info());
        object.putAll(LastSeen.json(node.liveness()));
        NearlyFull.space(node)
                .ifPresent(space -> object.put(
                        "workSpace",
                        Json.object(
                                "size", space.size().bytes(),
                                "free", space.free().bytes(),
                                "nearlyFull", space.isNearlyFull())));
        node.maintenance().ifPresent(told -> object.put("maintenance", MaintenanceReport.json(told)));
        return object;
    }
}
