package io.nationtech.harmony.fleet.json;

import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.node.NodeKey;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.fleet.SealedForNode;
import io.nationtech.harmony.secrets.SealedSecret;
import java.util.Map;

/** A secret on its way to a node. */
final class SealedForNodeForm {
    private SealedForNodeForm() {}

    static Map<String, Object> write(SealedForNode secret) {
        return Ordered.map(
                "node", secret.node().value(),
                "deployment", secret.deployment().value(),
                "secret", secret.secret().ref().name(),
                "secretVersion", secret.secret().version(),
                "key", secret.key().value(),
                "sealed", secret.sealed().text());
    }

    static SealedForNode read(Fields fields) {
        SecretRef ref = fields.text("secret", SecretRef::parse);
        return new SealedForNode(
                fields.text("node", NodeId::of),
                fields.text("deployment", DeploymentName::of),
                fields.number("secretVersion", version -> new MountedSecret(ref, version)),
                fields.text("key", NodeKey::of),
                fields.text("sealed", SealedSecret::parse));
    }
}
