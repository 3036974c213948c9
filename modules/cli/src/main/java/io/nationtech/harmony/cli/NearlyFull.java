package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.Ink.Tone;
import io.nationtech.harmony.domain.hardware.HardwareReport;
import io.nationtech.harmony.domain.hardware.WorkSpace;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.NodeId;
import java.util.Optional;

/** A node whose disk will soon be full. What a lost node said last counts too: it may be the reason. */
record NearlyFull(NodeId node, WorkSpace space) {
    private static final String NEXT = "on the node: podman system df -v, journalctl --disk-usage";

    static Optional<NearlyFull> of(NodeStatus node) {
        return space(node)
                .filter(WorkSpace::isNearlyFull)
                .map(space -> new NearlyFull(node.info().id(), space));
    }

    static Optional<WorkSpace> space(NodeStatus node) {
        return node.hardware().map(HardwareReport::hardware).flatMap(hardware -> hardware.workSpace());
    }

    String text(Ink ink) {
        return "%n%s %s%n  → %s%n".formatted(ink.paint(Tone.BAD, "! node '%s':".formatted(node)), what(), NEXT);
    }

    private String what() {
        return "the disk that containers are kept on is nearly full, %s".formatted(space);
    }

    Finding finding() {
        return Finding.bad("node '%s': %s".formatted(node, what()), NEXT);
    }

    Object json() {
        return Json.object(
                "node", node.value(),
                "size", space.size().bytes(),
                "free", space.free().bytes());
    }
}
