package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.Ink.Tone;
import io.nationtech.harmony.cli.Table.Cell;
import io.nationtech.harmony.cli.Table.Row;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.value.NodeId;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A node that was forgotten, and what that means for the work that it had. */
record RemovalReport(NodeId node, List<DesiredState> withdrawn) {
    private static final List<String> HEAD = List.of("WORK", "WHAT BECOMES OF IT");

    RemovalReport {
        withdrawn = withdrawn.stream()
                .sorted(Comparator.comparing(DesiredState::deployment))
                .toList();
    }

    String text(Ink ink) {
        String head = "Node %s is forgotten. Should it come back, it registers anew and stops what it ran.%n"
                .formatted(ink.paint(Tone.STRONG, node.value()));
        return withdrawn.isEmpty()
                ? head
                : head
                        + Table.of(HEAD, withdrawn.stream().flatMap(RemovalReport::rows))
                                .render(ink);
    }

    private static Stream<Row> rows(DesiredState told) {
        return told.resources().stream()
                .map(
                        resource -> Row.of(
                                Cell.of("%s.%s"
                                        .formatted(
                                                told.deployment(), resource.id().name())),
                                Cell.of(
                                        "runs elsewhere with the next `harmony deploy` of its module, or at once where it is operated")));
    }

    Object json() {
        return Json.object(
                "node",
                node.value(),
                "forgotten",
                true,
                "work",
                withdrawn.stream()
                        .flatMap(told -> told.resources().stream()
                                .map(resource -> Json.object(
                                        "deployment", told.deployment().value(),
                                        "resource", resource.id().text())))
                        .toList());
    }
}
