package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.hardware.DeviceGrant;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.HttpProbe;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.placement.Demand;
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
                        container.ports().stream().map(ResourceFields::text).collect(Collectors.joining(", ")));
                fields.put("probe", container.probe().map(ResourceFields::text).orElse("none"));
                fields.put("memory", "up to " + container.memoryLimit());
                if (!container.reserved().equals(Demand.of(container.memoryLimit()))) {
                    fields.put("kept", container.reserved().toString());
                }
                if (!container.devices().isEmpty()) {
                    fields.put(
                            "devices",
                            container.devices().stream()
                                    .map(DeviceGrant::toString)
                                    .collect(Collectors.joining(", ")));
                }
                container
                        .secrets()
                        .forEach(secret ->
                                fields.put("secret %s:".formatted(secret.ref().name()), "version " + secret.version()));
                container
                        .volumes()
                        .forEach(volume -> fields.put("volume %s:".formatted(volume.name()), "at " + volume.at()));
                yield fields;
            }
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
                                container.ports().stream()
                                        .map(port -> Json.object(
                                                "node", port.node().number(),
                                                "container", port.container().number()))
                                        .toList(),
                        "memoryBytes", container.memoryLimit().bytes(),
                        "reservedMemoryBytes", container.reserved().memory().bytes(),
                        "reservedCpuMillis", container.reserved().cpu().millis(),
                        "devices",
                                container.devices().stream()
                                        .map(DeviceGrant::toString)
                                        .toList());
                container.probe().ifPresent(probe -> fields.put("probe", json(probe)));
                if (!container.secrets().isEmpty()) {
                    fields.put(
                            "secrets",
                            container.secrets().stream()
                                    .map(secret ->
                                            Json.object("name", secret.ref().name(), "version", secret.version()))
                                    .toList());
                }
                if (!container.volumes().isEmpty()) {
                    fields.put(
                            "volumes",
                            container.volumes().stream()
                                    .map(volume -> Json.object(
                                            "name",
                                            volume.name().value(),
                                            "at",
                                            volume.at().value()))
                                    .toList());
                }
                yield fields;
            }
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
