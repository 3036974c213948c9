package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.placement.Explanation;
import io.nationtech.harmony.placement.Points;
import io.nationtech.harmony.placement.ServiceExplanation;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Why the services of a deployment are where they are, or nowhere, on one screen. */
record PlacementReport(DeploymentName deployment, List<ServiceExplanation> services) {
    private static final int SCREEN = 22;
    private static final int FEWEST = 3;

    String text() {
        int each = Math.max(FEWEST, SCREEN / Math.max(1, services.size()) - 2);
        return services.stream().map(service -> service.render(each)).collect(Collectors.joining("\n"));
    }

    Object json() {
        return Json.object(
                "deployment",
                deployment.value(),
                "services",
                services.stream().map(PlacementReport::json).toList());
    }

    private static Object json(ServiceExplanation service) {
        return Json.object(
                "service", service.service().service().value(),
                "wants", service.copies().getFirst().wanted(),
                "copies", service.copies().stream().map(PlacementReport::json).toList(),
                "others", service.others().stream().map(PlacementReport::json).toList());
    }

    private static Object json(Explanation copy) {
        Map<String, Object> object = Json.object(
                "replica", copy.workload().replica(), "placed", copy.chosen().isPresent());
        copy.others().stream()
                .filter(other -> copy.chosen().filter(other.node()::equals).isPresent())
                .findFirst()
                .ifPresent(other -> object.put("at", json(other)));
        return object;
    }

    private static Object json(Explanation.Other other) {
        return switch (other.verdict()) {
            case Explanation.Fits(Points points) ->
                Json.object(
                        "node", other.node().value(),
                        "fits", true,
                        "points", points.total(),
                        "packing", points.packing(),
                        "places", points.places(),
                        "scarce", points.scarce(),
                        "near", points.near(),
                        "spread", points.spread());
            case Explanation.Unfit unfit ->
                Json.object(
                        "node", other.node().value(),
                        "fits", false,
                        "requirement", unfit.requirement(),
                        "miss", unfit.miss().text(),
                        "shortfallThousandths", unfit.miss().shortfall(),
                        "moreMisses", unfit.more());
        };
    }
}
