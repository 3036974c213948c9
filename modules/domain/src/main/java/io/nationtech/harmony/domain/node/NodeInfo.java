package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.SiteName;
import java.util.Optional;
import java.util.Set;

/**
 * What a node says of itself.
 *
 * @param address where others reach what the node publishes
 * @param operatingSystem for people, as in {@code Debian GNU/Linux 13 (trixie)}
 * @param agentVersion the version of the agent that speaks
 * @param key for which secrets are sealed to it; empty when it can open none
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
        Set<CapabilityName> capabilities,
        Optional<NodeKey> key) {
    public NodeInfo {
        if (cpus < 1) {
            throw new InvalidValueException("node '%s' with %d processors cannot be".formatted(id, cpus));
        }
        // Other machines' text, which ends in terminals.
        operatingSystem = operatingSystem.replaceAll("\\p{Cntrl}", "?");
        agentVersion = agentVersion.replaceAll("\\p{Cntrl}", "?");
        capabilities = Set.copyOf(capabilities);
    }

    /** One that can open no secrets. */
    public NodeInfo(
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
        this(
                id,
                site,
                failureDomain,
                address,
                architecture,
                operatingSystem,
                agentVersion,
                cpus,
                memory,
                capabilities,
                Optional.empty());
    }
}
