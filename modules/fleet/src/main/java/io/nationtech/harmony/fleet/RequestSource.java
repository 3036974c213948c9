package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.system.ResetAnswer;
import io.nationtech.harmony.domain.system.UpgradeAnswer;
import io.nationtech.harmony.domain.value.DeploymentName;
import java.time.Instant;
import java.util.Optional;

/** Does what a node is asked, once it is known who asks and that is kept. Called by several threads. */
public interface RequestSource {

    /** As of when nothing new can be signed any more about a deployment, or about any: the time of what the node follows. */
    Optional<Instant> followed(Optional<DeploymentName> deployment);

    LogsReply logs(LogsRequest request);

    /** Runs a program; never throws for what the program or the container is. */
    ExecReply exec(ExecRequest request);

    RestartReply restart(RestartRequest request);

    /** Begins an upgrade, or says why not. */
    UpgradeAnswer upgrade(UpgradeRequest request);

    /** Begins to forget everything, or says why not. */
    ResetAnswer reset(ResetRequest request);
}
