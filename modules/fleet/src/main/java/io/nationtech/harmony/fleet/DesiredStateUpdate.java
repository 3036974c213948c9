package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.value.DeploymentName;
import java.util.Optional;

/**
 * What the mesh tells a node about one deployment: a revision, and what was read under it.
 *
 * @param serial of what is signed
 * @param revoked why it counts only where it is followed already
 */
public record DesiredStateUpdate(
        DeploymentName deployment,
        long revision,
        Decoded<DesiredState> desired,
        Optional<Serial> serial,
        Optional<Cause> revoked) {

    /** One that is not signed. */
    public DesiredStateUpdate(DeploymentName deployment, long revision, Decoded<DesiredState> desired) {
        this(deployment, revision, desired, Optional.empty(), Optional.empty());
    }

    /** The same, not to be followed. */
    public DesiredStateUpdate refused(Cause why) {
        return new DesiredStateUpdate(deployment, revision, new Decoded.Unreadable<>(why), serial, revoked);
    }
}
