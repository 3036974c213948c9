package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.Ink.Tone;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.engine.FleetInterpret;
import io.nationtech.harmony.engine.FleetPlan;
import io.nationtech.harmony.engine.Placement;
import io.nationtech.harmony.form.Difference;
import io.nationtech.harmony.graph.Change;
import io.nationtech.harmony.graph.History.LastChange;
import io.nationtech.harmony.graph.Step;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where a resource comes from: what declares it, what it comes after, how it is now, who changed it last. */
record WhyReport(FleetPlan plan, Step step, Optional<LastChange> last) {
    private static final String LINE = "  %-12s  %s%n";
    private static final int NAMED = 20;

    static Step find(FleetPlan plan, ResourceId id) {
        return plan.steps().steps().stream()
                .filter(step -> step.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new CommandFailedException(
                        ExitCode.FAILED,
                        new Cause(
                                "deployment '%s' neither declares nor owns %s".formatted(plan.deployment(), id),
                                id.path(),
                                "it knows of "
                                        + String.join(
                                                ", ",
                                                plan.steps().steps().stream()
                                                        .limit(NAMED)
                                                        .map(step -> step.id().path())
                                                        .toList()))));
    }

    String text(Ink ink) {
        StringBuilder text = new StringBuilder(ink.paint(Tone.STRONG, step.id().toString()) + "\n");
        List<Placement> placements = placements();
        if (placements.isEmpty()) {
            text.append(LINE.formatted("declared by", "nothing any more"));
        }
        placements.forEach(placement -> text.append(LINE.formatted(
                "declared by",
                "score %s of deployment %s: %s".formatted(placement.score(), plan.deployment(), placement.label()))));
        plan.after(step.id()).forEach(earlier -> text.append(LINE.formatted("comes after", earlier)));
        text.append(LINE.formatted("now", ChangeText.of(step.change())));
        fields().forEach(field -> text.append(LINE.formatted("", field)));
        text.append(LINE.formatted("last change", last.map(WhyReport::text).orElse("none in the journal")));
        return text.toString();
    }

    private static String text(LastChange last) {
        String what = switch (last.state()) {
            case BEGAN -> "begun and not seen through";
            case DONE -> "applied";
            case GONE -> "deleted";
        };
        return "%s by %s at %s".formatted(what, last.by(), last.at().truncatedTo(ChronoUnit.SECONDS));
    }

    private List<Placement> placements() {
        return plan.placements().stream()
                .filter(placement -> FleetInterpret.share(placement.node()).equals(step.id()))
                .toList();
    }

    private List<Difference> fields() {
        return switch (step.change()) {
            case Change.Update update -> update.fields();
            case Change.Replace replace -> replace.fields();
            case Change.None _,
                    Change.Adopt _,
                    Change.Create _,
                    Change.Delete _,
                    Change.Forget _,
                    Change.Unknown _,
                    Change.Unplannable _ -> List.of();
        };
    }

    Object json() {
        Map<String, Object> object = Json.object(
                "resource", step.id().path(),
                "deployment", plan.deployment().value(),
                "declaredBy",
                        placements().stream()
                                .map(placement -> Json.object(
                                        "score", placement.score().value(),
                                        "label", placement.label()))
                                .toList(),
                "after", plan.after(step.id()).stream().map(ResourceId::path).toList(),
                "now", ChangeText.of(step.change()),
                "fields",
                        fields().stream()
                                .map(field ->
                                        Json.object("path", field.path(), "from", field.before(), "to", field.after()))
                                .toList());
        last.ifPresent(change -> object.put(
                "lastChange",
                Json.object(
                        "state", change.state().name().toLowerCase(Locale.ROOT),
                        "by", change.by().value(),
                        "at", change.at().truncatedTo(ChronoUnit.SECONDS).toString())));
        return object;
    }
}
