package io.nationtech.harmony.fleet.json;

import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.node.Architecture;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeKey;
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.SiteName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What a node says of itself. */
final class NodeInfoForm {
    private static final EnumForm<Architecture> ARCHITECTURE = new EnumForm<>(Architecture.class);

    private NodeInfoForm() {}

    static Map<String, Object> write(NodeInfo info) {
        Map<String, Object> form = new LinkedHashMap<>(Ordered.map(
                "id", info.id().value(),
                "site", info.site().value(),
                "failureDomain", info.failureDomain().value(),
                "address", info.address().toString(),
                "architecture", ARCHITECTURE.write(info.architecture()),
                "operatingSystem", info.operatingSystem(),
                "agentVersion", info.agentVersion(),
                "cpus", info.cpus(),
                "memoryBytes", info.memory().bytes(),
                "capabilities",
                        info.capabilities().stream()
                                .map(CapabilityName::value)
                                .sorted()
                                .toList()));
        info.key().ifPresent(key -> form.put("key", key.value()));
        return form;
    }

    static NodeInfo read(Fields fields) {
        return new NodeInfo(
                fields.text("id", NodeId::of),
                fields.text("site", SiteName::of),
                fields.text("failureDomain", FailureDomain::of),
                fields.text("address", IpAddress::of),
                ARCHITECTURE.read(fields, "architecture"),
                fields.text("operatingSystem"),
                fields.text("agentVersion"),
                fields.integer("cpus"),
                fields.number("memoryBytes", Memory::ofBytes),
                Set.copyOf(fields.texts("capabilities", CapabilityName::new)),
                fields.textIfAny("key", NodeKey::of));
    }
}
