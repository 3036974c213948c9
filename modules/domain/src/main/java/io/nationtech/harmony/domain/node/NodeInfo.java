package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.SiteName;
import java.util.Set;

/**
 * What a node says of itself.
 *
 * @param address where others reach what the node publishes
 * @param operatingSystem for people, as in {@code Debian GNU/Linux 13 (trixie)}
 * @param agentVersion the version of the agent that speaks
 * @param cpus logical processors, at least 1
 */
public record NodeInfo(
        NodeId id,
        SiteName site,
        FailureDomain failureDomain,
        IpAddress address,
        Architecture architecture,
        String operatingSystem,
        String agentVersion,
        int cpus,
        Memory memory,
        Set<CapabilityName> capabilities) {
    public NodeInfo {
        if (cpus < 1) {
            throw new InvalidValueException("node '%s' with %d processors cannot be".formatted(id, cpus));
        }
        // Other machines' text, which ends in terminals.
        operatingSystem = operatingSystem.replaceAll("\\p{Cntrl}", "?");
        agentVersion = agentVersion.replaceAll("\\p{Cntrl}", "?");
        capabilities = Set.copyOf(capabilities);
    }
}
