package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.node.NodeKey;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.secrets.SealedSecret;

/**
 * A secret on its way to one node, for one deployment. What stands beside the sealed value is for those who cannot open it: who
 * trusts it looks into the sealed part, where name and version stand too.
 *
 * @param key of the node, for which it is sealed
 */
public record SealedForNode(
        NodeId node, DeploymentName deployment, MountedSecret secret, NodeKey key, SealedSecret sealed) {}
