package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.Ink.Tone;
import io.nationtech.harmony.cli.Table.Cell;
import io.nationtech.harmony.cli.Table.Row;
import io.nationtech.harmony.engine.Drift;
import io.nationtech.harmony.engine.DriftItem;
import java.util.List;

/** How the world differs from what is declared. */
record DriftReport(Drift drift) {
    private static final List<String> HEAD = List.of("NODE", "ABOUT", "DESIRED", "ACTUAL");

    String text(Ink ink) {
        if (drift.isNone()) {
            return "No drift: deployment %s is as declared, and its nodes have it.\n"
                    .formatted(drift.plan().deployment());
        }
        String plan = drift.plan().isEmpty()
                ? ""
                : ink.paint(Tone.STRONG, "Changes not deployed yet:") + "\n"
                        + PlanReport.of(drift.plan()).text(ink);
        String deviations = drift.deviations().isEmpty()
                ? ""
                : ink.paint(Tone.STRONG, "Nodes that differ from what is desired:") + "\n"
                        + Table.of(HEAD, drift.deviations().stream().map(DriftReport::row))
                                .render(ink);
        return plan + (plan.isEmpty() || deviations.isEmpty() ? "" : "\n") + deviations;
    }

    private static Row row(DriftItem deviation) {
        return Row.of(
                Cell.of(deviation.node().value()),
                Cell.of(deviation.about()),
                Cell.of(deviation.desired()),
                new Cell(deviation.actual(), Tone.BAD));
    }

    Object json() {
        return Json.object(
                "deployment",
                drift.plan().deployment().value(),
                "drift",
                !drift.isNone(),
                "changes",
                PlanReport.of(drift.plan()).changesJson(),
                "deviations",
                drift.deviations().stream().map(DriftReport::json).toList());
    }

    private static Object json(DriftItem deviation) {
        return Json.object(
                "node", deviation.node().value(),
                "about", deviation.about(),
                "desired", deviation.desired(),
                "actual", deviation.actual());
    }
}
