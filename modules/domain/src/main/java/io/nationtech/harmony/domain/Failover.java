package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.capability.FailsOver;
import io.nationtech.harmony.domain.node.Liveness;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.TopologyName;
import java.time.Duration;
import java.util.List;

/**
 * A topology that another stands in for. Scores run at the primary; when none of its nodes was heard of for too long, they
 * run at the standby. It has the capabilities that both sides have and that can be failed over ({@link FailsOver}): deploy
 * with the set that is generated for that, as in {@code HomeLabFailover.of(name, basel, bern, takeOver)}.
 */
public record Failover<C extends Capability>(
        TopologyName name, Class<C> capabilitySet, Topology<?> primary, Topology<?> standby, TakeOver takeOver)
        implements Topology<C> {
    public Failover {
        Composite.require(name, FailsOver.class, capabilitySet, List.of(primary, standby));
        requireInnerFirst(name, primary, takeOver);
    }

    /** Else the outer one would turn away before the inner one has had its turn. */
    private static void requireInnerFirst(TopologyName name, Topology<?> primary, TakeOver takeOver) {
        primary.withParts()
                .filter(Failover.class::isInstance)
                .map(Failover.class::cast)
                .filter(inner -> inner.takeOver().after().compareTo(takeOver.after()) >= 0)
                .findFirst()
                .ifPresent(inner -> {
                    throw new InvalidValueException(
                                    "failover '%s' takes over after %s, before its primary's own '%s' does after %s; take longer than that"
                                            .formatted(
                                                    name,
                                                    takeOver.after(),
                                                    inner.name(),
                                                    inner.takeOver().after()))
                            .about(takeOver);
                });
    }

    @Override
    public List<Topology<?>> madeOf() {
        return List.of(primary, standby);
    }

    @Override
    public List<Inventory> parts(Inventory all) {
        return (isSilent(all.within(primary)) ? standby : primary).parts(all);
    }

    private boolean isSilent(Inventory nodes) {
        return nodes.nodes().stream().map(NodeStatus::liveness).allMatch(liveness -> switch (liveness) {
            case Liveness.Alive _ -> false;
            case Liveness.Lost(Duration lastHeard) -> lastHeard.compareTo(takeOver.after()) > 0;
            case Liveness.NeverSeen() -> true;
        });
    }

    @Override
    public boolean movesWork() {
        return true;
    }
}
