package io.nationtech.harmony.seed;

import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.SiteName;
import java.util.Optional;

/**
 * What the agent of a node is set to; what is empty is as the agent has it by itself.
 *
 * @param name the node's; else that of its login
 * @param registries where container images come from, as containers-registries.conf(5) says it
 */
public record NodeSettings(
        Optional<NodeId> name,
        Optional<SiteName> site,
        Optional<FailureDomain> failureDomain,
        Optional<Registries> registries) {
    /** All as the agent has it by itself. */
    public static final NodeSettings NONE =
            new NodeSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** The same with other registries. */
    public NodeSettings with(Registries other) {
        return new NodeSettings(name, site, failureDomain, Optional.of(other));
    }
}
