package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ServiceName;

/** Which score wants what on which node. */
public record Placement(ServiceName score, NodeId node, NodeResource resource) {}
