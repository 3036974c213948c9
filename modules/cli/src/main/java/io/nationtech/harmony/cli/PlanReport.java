package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.Ink.Tone;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.engine.FleetPlan;
import io.nationtech.harmony.engine.NodeChange;
import io.nationtech.harmony.engine.Pending;
import io.nationtech.harmony.engine.ResourceChange;
import io.nationtech.harmony.form.RecordForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A plan, shown so that one sees in seconds what would happen where. */
record PlanReport(DeploymentName deployment, List<NodeChange> changes, List<Pending> pending) {
    private static final String FIELD = "        %s  %s\n";

    /** Of what changes, when what waits is told elsewhere. */
    PlanReport(DeploymentName deployment, List<NodeChange> changes) {
        this(deployment, changes, List.of());
    }

    static PlanReport of(FleetPlan plan) {
        return new PlanReport(plan.deployment(), plan.changes(), plan.pending());
    }

    String text(Ink ink) {
        if (changes.isEmpty()) {
            return "Nothing to change: deployment %s is as declared.\n".formatted(deployment) + waiting(ink);
        }
        StringBuilder text = new StringBuilder();
        text.append("Deployment %s\n".formatted(deployment));
        for (NodeChange change : changes) {
            text.append("\n  ").append(head(change, ink)).append('\n');
            change.details().forEach(detail -> text.append(text(detail, ink)));
        }
        return text.append('\n').append(summary()).append(waiting(ink)).toString();
    }

    private String waiting(Ink ink) {
        return pending.stream()
                .map(one -> ink.paint(Tone.CHANGED, "! ") + one + "\n")
                .collect(Collectors.joining());
    }

    private static String head(NodeChange change, Ink ink) {
        NodeInfo info = change.node().info();
        String lost = change.node().isAlive() ? "" : ink.paint(Tone.BAD, "  lost: will follow when it returns");
        return ink.paint(Tone.STRONG, "node " + info.id())
                + ink.paint(
                        Tone.FAINT, "  site %s, %s".formatted(info.location().site(), info.address()))
                + lost;
    }

    private static String text(ResourceChange change, Ink ink) {
        return switch (change) {
            case ResourceChange.Create(NodeResource made) ->
                ink.paint(Tone.GOOD, "    + %s\n".formatted(made.label())) + fields(texts(made));
            case ResourceChange.Update(NodeResource from, NodeResource to) ->
                ink.paint(Tone.CHANGED, "    ~ %s\n".formatted(to.label())) + fields(differences(from, to));
            case ResourceChange.Rename(NodeResource from, NodeResource to) ->
                ink.paint(Tone.CHANGED, "    ~ %s\n".formatted(to.label()))
                        + FIELD.formatted(
                                "renamed", "from %s: ends, and begins again under this name".formatted(from.label()))
                        + fields(differences(from, to));
            case ResourceChange.Delete(NodeResource gone) -> ink.paint(Tone.BAD, "    - %s\n".formatted(gone.label()));
        };
    }

    /** What is not as any resource of its kind is, but for its name, which the label has. */
    private static Map<String, String> texts(NodeResource resource) {
        Map<String, String> texts = new LinkedHashMap<>(form(resource).texts(resource));
        texts.remove("name");
        return texts;
    }

    private static Map<String, String> differences(NodeResource from, NodeResource to) {
        Map<String, String> texts = new LinkedHashMap<>();
        form(to).differences(from, to).stream()
                .filter(one -> !one.path().equals("name"))
                .forEach(one -> texts.put(one.path(), "%s → %s".formatted(one.before(), one.after())));
        return texts;
    }

    private static String fields(Map<String, String> fields) {
        int width = fields.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder text = new StringBuilder();
        fields.forEach((name, value) -> text.append(FIELD.formatted(name + " ".repeat(width - name.length()), value)));
        return text.toString();
    }

    @SuppressWarnings("unchecked") // A resource's class has the form of its resources.
    private static RecordForm<NodeResource> form(NodeResource resource) {
        return (RecordForm<NodeResource>) RecordForm.of(resource.getClass());
    }

    private static Map<String, Object> json(NodeResource resource) {
        Map<String, Object> object = Json.object("kind", resource.id().kind().value());
        object.putAll(form(resource).write(resource));
        return object;
    }

    private String summary() {
        List<ResourceChange> all =
                changes.stream().flatMap(change -> change.details().stream()).toList();
        long create =
                all.stream().filter(ResourceChange.Create.class::isInstance).count();
        long update =
                all.stream().filter(ResourceChange.Update.class::isInstance).count();
        long delete =
                all.stream().filter(ResourceChange.Delete.class::isInstance).count();
        long rename =
                all.stream().filter(ResourceChange.Rename.class::isInstance).count();
        int nodes = changes.size();
        return "%d to create, %d to update, %s%d to delete, on %d node%s\n"
                .formatted(
                        create,
                        update,
                        rename == 0 ? "" : "%d to rename, ".formatted(rename),
                        delete,
                        nodes,
                        nodes == 1 ? "" : "s");
    }

    Object json() {
        return Json.object(
                "deployment",
                deployment.value(),
                "changes",
                changesJson(),
                "waiting",
                pending.stream().map(Pending::toString).toList());
    }

    List<Object> changesJson() {
        return changes.stream()
                .flatMap(change -> change.details().stream().map(detail -> json(change, detail)))
                .toList();
    }

    private static Object json(NodeChange change, ResourceChange detail) {
        String node = change.node().info().id().value();
        return switch (detail) {
            case ResourceChange.Create(NodeResource made) ->
                Json.object("node", node, "action", "create", "to", json(made));
            case ResourceChange.Update(NodeResource from, NodeResource to) ->
                Json.object("node", node, "action", "update", "from", json(from), "to", json(to));
            case ResourceChange.Rename(NodeResource from, NodeResource to) ->
                Json.object("node", node, "action", "rename", "from", json(from), "to", json(to));
            case ResourceChange.Delete(NodeResource gone) ->
                Json.object("node", node, "action", "delete", "from", json(gone));
        };
    }
}
