package io.nationtech.harmony.domain.capability;

import io.nationtech.harmony.domain.Cause;
import java.nio.file.Path;

/** Where a share is on a node, as looked at just now. */
public sealed interface ShareFolder {

    /** It is there, and what must be mounted is. */
    record There(Path folder) implements ShareFolder {}

    /** It is not, and nothing may be written where it would be. */
    record Away(Cause why) implements ShareFolder {}
}
