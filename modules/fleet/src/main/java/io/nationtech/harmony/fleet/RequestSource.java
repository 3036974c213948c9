package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.value.DeploymentName;
import java.time.Instant;
import java.util.Optional;

/** Does what a node is asked, once it is known who asks and that is kept. Called by several threads. */
public interface RequestSource {

    /** As of when nothing new can be signed any more about a deployment: the time of what the node follows. */
    Optional<Instant> followed(DeploymentName deployment);

    LogsReply logs(LogsRequest request);

    /** Runs a program; never throws for what the program or the container is. */
    ExecReply exec(ExecRequest request);

    RestartReply restart(RestartRequest request);
}
