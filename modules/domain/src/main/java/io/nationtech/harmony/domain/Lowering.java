package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.value.NodeId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a score comes down to on given nodes. */
public sealed interface Lowering {

    /** Every resource has its node. */
    record Placed(Map<NodeId, List<NodeResource>> resources) implements Lowering {
        public Placed {
            resources = resources.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> List.copyOf(e.getValue())));
        }
    }

    /** The nodes there are cannot hold the score. */
    record Unplaceable(Cause cause) implements Lowering {}
}
