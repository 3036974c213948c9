package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.ContainerName;
import java.util.List;

/** A node's answer to a {@link RestartRequest}. */
public sealed interface RestartReply {

    /** These were started again, and are well. */
    record Restarted(List<ContainerName> containers) implements RestartReply {
        public Restarted {
            containers = List.copyOf(containers);
        }
    }

    /** Some were ended, and not all are well again. */
    record Failed(Cause cause) implements RestartReply {}

    /** Nothing was done. */
    record Refused(Cause cause) implements RestartReply {}
}
