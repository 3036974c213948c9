import org.jspecify.annotations.NullMarked;

/**
 * What a person declares and what a node is told: scores, topologies, capabilities, places and value types.
 * Knows no tool, does no I/O and needs {@code java.base} only.
 */
@NullMarked
module io.nationtech.harmony.domain {
    requires static org.jspecify;

    exports io.nationtech.harmony.domain;
    exports io.nationtech.harmony.domain.backup;
    exports io.nationtech.harmony.domain.capability;
    exports io.nationtech.harmony.domain.check;
    exports io.nationtech.harmony.domain.hardware;
    exports io.nationtech.harmony.domain.node;
    exports io.nationtech.harmony.domain.placement;
    exports io.nationtech.harmony.domain.rollout;
    exports io.nationtech.harmony.domain.score;
    exports io.nationtech.harmony.domain.spi;
    exports io.nationtech.harmony.domain.system;
    exports io.nationtech.harmony.domain.value;

    uses io.nationtech.harmony.domain.DeploymentModule;
    uses io.nationtech.harmony.domain.node.ResourceKind;

    provides io.nationtech.harmony.domain.node.ResourceKind with
            io.nationtech.harmony.domain.node.ContainerKind,
            io.nationtech.harmony.domain.score.DhcpSubnetKind,
            io.nationtech.harmony.domain.score.DnsZoneKind,
            io.nationtech.harmony.domain.score.ForwardedPortKind;
}
