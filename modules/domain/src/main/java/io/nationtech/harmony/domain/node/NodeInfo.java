package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.KindName;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.SiteName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a node says of itself.
 *
 * @param address where others reach what the node publishes
 * @param operatingSystem for people, as in {@code Debian GNU/Linux 13 (trixie)}
 * @param agentVersion the version of the agent that speaks
 * @param key for which secrets are sealed to it; empty when it can open none
 * @param kinds the kinds of resources that the node can have, each with the newest version of its form that the agent knows
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
        Optional<NodeKey> key,
        Map<KindName, Integer> kinds) {
    public NodeInfo {
        if (cpus < 1) {
            throw new InvalidValueException("node '%s' with %d processors cannot be".formatted(id, cpus));
        }
        // Other machines' text, which ends in terminals.
        operatingSystem = operatingSystem.replaceAll("\\p{Cntrl}", "?");
        agentVersion = agentVersion.replaceAll("\\p{Cntrl}", "?");
        capabilities = Set.copyOf(capabilities);
        kinds = Map.copyOf(kinds);
        kinds.forEach((kind, version) -> {
            if (version < 1) {
                throw new InvalidValueException(
                        "node '%s' cannot know version %d of kind '%s'".formatted(id, version, kind));
            }
        });
    }

    /** One that can open no secrets and does not say what kinds of resources it can have. */
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
                Optional.empty(),
                Map.of());
    }

    /** The same, able to open what is sealed for this key, or nothing when there is none. */
    public NodeInfo with(Optional<NodeKey> sealedFor) {
        return new NodeInfo(
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
                sealedFor,
                kinds);
    }

    /** The same, with an agent that knows just these kinds, each up to a version of its form. */
    public NodeInfo knowing(Map<KindName, Integer> versions) {
        return new NodeInfo(
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
                key,
                versions);
    }
}
