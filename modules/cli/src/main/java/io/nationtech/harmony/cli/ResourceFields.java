package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.hardware.DeviceGrant;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.HttpProbe;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.placement.Demand;
import io.nationtech.harmony.domain.placement.Mobility;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A resource's properties by name: as text for people, as values for programs. */
final class ResourceFields {
    private ResourceFields() {}

    static Map<String, String> text(NodeResource resource) {
        return switch (resource) {
            case Container container -> {
                Map<String, String> fields = new LinkedHashMap<>();
                fields.put("image", container.image().value());
                fields.put(
                        "ports",
                        container.network().ports().stream()
                                .map(ResourceFields::text)
                                .collect(Collectors.joining(", ")));
                fields.put(
                        "probe",
                        container
                                .healthCheck()
                                .probe()
                                .map(ResourceFields::text)
                                .orElse("none"));
                fields.put("memory", "up to " + container.resources().memoryLimit());
                if (!container
                        .resources()
                        .reserved()
                        .equals(Demand.of(container.resources().memoryLimit()))) {
                    fields.put("kept", container.resources().reserved().toString());
                }
                if (container.mobility() == Mobility.STAYS) {
                    fields.put("moves", "by hand only");
                }
                if (!container.resources().devices().isEmpty()) {
                    fields.put(
                            "devices",
                            container.resources().devices().stream()
                                    .map(DeviceGrant::toString)
                                    .collect(Collectors.joining(", ")));
                }
                container
                        .security()
                        .secrets()
                        .forEach(secret ->
                                fields.put("secret %s:".formatted(secret.ref().name()), "version " + secret.version()));
                container
                        .storage()
                        .volumes()
                        .forEach(volume -> fields.put("volume %s:".formatted(volume.name()), "at " + volume.at()));
                yield fields;
            }
            default -> Map.of();
        };
    }

    private static String text(PublishedPort port) {
        return port.node().equals(port.container())
                ? port.node().toString()
                : "%s, in the container %s".formatted(port.node(), port.container());
    }

    private static String text(HttpProbe probe) {
        return "GET :%s%s every %s, answer within %s"
                .formatted(probe.port(), probe.path(), Elapsed.of(probe.period()), Elapsed.of(probe.timeout()));
    }

    static Map<String, Object> json(NodeResource resource) {
        return switch (resource) {
            case Container container -> {
                Map<String, Object> fields = Json.object(
                        "kind", "container",
                        "name", container.name().value(),
                        "image", container.image().value(),
                        "ports",
                                container.network().ports().stream()
                                        .map(port -> Json.object(
                                                "node", port.node().number(),
                                                "container", port.container().number()))
                                        .toList(),
                        "memoryBytes", container.resources().memoryLimit().bytes(),
                        "reservedMemoryBytes",
                                container.resources().reserved().memory().bytes(),
                        "reservedCpuMillis",
                                container.resources().reserved().cpu().millis(),
                        "devices",
                                container.resources().devices().stream()
                                        .map(DeviceGrant::toString)
                                        .toList());
                container.healthCheck().probe().ifPresent(probe -> fields.put("probe", json(probe)));
                if (!container.security().secrets().isEmpty()) {
                    fields.put(
                            "secrets",
                            container.security().secrets().stream()
                                    .map(secret ->
                                            Json.object("name", secret.ref().name(), "version", secret.version()))
                                    .toList());
                }
                if (!container.storage().volumes().isEmpty()) {
                    fields.put(
                            "volumes",
                            container.storage().volumes().stream()
                                    .map(volume -> Json.object(
                                            "name",
                                            volume.name().value(),
                                            "at",
                                            volume.at().value()))
                                    .toList());
                }
                yield fields;
            }
            default ->
                Json.object(
                        "kind", resource.id().kind().value(),
                        "name", resource.id().name().value());
        };
    }

    private static Map<String, Object> json(HttpProbe probe) {
        return Json.object(
                "port", probe.port().number(),
                "path", probe.path().value(),
                "periodMillis", probe.period().toMillis(),
                "timeoutMillis", probe.timeout().toMillis());
    }
}
