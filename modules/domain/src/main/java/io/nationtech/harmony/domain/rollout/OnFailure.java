package io.nationtech.harmony.domain.rollout;

/** What becomes of a rollout when more nodes failed than may. */
public enum OnFailure {
    /** It stops: nodes that were reached keep what they have, the others what they had. */
    STOP,
    /** Nodes that were reached get what they had before, those first that are out of service. */
    ROLL_BACK
}
