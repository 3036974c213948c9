package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.Ink.Tone;
import io.nationtech.harmony.cli.Table.Cell;
import io.nationtech.harmony.cli.Table.Row;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.Maintenance;
import io.nationtech.harmony.domain.node.Maintenance.Extent;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.placement.Mobility;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.form.RecordForm;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A node that was taken out of service or back, and what that means for the work there.
 */
record MaintenanceReport(NodeStatus node, News news) {
    private static final List<String> HEAD = List.of("WORK", "WHAT BECOMES OF IT");

    /** Whether it was like that before. */
    enum News {
        CHANGED,
        UNCHANGED
    }

    /** A resource that the node is told to have. */
    private record Work(DeploymentName deployment, NodeResource resource) {
        String name() {
            return deployment + "." + resource.id().name();
        }
    }

    static String word(Extent extent) {
        return extent.name().toLowerCase(Locale.ROOT);
    }

    /** For one cell or line. */
    static String text(Maintenance told) {
        return "%s since %s, by %s".formatted(word(told.extent()), told.since(), told.by());
    }

    static Object json(Maintenance told) {
        return RecordForm.of(Maintenance.class).write(told);
    }

    String text(Ink ink) {
        String head =
                "Node %s %s".formatted(ink.paint(Tone.STRONG, node.info().id().value()), state());
        List<Work> work = node.maintenance().isPresent() ? work() : List.of();
        return work.isEmpty()
                ? head + "\n"
                : head + "\n"
                        + Table.of(HEAD, work.stream().map(one -> Row.of(Cell.of(one.name()), Cell.of(fate(one)))))
                                .render(ink);
    }

    private String state() {
        return node.maintenance()
                .map(told -> "is %s %s".formatted(news == News.CHANGED ? "now" : "already", text(told)))
                .orElseGet(() -> "takes new work " + (news == News.CHANGED ? "again" : "already"));
    }

    /** Among others: with how much of its work may move, and how much stays. */
    Row row() {
        boolean drained = node.maintenance()
                .filter(told -> told.extent() == Extent.DRAINED)
                .isPresent();
        long moving = drained
                ? work().stream()
                        .filter(one -> one.resource().mobility() == Mobility.MOVES)
                        .count()
                : 0;
        return Row.of(
                Cell.of(node.info().id().value()),
                new Cell(state(), news == News.CHANGED ? Tone.CHANGED : Tone.NORMAL),
                Cell.of(Long.toString(moving)),
                Cell.of(Long.toString(work().size() - moving)));
    }

    private String fate(Work work) {
        boolean drained = node.maintenance()
                .filter(told -> told.extent() == Extent.DRAINED)
                .isPresent();
        return !drained
                ? "stays: the node is only cordoned"
                : switch (work.resource().mobility()) {
                    case MOVES -> "moves with the next `harmony deploy` of its module, or at once where it is operated";
                    case STAYS -> "stays: its policy keeps it on its node; to move it, withdraw and deploy it";
                };
    }

    private List<Work> work() {
        return node.desired().values().stream()
                .map(Versioned::value)
                .flatMap(MaintenanceReport::work)
                .sorted(Comparator.comparing(Work::name))
                .toList();
    }

    private static Stream<Work> work(DesiredState state) {
        return state.resources().stream().map(resource -> new Work(state.deployment(), resource));
    }

    Object json() {
        Map<String, Object> object = Json.object(
                "node", node.info().id().value(),
                "changed", news == News.CHANGED,
                "work",
                        work().stream()
                                .map(one -> Json.object(
                                        "deployment", one.deployment().value(),
                                        "resource", one.resource().id().text(),
                                        "mayMove", one.resource().mobility() == Mobility.MOVES))
                                .toList());
        node.maintenance().ifPresent(told -> object.put("maintenance", json(told)));
        return object;
    }
}
