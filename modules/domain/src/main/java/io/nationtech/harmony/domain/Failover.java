package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.capability.FailsOver;
import io.nationtech.harmony.domain.value.TopologyName;
import java.util.List;
import java.util.stream.Stream;

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
        Composite.requireInnerFirst(name, primary, takeOver);
    }

    @Override
    public List<Site> sites() {
        return Stream.of(primary, standby)
                .flatMap(side -> side.sites().stream())
                .toList();
    }
}
