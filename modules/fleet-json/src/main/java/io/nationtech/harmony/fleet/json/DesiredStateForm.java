package io.nationtech.harmony.fleet.json;

import io.nationtech.harmony.domain.hardware.DeviceGrant;
import io.nationtech.harmony.domain.hardware.DeviceKind;
import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.Sharing;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.HttpProbe;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.placement.Demand;
import io.nationtech.harmony.domain.placement.Mobility;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.CpuShare;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.SecretRef;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a node is told to have. */
final class DesiredStateForm {
    private static final String CONTAINER = "container";
    private static final EnumForm<DeviceKind> KIND = new EnumForm<>(DeviceKind.class);
    private static final EnumForm<Mobility> MOBILITY = new EnumForm<>(Mobility.class);
    private static final EnumForm<Sharing> SHARING = new EnumForm<>(Sharing.class);

    private DesiredStateForm() {}

    static Map<String, Object> write(DesiredState state) {
        return Ordered.map(
                "node", state.node().value(),
                "deployment", state.deployment().value(),
                "resources",
                        state.resources().stream().map(DesiredStateForm::write).toList());
    }

    static DesiredState read(Fields fields) {
        return new DesiredState(
                fields.text("node", NodeId::of),
                fields.text("deployment", DeploymentName::of),
                fields.objects("resources", DesiredStateForm::readResource));
    }

    private static Map<String, Object> write(NodeResource resource) {
        return switch (resource) {
            case Container container -> write(container);
            default -> throw new IllegalArgumentException(resource.label() + " has no form");
        };
    }

    private static NodeResource readResource(Fields fields) {
        if (!fields.text("kind").equals(CONTAINER)) {
            throw fields.unknown("kind");
        }
        Memory limit = fields.number("memoryBytes", Memory::ofBytes);
        return Container.of(
                        fields.text("name", ContainerName::of), fields.text("image", ImageReference::of), limit)
                .with(new Container.Network(fields.objects(
                        "ports", port -> new PublishedPort(port(port, "node"), port(port, "container")))))
                .with(new Container.HealthCheck(fields.optional("probe", DesiredStateForm::readProbe)))
                .with(Container.Resources.of(limit)
                        .reserving(fields.optional("reserved", DesiredStateForm::readDemand)
                                .orElse(Demand.of(limit))))
                .with(new Container.Security(fields.objectsIfAny("secrets", DesiredStateForm::readSecret)))
                .with(new Container.Storage(fields.objectsIfAny("volumes", DesiredStateForm::readVolume)))
                .placed(
                        fields.objectsIfAny("devices", DesiredStateForm::readDevice),
                        MOBILITY.readIfAny(fields, "mobility").orElse(Mobility.MOVES));
    }

    private static Map<String, Object> write(Container container) {
        Map<String, Object> form = new LinkedHashMap<>(Ordered.map(
                "kind", CONTAINER,
                "name", container.name().value(),
                "image", container.image().value(),
                "memoryBytes", container.resources().memoryLimit().bytes(),
                "ports",
                        container.network().ports().stream()
                                .map(port -> Ordered.map(
                                        "node", port.node().number(),
                                        "container", port.container().number()))
                                .toList()));
        container.healthCheck().probe().ifPresent(probe -> form.put("probe", write(probe)));
        if (!container.resources().reserved().equals(Demand.of(container.resources().memoryLimit()))) {
            form.put("reserved", write(container.resources().reserved()));
        }
        if (!container.resources().devices().isEmpty()) {
            form.put(
                    "devices",
                    container.resources().devices().stream().map(DesiredStateForm::write).toList());
        }
        if (!container.security().secrets().isEmpty()) {
            form.put(
                    "secrets",
                    container.security().secrets().stream().map(DesiredStateForm::write).toList());
        }
        if (!container.storage().volumes().isEmpty()) {
            form.put(
                    "volumes",
                    container.storage().volumes().stream().map(DesiredStateForm::write).toList());
        }
        if (container.mobility() != Mobility.MOVES) {
            form.put("mobility", MOBILITY.write(container.mobility()));
        }
        return form;
    }

    private static Map<String, Object> write(Demand reserved) {
        return Ordered.map(
                "cpuMillis", reserved.cpu().millis(),
                "memoryBytes", reserved.memory().bytes());
    }

    private static Demand readDemand(Fields fields) {
        return new Demand(
                fields.number("cpuMillis", millis -> CpuShare.millis(Math.toIntExact(millis))),
                fields.number("memoryBytes", Memory::ofBytes));
    }

    private static Map<String, Object> write(DeviceGrant device) {
        return Ordered.map(
                "path", device.path().value(),
                "kind", KIND.write(device.kind()),
                "sharing", SHARING.write(device.sharing()),
                "bytes", device.bytes());
    }

    private static DeviceGrant readDevice(Fields fields) {
        DevicePath path = fields.text("path", DevicePath::of);
        DeviceKind kind = KIND.read(fields, "kind");
        Sharing sharing = SHARING.read(fields, "sharing");
        return fields.number("bytes", bytes -> new DeviceGrant(path, kind, sharing, bytes));
    }

    private static Map<String, Object> write(MountedSecret secret) {
        return Ordered.map("name", secret.ref().name(), "version", secret.version());
    }

    private static MountedSecret readSecret(Fields fields) {
        SecretRef ref = fields.text("name", SecretRef::parse);
        return fields.number("version", version -> new MountedSecret(ref, version));
    }

    private static Map<String, Object> write(Volume volume) {
        return Ordered.map("name", volume.name().value(), "at", volume.at().value());
    }

    private static Volume readVolume(Fields fields) {
        return new Volume(fields.text("name", DataName::of), fields.text("at", MountPath::of));
    }

    private static Map<String, Object> write(HttpProbe probe) {
        return Ordered.map(
                "port", probe.port().number(),
                "path", probe.path().value(),
                "periodMillis", probe.period().toMillis(),
                "timeoutMillis", probe.timeout().toMillis());
    }

    private static HttpProbe readProbe(Fields fields) {
        return new HttpProbe(
                port(fields, "port"),
                fields.text("path", HttpPath::of),
                fields.number("periodMillis", Duration::ofMillis),
                fields.number("timeoutMillis", Duration::ofMillis));
    }

    private static Port port(Fields fields, String name) {
        return fields.number(name, number -> Port.of(Math.toIntExact(number)));
    }
}
