package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.engine.FleetInterpret;
import io.nationtech.harmony.engine.FleetPlan;
import io.nationtech.harmony.engine.Placement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A deployment as a graph: its scores, the resources that they come down to, and the order in which these are changed. */
record GraphReport(FleetPlan plan) {

    /**
     * An arrow.
     *
     * @param label what the score wants there
     */
    private record Edge(String from, String to, String label) {}

    /** As Mermaid draws it: mermaid.js.org, flowchart. */
    String mermaid() {
        Map<String, String> names = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder("flowchart LR\n");
        nodes().forEach((node, label) -> {
            names.put(node, "n" + names.size());
            text.append("    %s[\"%s\"]%n".formatted(names.get(node), label));
        });
        for (Edge edge : edges()) {
            text.append(
                    "    %s -- \"%s\" --> %s%n".formatted(names.get(edge.from()), edge.label(), names.get(edge.to())));
        }
        List<List<ResourceId>> waves = plan.waves();
        for (int later = 1; later < waves.size(); later++) {
            text.append("    %s -. then .-> %s%n"
                    .formatted(together(waves.get(later - 1), names), together(waves.get(later), names)));
        }
        return text.toString();
    }

    private static String together(List<ResourceId> wave, Map<String, String> names) {
        return wave.stream().map(share -> names.get(share.path())).collect(Collectors.joining(" & "));
    }

    private Map<String, String> nodes() {
        Map<String, String> nodes = new LinkedHashMap<>();
        nodes.put(deployment(), deployment());
        plan.placements().forEach(placement -> nodes.put(score(placement), score(placement)));
        plan.steps()
                .steps()
                .forEach(step ->
                        nodes.put(step.id().path(), "%s: %s".formatted(step.id(), ChangeText.of(step.change()))));
        return nodes;
    }

    private List<Edge> edges() {
        List<Edge> edges = new ArrayList<>();
        plan.placements().stream()
                .map(GraphReport::score)
                .distinct()
                .forEach(score -> edges.add(new Edge(deployment(), score, "runs")));
        plan.placements()
                .forEach(placement -> edges.add(new Edge(
                        score(placement), FleetInterpret.share(placement.node()).path(), placement.label())));
        return edges;
    }

    private String deployment() {
        return "deployment " + plan.deployment();
    }

    private static String score(Placement placement) {
        return "score " + placement.score();
    }

    Object json() {
        return Json.object(
                "deployment", plan.deployment().value(),
                "resources",
                        plan.steps().steps().stream()
                                .map(step -> Json.object(
                                        "resource", step.id().path(),
                                        "change", ChangeText.of(step.change()),
                                        "after",
                                                plan.after(step.id()).stream()
                                                        .map(ResourceId::path)
                                                        .toList()))
                                .toList(),
                "placements",
                        plan.placements().stream()
                                .map(placement -> Json.object(
                                        "score", placement.score().value(),
                                        "resource",
                                                FleetInterpret.share(placement.node())
                                                        .path(),
                                        "label", placement.label()))
                                .toList());
    }
}
