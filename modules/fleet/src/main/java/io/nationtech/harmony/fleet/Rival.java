package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.node.Liveness;
import io.nationtech.harmony.domain.node.NodeInfo;

/** A machine, or a second agent on one, that has a node's name which another had first. It keeps back, and says so again and again. */
public record Rival(NodeInfo info, Liveness liveness) {}
