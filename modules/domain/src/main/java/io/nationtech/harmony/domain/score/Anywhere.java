package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.placement.Demand;
import io.nationtech.harmony.domain.placement.Scope;
import io.nationtech.harmony.domain.placement.ServiceRef;
import io.nationtech.harmony.domain.placement.SpreadOver;
import io.nationtech.harmony.domain.placement.Strength;
import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.placement.WorkloadId;
import io.nationtech.harmony.domain.value.CpuShare;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.List;

/** What is there once, at most once on a node, and takes no room worth reckoning. */
final class Anywhere {
    private static final Demand NEXT_TO_NOTHING = new Demand(CpuShare.millis(1), Memory.ofBytes(1));

    private static final SpreadOver ONE_ON_A_NODE = new SpreadOver(Scope.NODE, 1, 1, Strength.required());

    private Anywhere() {}

    static Expansion once(DeploymentName deployment, ServiceName score, NodeResource resource) {
        WorkloadId id = new WorkloadId(new ServiceRef(deployment, score), 0);
        Workload workload = Workload.of(id, NEXT_TO_NOTHING).spread(ONE_ON_A_NODE);
        return new Expansion.Runs(List.of(Task.of(workload, resource)));
    }
}
