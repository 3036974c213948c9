package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.hardware.Location;
import io.nationtech.harmony.domain.placement.Demand;
import io.nationtech.harmony.domain.placement.ServiceRef;
import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.placement.WorkloadId;
import io.nationtech.harmony.domain.value.CpuShare;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.SiteName;

/** Work and places with usual values. */
final class Work {
    private Work() {}

    static ServiceRef service(String deployment) {
        return new ServiceRef(DeploymentName.of(deployment), ServiceName.of("main"));
    }

    static WorkloadId id(String deployment, int replica) {
        return new WorkloadId(service(deployment), replica);
    }

    static Workload work(String deployment, int millis, int mebibytes) {
        return Workload.of(id(deployment, 0), new Demand(CpuShare.millis(millis), Memory.mebibytes(mebibytes)));
    }

    static Location at(String site, String domain) {
        return new Location(SiteName.of(site), FailureDomain.of(domain));
    }

    static NodeId node(String id) {
        return NodeId.of(id);
    }
}
