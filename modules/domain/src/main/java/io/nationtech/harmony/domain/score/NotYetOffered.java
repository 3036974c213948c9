package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.value.DeploymentName;

/** What a score comes to that can be declared and checked, while no agent can carry it out. */
final class NotYetOffered {
    private NotYetOffered() {}

    static Expansion expansion(Score<?> score, DeploymentName deployment, Class<? extends Capability> needed) {
        return new Expansion.Impossible(new Cause(
                "score '%s' needs %s, which no agent of this version offers"
                        .formatted(score.name(), CapabilityName.of(needed)),
                "placement of deployment '%s'".formatted(deployment),
                "take it out of what is deployed; `harmony check` still checks it"));
    }
}
